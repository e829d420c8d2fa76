import type { DeliveryState, Failure, LogLevel, OutgoingPart } from '@kamihi/contracts'
import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { runs } from './jobs.ts'

export const deliveries = sqliteTable(
  'deliveries',
  {
    id: text('id').primaryKey(),
    runId: text('run_id')
      .notNull()
      .references(() => runs.id, { onDelete: 'cascade' }),
    /** No foreign key: history outlives the user. */
    userId: text('user_id').notNull(),
    userName: text('user_name'),
    telegramId: integer('telegram_id').notNull(),
    chatId: integer('chat_id').notNull(),
    state: text('state').$type<DeliveryState>().notNull(),
    attempts: integer('attempts').notNull().default(0),
    nextAttemptAt: integer('next_attempt_at'),
    /** What the action returned for this person; null when it ran once for all (see runs.output). */
    output: text('output', { mode: 'json' }).$type<OutgoingPart[] | null>(),
    hasOutput: integer('has_output', { mode: 'boolean' }).notNull().default(false),
    nextPart: integer('next_part').notNull().default(0),
    error: text('error', { mode: 'json' }).$type<Failure | null>(),
    possiblyDuplicated: integer('possibly_duplicated', { mode: 'boolean' }).notNull().default(false),
    /** Who said that it arrived, where that was in doubt. */
    resolvedBy: text('resolved_by'),
    leaseWorker: text('lease_worker'),
    leaseUntil: integer('lease_until'),
    startedAt: integer('started_at'),
    finishedAt: integer('finished_at'),
  },
  (t) => [
    uniqueIndex('deliveries_recipient').on(t.runId, t.userId),
    index('deliveries_free')
      .on(t.runId, t.id)
      .where(sql`${t.finishedAt} is null and ${t.leaseWorker} is null`),
    index('deliveries_leased').on(t.leaseUntil).where(sql`${t.leaseWorker} is not null`),
    index('deliveries_retry').on(t.nextAttemptAt).where(sql`${t.state} = 'retrying'`),
    index('deliveries_state').on(t.runId, t.state),
    index('deliveries_duplicated').on(t.runId).where(sql`${t.possiblyDuplicated} = 1`),
  ],
)

export const parts = sqliteTable(
  'parts',
  {
    deliveryId: text('delivery_id')
      .notNull()
      .references(() => deliveries.id, { onDelete: 'cascade' }),
    idx: integer('idx').notNull(),
    state: text('state').$type<'sending' | 'sent' | 'uncertain'>().notNull(),
    messageId: integer('message_id'),
    sentAt: integer('sent_at'),
    possiblyDuplicated: integer('possibly_duplicated', { mode: 'boolean' }).notNull().default(false),
  },
  (t) => [primaryKey({ columns: [t.deliveryId, t.idx] })],
)

/**
 * Tries of a delivery that did not succeed. Those that follow each other for the same reason are one row: a delivery that waits for days
 * leaves no row a minute.
 */
export const failedAttempts = sqliteTable(
  'failed_attempts',
  {
    deliveryId: text('delivery_id')
      .notNull()
      .references(() => deliveries.id, { onDelete: 'cascade' }),
    idx: integer('idx').notNull(),
    runId: text('run_id').notNull(),
    class: text('class').notNull(),
    /** What was said last. */
    message: text('message').notNull(),
    firstAt: integer('first_at').notNull(),
    lastAt: integer('last_at').notNull(),
    count: integer('count').notNull().default(1),
    /** When it was to be tried again; null where it was not. */
    nextAt: integer('next_at'),
  },
  (t) => [
    primaryKey({ columns: [t.deliveryId, t.idx] }),
    index('failed_attempts_waits').on(t.runId, t.firstAt).where(sql`${t.class} = 'flood'`),
  ],
)

/** What actions wrote to their logger, by run and by recipient. */
export const runLogs = sqliteTable(
  'run_logs',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    runId: text('run_id')
      .notNull()
      .references(() => runs.id, { onDelete: 'cascade' }),
    /** Null when the action ran once for all. */
    deliveryId: text('delivery_id'),
    at: integer('at').notNull(),
    level: text('level').$type<LogLevel>().notNull(),
    message: text('message').notNull(),
    fields: text('fields', { mode: 'json' }).$type<Record<string, unknown>>(),
  },
  (t) => [index('run_logs_run').on(t.runId, t.id), index('run_logs_delivery').on(t.deliveryId, t.id)],
)
