import type { Delivery, Page, UserDelivery, UserDeliveryQuery } from '@kamihi/contracts'
import { and, eq, inArray, type SQL, sql } from 'drizzle-orm'
import { type Db, iso } from '../connection.ts'
import type { Sorting } from '../listing.ts'
import { listPage } from '../listPage.ts'
import { prepareNamesOfJobs } from '../lists/runs.ts'
import type { RunRow } from '../runs/present.ts'
import { deliveries, runs } from '../schema.ts'
import type { PresentDeliveries } from './list.ts'

/** Ids begin with the time that a run was made. */
const sorting: Sorting = { columns: { id: { value: runs.id, order: 'desc' } }, default: 'id', id: runs.id }

/**
 * Deliveries to one person, by way of the runs: each is asked whether it was for them, which its index of recipients knows. An index over
 * the people of all runs would make it several times slower to write the audience of a large run.
 */
export function prepareDeliveriesOf(
  db: Db,
  present: PresentDeliveries,
): (userId: string, query: UserDeliveryQuery) => Page<UserDelivery> {
  const namesOf = prepareNamesOfJobs(db)
  return (userId, query) =>
    listPage(
      db,
      runs,
      // Named, since the list of runs may be asked for the same person.
      { ...query, userId, list: 'deliveries' },
      {
        sorting,
        where: wasTo,
        present: (rows) => withRuns(rows, namesOf(rows), present(ofRuns(db, userId, rows))),
      },
    )
}

const wasTo = ({ userId, state }: UserDeliveryQuery & { userId: string }): SQL => {
  const theirs = and(
    eq(deliveries.runId, runs.id),
    eq(deliveries.userId, userId),
    state ? eq(deliveries.state, state) : undefined,
  )
  return sql`exists (select 1 from ${deliveries} where ${theirs})`
}

const ofRuns = (db: Db, userId: string, rows: RunRow[]) =>
  db
    .select()
    .from(deliveries)
    .where(
      and(
        eq(deliveries.userId, userId),
        inArray(
          deliveries.runId,
          rows.map(({ id }) => id),
        ),
      ),
    )
    .all()

/** In the order of the runs. */
function withRuns(rows: RunRow[], names: Map<string, string | null>, found: Delivery[]): UserDelivery[] {
  const byRun = new Map(found.map((delivery) => [delivery.runId, delivery]))
  return rows.flatMap(({ id, jobId, action, scheduledFor, dryRun }) => {
    const delivery = byRun.get(id)
    if (!delivery) return []
    const run = { jobId, jobName: names.get(jobId) ?? null, action, scheduledFor: iso(scheduledFor), dryRun }
    return [{ ...delivery, run }]
  })
}
