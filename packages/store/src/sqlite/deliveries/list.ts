import type { Delivery, DeliveryQuery } from '@kamihi/contracts'
import { and, asc, eq, getTableColumns, inArray, type SQL, sql } from 'drizzle-orm'
import { type Db, iso, isoOrNull } from '../connection.ts'
import { groupBy } from '../edit.ts'
import { contains, type Sorting } from '../listing.ts'
import { listPage } from '../listPage.ts'
import { quickRows } from '../quickRows.ts'
import { deliveries, parts } from '../schema.ts'

type Row = typeof deliveries.$inferSelect

/** What a failure is counted by; where nothing was said, its state. */
export const failureClass = sql<string>`coalesce(${deliveries.error} ->> '$.class', ${deliveries.state})`

/** What was said of a failure; where nothing was said, nothing. */
export const failureMessage = sql<string>`coalesce(${deliveries.error} ->> '$.message', '')`

/** In the order of people: of a run each has one, and so it is read by the index that keeps it so. */
const sorting: Sorting = {
  columns: { id: { value: deliveries.userId }, state: { value: deliveries.state } },
  default: 'id',
  id: deliveries.userId,
}

/** Deliveries of a run, in the order of people. */
export const listDeliveries = (db: Db, present: PresentDeliveries, runId: string, query: DeliveryQuery) =>
  listPage(db, deliveries, { ...query, runId }, { sorting, where: deliveriesWhere, present })

const deliveriesWhere = (query: DeliveryQuery & { runId: string }): SQL | undefined => {
  const { runId, state, message, q } = query
  return and(
    eq(deliveries.runId, runId),
    state === undefined ? undefined : inArray(deliveries.state, [state].flat()),
    query.class === undefined ? undefined : eq(failureClass, query.class),
    message === undefined ? undefined : eq(failureMessage, message),
    q ? contains(deliveries.userName, q) : undefined,
  )
}

export type PresentDeliveries = (rows: Row[]) => Delivery[]

/** Rows of deliveries with their parts, which one statement reads. */
export function preparePresentDeliveries(db: Db): PresentDeliveries {
  const given = sql`(select value from json_each(${sql.placeholder('ids')}))`
  const ofThese = db
    .select()
    .from(parts)
    .where(sql`${parts.deliveryId} in ${given}`)
    .orderBy(asc(parts.deliveryId), asc(parts.idx))
  const found = quickRows(ofThese.prepare(), getTableColumns(parts))
  return (rows) => {
    const all = found.all({ ids: JSON.stringify(rows.map((row) => row.id)) })
    const byDelivery = groupBy(all, (part) => part.deliveryId)
    return rows.map((row) => deliveryOf(row, byDelivery.get(row.id) ?? []))
  }
}

function deliveryOf(row: Row, sent: (typeof parts.$inferSelect)[]): Delivery {
  return {
    id: row.id,
    runId: row.runId,
    userId: row.userId,
    userName: row.userName,
    telegramId: row.telegramId,
    state: row.state,
    attempts: row.attempts,
    nextAttemptAt: isoOrNull(row.nextAttemptAt),
    ...(row.error ? { error: row.error } : {}),
    parts: sent.map(partOf),
    output: row.output ?? null,
    possiblyDuplicated: row.possiblyDuplicated,
    resolvedBy: row.resolvedBy,
    startedAt: isoOrNull(row.startedAt),
    finishedAt: isoOrNull(row.finishedAt),
  }
}

function partOf({
  messageId,
  sentAt,
  possiblyDuplicated,
}: typeof parts.$inferSelect): Delivery['parts'][number] {
  const part: Delivery['parts'][number] = { possiblyDuplicated }
  if (messageId !== null) part.messageId = messageId
  if (sentAt !== null) part.sentAt = iso(sentAt)
  return part
}
