import { type SQL, sql } from 'drizzle-orm'
import type { Tx } from '../connection.ts'
import { deliveries, failedAttempts, parts, runLogs, runs } from '../schema.ts'

/**
 * Removes runs and what belongs to them, at most `limit` rows of all tables together. The runs themselves go last, so that what is left is
 * found again, and nothing goes by a cascade, so that it is counted.
 */
export function removeRuns(tx: Tx, runIds: string[], limit: number): { rows: number; all: boolean } {
  if (runIds.length === 0) return { rows: 0, all: true }
  const ids = listOf(runIds)
  let left = limit
  const remove = (statement: SQL): void => {
    if (left > 0) left -= tx.run(statement).changes
  }
  remove(
    sql`delete from ${runLogs} where id in (select id from ${runLogs} where run_id in ${ids} limit ${left})`,
  )
  // The same people come first each time, until nothing of them is left.
  const people = left > 0 ? deliveriesOf(tx, ids, left) : []
  for (const table of [parts, failedAttempts])
    remove(
      sql`delete from ${table} where (delivery_id, idx) in
        (select delivery_id, idx from ${table} where delivery_id in ${listOf(people)} limit ${left})`,
    )
  remove(sql`delete from ${deliveries} where id in ${listOf(people.slice(0, left))}`)
  // Room is left only when they have nothing left but themselves.
  remove(sql`delete from ${runs} where id in ${listOf(runIds.slice(0, left))}`)
  return { rows: limit - left, all: left > 0 }
}

const deliveriesOf = (tx: Tx, runIds: SQL, limit: number): string[] =>
  tx
    .all<{ id: string }>(sql`select id from ${deliveries} where run_id in ${runIds} limit ${limit}`)
    .map(({ id }) => id)

const listOf = (ids: string[]): SQL => sql`(select value from json_each(${JSON.stringify(ids)}))`
