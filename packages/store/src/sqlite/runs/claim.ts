import { and, asc, eq, inArray, isNull, lt, lte, or, type Placeholder, sql } from 'drizzle-orm'
import type { ClaimedRun, Lease } from '../../store.ts'
import type { Db } from '../connection.ts'
import { given } from '../given.ts'
import { jobs, runs } from '../schema.ts'
import { factsOf } from './facts.ts'
import { isOpen } from './open.ts'
import { olderThan } from './overlap.ts'
import { presentRun, type RunRow } from './present.ts'

/** Takes queued runs whose turn it is, and running ones that lost their worker before their deliveries could be claimed. Runs inside of a transaction. */
export function prepareRunClaim(db: Db): (lease: Lease, limit: number, now: number) => ClaimedRun[] {
  const found = prepareFound(db)
  const take = prepareTake(db)
  return (lease, limit, now) =>
    found.all({ now, limit }).map(({ run, jobName }) => {
      const startedAt = run.startedAt ?? now
      const held = { leaseWorker: lease.worker, leaseUntil: lease.until }
      take.run({ id: run.id, startedAt, ...held })
      return claimed({ ...run, state: 'running', startedAt, ...held }, jobName)
    })
}

const prepareTake = (db: Db) =>
  db
    .update(runs)
    .set({
      state: 'running',
      startedAt: given('startedAt'),
      leaseWorker: given('leaseWorker'),
      leaseUntil: given('leaseUntil'),
    })
    .where(eq(runs.id, sql.placeholder('id')))
    .prepare()

/** Asked each second of an idle bot, so it is prepared once. */
function prepareFound(db: Db) {
  // Of the runs of a job that wait for each other the oldest is next; one that took another's place begins when that one has ended.
  const another = sql`exists (select 1 from runs other where other.job_id = ${runs.jobId} and other.state in ('queued','running','paused') and other.id <> ${runs.id}
    and (other.state in ('running','paused') or (other.state = 'queued' and ${olderThan('other')})))`
  // SQLite reads no JSON of more than 1000 levels: one run that has it must not keep all others from being found.
  const overlap = sql`iif(json_valid(${runs.settings}), json_extract(${runs.settings}, '$.overlap'), null)`
  const waits = sql`${overlap} in ('queue','replace') and ${another}`
  // States as literals: with bound ones SQLite could not use the index of what is open.
  const queued = and(sql`${runs.state} = 'queued'`, sql`not (${waits})`)
  const unprepared = or(
    isNull(runs.audienceWrittenAt),
    sql`(${runs.perUser} = 0 and ${runs.output} is null and ${runs.error} is null)`,
  )
  const orphaned = and(
    sql`${runs.state} = 'running'`,
    unprepared,
    or(isNull(runs.leaseUntil), lt(runs.leaseUntil, sql.placeholder('now'))),
  )
  return db
    .select({ run: runs, jobName: jobs.name })
    .from(runs)
    .innerJoin(jobs, eq(jobs.id, runs.jobId))
    .where(and(isOpen, or(queued, orphaned)))
    .orderBy(asc(runs.createdAt), asc(runs.scheduledFor), asc(runs.id))
    .limit(sql.placeholder('limit'))
    .prepare()
}

function claimed(row: RunRow, jobName: string | null): ClaimedRun {
  return {
    run: presentRun(row, jobName),
    facts: factsOf(row),
    actionStarted: row.actionStartedAt !== null,
    outputStored: row.output !== null,
  }
}

/** True while the worker may begin something for the run. */
export const mayBegin = (worker: string | Placeholder) =>
  and(eq(runs.leaseWorker, worker), eq(runs.state, 'running'))

/** True while the worker still holds the run; what it does for one that was paused meanwhile is not lost. */
export const holds = (worker: string | Placeholder) =>
  and(eq(runs.leaseWorker, worker), inArray(runs.state, ['running', 'paused']))

export const overdue = (now: number) => and(isOpen, lte(runs.deadlineAt, now))
