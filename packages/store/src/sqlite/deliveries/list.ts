import type { Delivery, DeliveryQuery } from '@kamihi/contracts'
import { and, asc, eq, inArray, type SQL } from 'drizzle-orm'
import { type Db, iso, isoOrNull } from '../connection.ts'
import { chunks, groupBy } from '../edit.ts'
import { contains } from '../listing.ts'
import { listPage } from '../listPage.ts'
import { deliveries, parts } from '../schema.ts'

type Row = typeof deliveries.$inferSelect

/** Deliveries of a run, in the order of people. */
export function listDeliveries(db: Db, runId: string, query: DeliveryQuery) {
  const where: SQL | undefined = and(
    eq(deliveries.runId, runId),
    query.state ? eq(deliveries.state, query.state) : undefined,
    query.q ? contains(deliveries.userName, query.q) : undefined,
  )
  const sorting = {
    columns: { id: deliveries.id, state: deliveries.state },
    default: 'id',
    defaultOrder: 'asc',
    id: deliveries.id,
  } as const
  return listPage(db, deliveries, query, { where, sorting, present: (rows) => presentDeliveries(db, rows) })
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
