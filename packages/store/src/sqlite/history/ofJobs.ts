import type { JobStats, RunState } from '@kamihi/contracts'
import { type SQL, sql } from 'drizzle-orm'
import type { JobRow } from '../../store.ts'
import type { Db } from '../connection.ts'
import { groupBy } from '../edit.ts'
import { runs } from '../schema.ts'

const shown = 20
const judged = 50

/** What a job's last runs tell of it. */
export type JobHistory = Pick<JobRow, 'lastRuns' | 'stats'>

type Shown = JobRow['lastRuns'][number] & { jobId: string }
interface Judged {
  jobId: string
  state: RunState
  /** Milliseconds from start to end; null when it never began. */
  tookMs: number | null
}

/** The last runs of many jobs and how they went, by two statements whatever their number. */
export function historyOfJobs(db: Db, jobIds: string[]): (jobId: string) => JobHistory {
  const { id, state, reason, scheduledFor, finishedAt, startedAt } = runs
  const last = groupBy(
    db.all<Shown>(
      sql`select j.value as jobId, ${id} as id, ${state} as state, ${reason} as reason, ${scheduledFor} as scheduledFor, ${finishedAt} as finishedAt
        ${newestOf(jobIds, sql`1`, shown)}`,
    ),
    (run) => run.jobId,
  )
  const ended = groupBy(
    db.all<Judged>(
      sql`select j.value as jobId, ${state} as state, ${finishedAt} - ${startedAt} as tookMs
        ${newestOf(jobIds, sql`finished_at is not null and dry_run = 0`, judged)}`,
    ),
    (run) => run.jobId,
  )
  return (jobId) => ({
    lastRuns: (last.get(jobId) ?? []).map(({ jobId: _, ...run }) => run),
    stats: statsOf(ended.get(jobId) ?? []),
  })
}

/** For each job the newest runs, found by its index: a window function would read every run of each. */
const newestOf = (jobIds: string[], which: SQL, limit: number): SQL => sql`
  from json_each(${JSON.stringify(jobIds)}) j
  cross join ${runs} on ${runs}.rowid in
    (select rowid from runs where job_id = j.value and ${which} order by scheduled_for desc, id desc limit ${limit})
  order by j.key, ${runs.scheduledFor} desc, ${runs.id} desc`

const ranToTheEnd: readonly RunState[] = ['completed', 'partial', 'failed']

/** How runs went; those that were skipped say nothing of it. */
export function statsOf(ended: Pick<Judged, 'state' | 'tookMs'>[]): JobStats {
  const ran = ended.filter(({ state }) => state !== 'skipped')
  const completed = ran.filter(({ state }) => state === 'completed')
  const took = ended.flatMap(({ state, tookMs }) => (ranToTheEnd.includes(state) ? (tookMs ?? []) : []))
  return {
    runs: ended.length,
    successRate: ran.length === 0 ? null : completed.length / ran.length,
    p95Ms: percentile(took, 0.95),
  }
}

/** By nearest rank: the smallest value that at least that share of all values does not exceed. */
function percentile(values: number[], share: number): number | null {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.ceil(sorted.length * share) - 1] ?? null
}
