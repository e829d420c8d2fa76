import { type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/sqlite-core'
import type { FailedJob, Trouble } from '../../insightStore.ts'
import type { Db } from '../connection.ts'
import { failedRun, needsSomebody, runs } from '../schema.ts'

/** A job that fails every minute has this many in a week; more would be waited for. */
const mostLookedAt = 10_000

const newest = alias(runs, 'newest')

/** The newest runs that need somebody, from their index, which is named so that nothing else is read. */
const newestSince = (since: number): SQL => sql`(
  select id, job_id, action, state, dry_run, reason, error, finished_at, missed_from, missed_to, missed_count, total, failed,
    unreachable, expired, cancelled, uncertain from ${runs} indexed by runs_attention
  where ${needsSomebody(runs)} and ${runs.finishedAt} >= ${since}
  order by ${runs.finishedAt} desc limit ${mostLookedAt}) as newest`

const isRetried = sql`exists (select 1 from runs retry where retry.retry_of = ${newest.id})`

interface Found {
  id: string
  jobId: string
  name: string | null
  action: string
  finishedAt: number
}

/** Jobs of which runs failed that nobody has taken up again, those that failed last first. */
export function failuresSince(db: Db, since: number, limit: number): FailedJob[] {
  // With max() SQLite takes the other columns from the row that has it.
  const found = db.all<Found & Pick<FailedJob, 'state' | 'total' | 'unreached' | 'runs'>>(sql`
    select ${newest.id} as id, ${newest.jobId} as jobId, jobs.name as name, ${newest.action} as action, ${newest.state} as state,
      max(${newest.finishedAt}) as finishedAt, ${newest.total} as total,
      ${newest.failed} + ${newest.unreachable} + ${newest.expired} + ${newest.cancelled} as unreached, count(*) as runs
    from ${newestSince(since)} join jobs on jobs.id = ${newest.jobId}
    where ${newest.state} <> 'cancelled' and ${failedRun(newest)} and not ${isRetried}
    group by ${newest.jobId} order by finishedAt desc limit ${limit}`)
  return found.map(({ id, jobId, name, action, ...failed }) => ({
    runId: id,
    job: { id: jobId, name, action },
    ...failed,
  }))
}

/** Runs that were missed or in doubt, newest first. */
export function troublesSince(db: Db, since: number, limit: number): Trouble[] {
  type Row = Found & Record<'from' | 'to' | 'count', number | null> & { uncertain: number }
  const found = db.all<Row>(sql`
    select ${newest.id} as id, ${newest.jobId} as jobId, jobs.name as name, ${newest.action} as action, ${newest.finishedAt} as finishedAt,
      ${newest.missedFrom} as "from", ${newest.missedTo} as "to", ${newest.missedCount} as "count", ${newest.uncertain} as uncertain
    from ${newestSince(since)} join jobs on jobs.id = ${newest.jobId}
    where ${newest.reason} = 'missed' or ${newest.uncertain} > 0
    order by finishedAt desc limit ${limit}`)
  return found.map(({ id, jobId, name, action, finishedAt, from, to, count, uncertain }) => ({
    id,
    job: { id: jobId, name, action },
    finishedAt,
    missed: from === null ? null : { from, to: to ?? from, count: count ?? 1 },
    uncertain,
  }))
}
