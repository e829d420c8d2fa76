import type { DeliveryState } from '@kamihi/contracts'
import { type SQL, sql } from 'drizzle-orm'
import type { Db, Tx } from '../connection.ts'
import { deliveries, parts, runs } from '../schema.ts'
import { type RunRow, rowOf } from './present.ts'
import type { NewRun } from './rows.ts'

/** A run, what it is a retry of, and every retry of all these: ids. */
export function familyOf(tx: Db | Tx, past: RunRow): string[] {
  let root = past
  for (;;) {
    const before = root.retryOf === null ? undefined : rowOf(tx, root.retryOf)
    if (!before) break
    root = before
  }
  const found = tx.all<{ id: string }>(sql`
    with recursive family(id) as (
      select ${root.id} union select retry.id from ${runs} retry join family on retry.retry_of = family.id
      where retry.job_id = ${past.jobId})
    select id from family`)
  return found.map(({ id }) => id)
}

/** Deliveries that a retry goes on with, as a table that can be selected from: `last`. */
export type Tries = SQL

/** The last try there was of each of some people, by any run of a family. */
function lastTries(family: string[], people: SQL): SQL {
  // With max() SQLite takes the other columns from the row that has it; row ids grow as rows are written.
  return sql`
    select d.*, max(d.rowid) from ${deliveries} d
    where d.run_id in (select value from json_each(${JSON.stringify(family)})) and ${people}
    group by d.user_id`
}

/**
 * The deliveries of people of a run whom none of its family has reached, each the last try there was: where it came to, a retry goes on.
 * `only`: ids of deliveries of the run, where not all of its people are meant.
 * One that is under way, in a retry that has not ended, is none of them; so asking twice sends nothing twice.
 */
export function unreached(past: RunRow, family: string[], only?: readonly string[]): Tries {
  const meant = only ? sql`and id in (select value from json_each(${JSON.stringify(only)}))` : sql``
  const people = sql`d.user_id in (select user_id from ${deliveries} where run_id = ${past.id} ${meant})`
  return sql`(select * from (${lastTries(family, people)}) where state in ('failed','unreachable','cancelled','expired','uncertain')) last`
}

/** How the last try of one person went, and what sends it again. */
export function lastTryOf(
  tx: Tx,
  family: string[],
  userId: string,
): { runId: string; state: DeliveryState; again: Tries } {
  const again = sql`(${lastTries(family, sql`d.user_id = ${userId}`)}) last`
  const last = tx.get<{ runId: string; state: DeliveryState }>(
    sql`select run_id as "runId", state from ${again}`,
  )
  if (!last) throw new Error(`There is no delivery to ${userId}.`)
  return { ...last, again }
}

export function countOf(tx: Tx, tries: Tries): number {
  return tx.get<{ n: number }>(sql`select count(*) as n from ${tries}`)?.n ?? 0
}

/** What the action returned for all, whichever run of the family called it. */
export function sharedOutput(tx: Tx, family: string[]): RunRow['output'] {
  const found = tx.get<{ output: string }>(sql`
    select output from ${runs} where output is not null and id in (select value from json_each(${JSON.stringify(family)}))
    order by rowid desc limit 1`)
  return found ? JSON.parse(found.output) : null
}

/** The part that was being sent is sent again; parts that arrived are not. What may have arrived is marked: it may then be there twice. */
export function copyTries(tx: Tx, past: RunRow, tries: Tries, { id: to, output }: NewRun): void {
  const kept = output === null ? sql`(has_output and state <> 'no_output')` : sql`1`
  const inDoubt = sql`(state = 'uncertain' or coalesce(json_extract(error, '$.class'), '') = 'ambiguous'
    or exists (select 1 from ${parts} where delivery_id = last.id and idx = next_part and possibly_duplicated))`
  tx.run(sql`
    insert into ${deliveries} (id, run_id, user_id, user_name, telegram_id, chat_id, state, attempts, output, has_output, next_part, possibly_duplicated)
    select ${to} || substr(id, ${past.id.length + 1}), ${to}, user_id, user_name, telegram_id, chat_id,
      case when ${kept} then 'acted' else 'pending' end, 0, case when ${kept} then output end, ${kept}, next_part, ${inDoubt}
    from ${tries}`)
  tx.run(sql`
    insert into ${parts} (delivery_id, idx, state, possibly_duplicated)
    select id, next_part, 'uncertain', 1 from ${deliveries} where run_id = ${to} and possibly_duplicated`)
}
