import { and, asc, eq, isNull, lt, lte, or, sql } from 'drizzle-orm'
import type { ClaimedRun, Lease } from '../../store.ts'
import type { Tx } from '../connection.ts'
import { jobs, runs } from '../schema.ts'
import { presentRun, type RunRow } from './present.ts'

/** Takes queued runs whose turn it is, and running ones that lost their worker before their deliveries could be claimed. */
export function claimRuns(tx: Tx, lease: Lease, limit: number, now: number): ClaimedRun[] {
  const another = sql`exists (select 1 from runs other where other.job_id = ${runs.jobId} and other.id <> ${runs.id} and other.state in ('running','paused'))`
  const waits = sql`json_extract(${runs.settings}, '$.overlap') = 'queue' and ${another}`
  const queued = and(eq(runs.state, 'queued'), sql`not (${waits})`)
  const unprepared = or(
    isNull(runs.audienceWrittenAt),
    sql`(${runs.perUser} = 0 and ${runs.output} is null and ${runs.error} is null and ${runs.retryOf} is null)`,
  )
  const orphaned = and(
    eq(runs.state, 'running'),
    unprepared,
    or(isNull(runs.leaseUntil), lt(runs.leaseUntil, now)),
  )
  const found = tx
    .select({ run: runs, jobName: jobs.name })
    .from(runs)
    .innerJoin(jobs, eq(jobs.id, runs.jobId))
    .where(or(queued, orphaned))
  const rows = found.orderBy(asc(runs.createdAt), asc(runs.id)).limit(limit).all()
  return rows.map(({ run, jobName }) => claimed({ ...run, ...take(tx, run, lease, now) }, jobName))
}

function take(tx: Tx, run: RunRow, lease: Lease, now: number): Partial<RunRow> {
  const set = {
    state: 'running' as const,
    startedAt: run.startedAt ?? now,
    leaseWorker: lease.worker,
    leaseUntil: lease.until,
  }
  tx.update(runs).set(set).where(eq(runs.id, run.id)).run()
  return set
}

function claimed(row: RunRow, jobName: string | null): ClaimedRun {
  return {
    run: presentRun(row, jobName),
    settings: row.settings,
    idempotent: row.idempotent,
    audienceWritten: row.audienceWrittenAt !== null,
    actionStarted: row.actionStartedAt !== null,
    outputStored: row.output !== null,
    deadlineAt: row.deadlineAt,
  }
}

/** True while the worker still holds the run. */
export const holds = (worker: string) => and(eq(runs.leaseWorker, worker), eq(runs.state, 'running'))

export const overdue = (now: number) =>
  and(sql`${runs.state} in ('queued','running','paused')`, lte(runs.deadlineAt, now))
