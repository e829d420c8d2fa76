import type { Page, WebhookDelivery, WebhookDeliveryQuery } from '@kamihi/contracts'
import { and, asc, desc, eq, inArray, isNull, lt, lte, or, sql } from 'drizzle-orm'
import type { ClaimedWebhook, WebhookResult, WebhookStore } from '../webhookStore.ts'
import { writeAudit } from './auditLog.ts'
import { type Db, iso, isoOrNull, read, type Tx, write } from './connection.ts'
import { webhookDeliveries as table } from './schema.ts'
import { enqueueFinished } from './webhooks/enqueue.ts'

/** Requests that webhooks are to make. */
export function createWebhookStore(db: Db): WebhookStore {
  return {
    enqueueFinished: (input) => enqueueFinished(db, input),
    claim: (lease, limit, now) => write(db, (tx) => claim(tx, lease, limit, now)),
    settle: (result, now) => write(db, (tx) => settle(tx, result, now)),
    list: (query) => read(() => list(db, query)),
    prune: (before, limit) =>
      write(
        db,
        (tx) =>
          tx.run(sql`delete from ${table} where rowid in (select rowid from ${table}
            where finished_at is not null and finished_at < ${before} order by finished_at limit ${limit})`)
            .changes,
      ),
  }
}

/** Literal, as in the index of what is due. */
const isPending = sql`${table.state} = 'pending'`

function claim(
  tx: Tx,
  { worker, until }: { worker: string; until: number },
  limit: number,
  now: number,
): ClaimedWebhook[] {
  const { id, url, body, attempts } = table
  const due = tx
    .select({ id, url, body, attempts })
    .from(table)
    .where(
      and(isPending, lte(table.nextAttemptAt, now), or(isNull(table.leaseUntil), lte(table.leaseUntil, now))),
    )
    .orderBy(asc(table.nextAttemptAt))
    .limit(limit)
    .all()
  const ids = due.map((row) => row.id)
  if (ids.length > 0)
    tx.update(table).set({ leaseWorker: worker, leaseUntil: until }).where(inArray(id, ids)).run()
  return due
}

function settle(tx: Tx, result: WebhookResult, now: number): boolean {
  const free = { leaseWorker: null, leaseUntil: null, lastStatus: result.status }
  const ended = { ...free, nextAttemptAt: null, finishedAt: now }
  const set =
    result.kind === 'delivered'
      ? { ...ended, state: 'delivered' as const, lastError: null }
      : result.kind === 'given_up'
        ? { ...ended, state: 'failed' as const, lastError: result.error }
        : { ...free, nextAttemptAt: result.at, lastError: result.error }
  const settled = tx
    .update(table)
    .set({ ...set, attempts: sql`${table.attempts} + 1` })
    .where(and(eq(table.id, result.id), isPending, eq(table.leaseWorker, result.worker)))
    .returning({ url: table.url })
    .get()
  if (settled && result.kind === 'given_up')
    writeAudit(
      tx,
      { actor: { kind: 'system', id: null, name: 'webhooks' }, now },
      'webhook.given_up',
      { kind: 'webhook', id: result.id, label: settled.url },
      {},
      { error: result.error },
    )
  return settled !== undefined
}

/** Newest first; ids rise with time, so that one of them is the cursor. */
function list(db: Db, { state, limit = 50, cursor }: WebhookDeliveryQuery): Page<WebhookDelivery> {
  const where = state ? eq(table.state, state) : undefined
  const rows = db
    .select()
    .from(table)
    .where(and(where, cursor ? lt(table.id, cursor) : undefined))
    .orderBy(desc(table.id))
    .limit(limit + 1)
    .all()
  const counted = db.select({ n: sql<number>`count(*)` }).from(table).where(where).get()
  const items = rows.slice(0, limit).map(present)
  return {
    items,
    nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null,
    total: counted?.n ?? 0,
    totalIsExact: true,
  }
}

function present(row: typeof table.$inferSelect): WebhookDelivery {
  const { id, url, event, runId, state, attempts, lastStatus, lastError } = row
  return {
    id,
    url,
    event,
    runId,
    state,
    attempts,
    nextAttemptAt: isoOrNull(row.nextAttemptAt),
    lastStatus,
    lastError,
    createdAt: iso(row.createdAt),
    finishedAt: isoOrNull(row.finishedAt),
  }
}
