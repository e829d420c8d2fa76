import type { Delivery, DeliveryQuery } from '@kamihi/contracts'
import { and, asc, count, eq, inArray, type SQL } from 'drizzle-orm'
import { type Db, iso, isoOrNull } from '../connection.ts'
import { chunks, groupBy } from '../edit.ts'
import { contains, keyset, pageOf } from '../listing.ts'
import { deliveries, parts } from '../schema.ts'

type Row = typeof deliveries.$inferSelect

/** Deliveries of a run, in the order of people. */
export function listDeliveries(db: Db, runId: string, query: DeliveryQuery) {
  const where: SQL | undefined = and(
    eq(deliveries.runId, runId),
    query.state ? eq(deliveries.state, query.state) : undefined,
    query.q ? contains(deliveries.userName, query.q) : undefined,
  )
  const { limit, orderBy, after, sortKey } = keyset(query, {
    columns: { id: deliveries.id, state: deliveries.state },
    default: 'id',
    defaultOrder: 'asc',
    id: deliveries.id,
  })
  const rows = db
    .select({ id: deliveries.id, sortKey, row: deliveries })
    .from(deliveries)
    .where(and(where, after))
    .orderBy(...orderBy)
    .limit(limit + 1)
    .all()
  const total = db.select({ n: count() }).from(deliveries).where(where).get()?.n ?? 0
  const shown = new Map(
    presentDeliveries(
      db,
      rows.map(({ row }) => row),
    ).map((delivery) => [delivery.id, delivery]),
  )
  return pageOf(rows, limit, total, (row) => shown.get(row.id) as Delivery)
}

export function presentDeliveries(db: Db, rows: Row[]): Delivery[] {
  const all = chunks(rows.map((row) => row.id)).flatMap((ids) =>
    db.select().from(parts).where(inArray(parts.deliveryId, ids)).orderBy(asc(parts.idx)).all(),
  )
  const byDelivery = groupBy(all, (part) => part.deliveryId)
  return rows.map((row) => ({
    id: row.id,
    runId: row.runId,
    userId: row.userId,
    userName: row.userName,
    telegramId: row.telegramId,
    state: row.state,
    attempts: row.attempts,
    nextAttemptAt: isoOrNull(row.nextAttemptAt),
    ...(row.error ? { error: row.error } : {}),
    parts: (byDelivery.get(row.id) ?? []).map((part) => ({
      ...(part.messageId === null ? {} : { messageId: part.messageId }),
      ...(part.sentAt === null ? {} : { sentAt: iso(part.sentAt) }),
      possiblyDuplicated: part.possiblyDuplicated,
    })),
    output: row.output ?? null,
    possiblyDuplicated: row.possiblyDuplicated,
    startedAt: isoOrNull(row.startedAt),
    finishedAt: isoOrNull(row.finishedAt),
  }))
}
