import type { Delivery, DeliveryQuery } from '@kamihi/contracts'
import { and, asc, eq, inArray, type SQL } from 'drizzle-orm'
import { type Db, iso, isoOrNull } from '../connection.ts'
import { chunks, groupBy } from '../edit.ts'
import { contains, type Sorting } from '../listing.ts'
import { listPage } from '../listPage.ts'
import { deliveries, parts } from '../schema.ts'

type Row = typeof deliveries.$inferSelect

/** In the order of people: of a run each has one, and so it is read by the index that keeps it so. */
const sorting: Sorting = {
  columns: { id: { value: deliveries.userId }, state: { value: deliveries.state } },
  default: 'id',
  id: deliveries.userId,
}

/** Deliveries of a run, in the order of people. */
export const listDeliveries = (db: Db, runId: string, query: DeliveryQuery) =>
  listPage(
    db,
    deliveries,
    { ...query, runId },
    { sorting, where: deliveriesWhere, present: (rows) => presentDeliveries(db, rows) },
  )

const deliveriesWhere = ({ runId, state, q }: DeliveryQuery & { runId: string }): SQL | undefined =>
  and(
    eq(deliveries.runId, runId),
    state ? eq(deliveries.state, state) : undefined,
    q ? contains(deliveries.userName, q) : undefined,
  )

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
