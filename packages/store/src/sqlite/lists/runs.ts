import type { Run, RunQuery, RunState } from '@kamihi/contracts'
import { and, eq, gte, inArray, lt, not, or, type SQL, sql } from 'drizzle-orm'
import type { Db } from '../connection.ts'
import { contains, type Sorting } from '../listing.ts'
import { listPage } from '../listPage.ts'
import { quickRows } from '../quickRows.ts'
import { presentRun, type RunRow } from '../runs/present.ts'
import { deliveries, failing, jobs, runs, unfortunate } from '../schema.ts'

const runSorting: Sorting = {
  columns: {
    startedAt: { value: runs.beganAt, order: 'desc' },
    scheduledFor: { value: runs.scheduledFor },
    finishedAt: { value: runs.finishedAt, least: 0 },
    // Ids begin with the time that a run was made, so they stand for it.
    createdAt: { value: runs.id },
  },
  default: 'startedAt',
  id: runs.id,
}

/** A page of runs, those that began last first. */
export const listRuns = (db: Db, query: RunQuery, present: (rows: RunRow[]) => Run[]) =>
  listPage(db, runs, query, { sorting: runSorting, where: runsWhere, present })

/** Selects the runs that a query asks for. */
export const runsWhere = (query: RunQuery): SQL | undefined =>
  and(
    query.jobId ? eq(runs.jobId, query.jobId) : undefined,
    query.state === undefined ? undefined : inStates([query.state].flat()),
    query.action ? eq(runs.action, query.action) : undefined,
    query.trigger ? triggeredBy(query.trigger) : undefined,
    query.from ? gte(runs.beganAt, Date.parse(query.from)) : undefined,
    query.to ? lt(runs.beganAt, Date.parse(query.to)) : undefined,
    query.userId ? wasFor(query.userId) : undefined,
    query.hasFailures === undefined ? undefined : either(query.hasFailures, failing(runs)),
    query.possiblyDuplicated === undefined ? undefined : either(query.possiblyDuplicated, duplicated),
    query.dryRun === undefined ? undefined : sql`${runs.dryRun} = ${sql.raw(query.dryRun ? '1' : '0')}`,
    query.q
      ? or(
          contains(runs.action, query.q),
          sql`${runs.jobId} in (select ${jobs.id} from ${jobs} where ${contains(jobs.name, query.q)})`,
          eq(runs.id, query.q),
        )
      : undefined,
  )

const either = (wanted: boolean, condition: SQL): SQL => (wanted ? condition : not(condition))

const open: readonly RunState[] = ['queued', 'running', 'paused']
const ended: readonly RunState[] = ['partial', 'failed', 'cancelled', 'skipped', 'expired']

/** With what the indexes of open and of unfortunate runs say, so that SQLite uses them. */
function inStates(states: RunState[]): SQL | undefined {
  const asked = inArray(runs.state, states)
  if (states.every((state) => open.includes(state)))
    return and(sql`${runs.state} in ('queued','running','paused')`, asked)
  return states.every((state) => ended.includes(state)) ? and(unfortunate(runs), asked) : asked
}

const triggeredBy = (trigger: Run['trigger']): SQL | undefined =>
  trigger === 'schedule'
    ? eq(runs.trigger, trigger)
    : and(sql`${runs.trigger} <> 'schedule'`, eq(runs.trigger, trigger))

const wasFor = (userId: string): SQL =>
  sql`exists (select 1 from ${deliveries} where ${deliveries.runId} = ${runs.id} and ${deliveries.userId} = ${userId})`

const duplicated = sql`${runs.id} in (select ${deliveries.runId} from ${deliveries} where ${deliveries.possiblyDuplicated} = 1)`

/** Rows of runs with the names of their jobs, which one statement reads. */
export function prepareWithJobNames(db: Db): (rows: RunRow[]) => Run[] {
  const namesOf = prepareNamesOfJobs(db)
  return (rows) => {
    const names = namesOf(rows)
    return rows.map((row) => presentRun(row, names.get(row.jobId) ?? null))
  }
}

/** Names of the jobs of some runs. */
export function prepareNamesOfJobs(db: Db): (rows: Pick<RunRow, 'jobId'>[]) => Map<string, string | null> {
  const { id, name } = jobs
  const given = sql`(select value from json_each(${sql.placeholder('ids')}))`
  const named = quickRows(db.select({ id, name }).from(jobs).where(sql`${id} in ${given}`).prepare(), {
    id,
    name,
  })
  return (rows) => {
    const ids = JSON.stringify([...new Set(rows.map((row) => row.jobId))])
    return new Map(named.all({ ids }).map((job) => [job.id, job.name]))
  }
}
