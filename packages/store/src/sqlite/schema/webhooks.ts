import type { WebhookBody, WebhookEvent, WebhookState } from '@kamihi/contracts'
import { sql } from 'drizzle-orm'
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'

/** Requests that webhooks are to make: written before the first try, so that a restart goes on with them. */
export const webhookDeliveries = sqliteTable(
  'webhook_deliveries',
  {
    id: text('id').primaryKey(),
    url: text('url').notNull(),
    event: text('event').$type<WebhookEvent>().notNull(),
    /** No foreign key: what was told outlives the run. */
    runId: text('run_id').notNull(),
    body: text('body', { mode: 'json' }).$type<WebhookBody>().notNull(),
    state: text('state').$type<WebhookState>().notNull().default('pending'),
    attempts: integer('attempts').notNull().default(0),
    nextAttemptAt: integer('next_attempt_at'),
    /** While it is in the future, the worker that holds it makes the request. */
    leaseUntil: integer('lease_until'),
    leaseWorker: text('lease_worker'),
    lastStatus: integer('last_status'),
    lastError: text('last_error'),
    createdAt: integer('created_at').notNull(),
    finishedAt: integer('finished_at'),
  },
  (t) => [
    uniqueIndex('webhook_deliveries_once').on(t.url, t.runId),
    index('webhook_deliveries_due').on(t.nextAttemptAt).where(sql`${t.state} = 'pending'`),
    index('webhook_deliveries_finished').on(t.finishedAt).where(sql`${t.finishedAt} is not null`),
    index('webhook_deliveries_state').on(t.state, t.id),
  ],
)
