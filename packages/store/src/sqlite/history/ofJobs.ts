import type { JobStats, RunState } from '@kamihi/contracts'
import { type SQL, sql } from 'drizzle-orm'
import type { JobRow } from '../../store.ts'
import type { Db } from '../connection.ts'
import { groupBy } from '../edit.ts'
import { type QuickRows, quickRows } from '../quickRows.ts'
import { judgedRunStates, runs, wentWrong } from '../schema.ts'

const shown = 20
const judged = 50

/** What a job's last runs tell of it. */
export type JobHistory = Pick<JobRow, 'lastRuns' | 'stats'>

type Shown = JobRow['lastRuns'][number]
/** A run as both are made of it. */
interface Newest extends Shown {
  jobId: string
  startedAt: number | null
  wentWrong: number
}

interface Judged {
  state: RunState
  wentWrong: boolean
  /** Milliseconds from start to end; null when it never began. */
  tookMs: number | null
}

/** The last runs of many jobs and how they went, whatever their number by one statement, or two where some have not ended. */
export function prepareHistory(db: Db): (jobIds: string[]) => (jobId: string) => JobHistory {
  const newest = newestOf(db, sql`dry_run = 0`)
  const newestEnded = newestOf(db, sql`finished_at is not null and dry_run = 0`)
  const read = (found: QuickRows<Newest>, jobIds: string[]) =>
    groupBy(found.all({ jobIds: JSON.stringify(jobIds) }), (run) => run.jobId)
  return (jobIds) => {
    const last = read(newest, jobIds)
    const unclear = jobIds.filter((id) => {
      const runs = last.get(id) ?? []
      return runs.length === judged && !runs.every(hasEnded)
    })
    const ended = unclear.length === 0 ? last : read(newestEnded, unclear)
    return (jobId) => {
      const runs = (last.get(jobId) ?? []).sort(newestFirst)
      return {
        lastRuns: runs.slice(0, shown).map(shownOf),
        stats: statsOf((ended.get(jobId) ?? runs).filter(hasEnded).map(judgedOf)),
      }
    }
  }
}

/** Sorted here, where each job has few: SQLite would sort those of all jobs at once. */
const newestFirst = (a: Newest, b: Newest): number =>
  b.scheduledFor - a.scheduledFor || (a.id < b.id ? 1 : -1)

const hasEnded = ({ finishedAt }: Newest): boolean => finishedAt !== null

const shownOf = ({ id, state, reason, scheduledFor, finishedAt }: Newest): Shown => ({
  id,
  state,
  reason,
  scheduledFor,
  finishedAt,
})

const judgedOf = ({ state, startedAt, finishedAt, wentWrong }: Newest): Judged => ({
  state,
  wentWrong: wentWrong === 1,
  tookMs: startedAt === null || finishedAt === null ? null : finishedAt - startedAt,
})

/** For each job the newest runs, found by its index: a window function would read every run of each. */
function newestOf(db: Db, which: SQL): QuickRows<Newest> {
  const { id, jobId, state, reason, scheduledFor, startedAt, finishedAt } = runs
  const judgement = sql<number>`${wentWrong(runs)}`
  const fields = { id, jobId, state, reason, scheduledFor, startedAt, finishedAt, wentWrong: judgement }
  const given = sql`json_each(${sql.placeholder('jobIds')}) j`
  const among = sql`${runs}.rowid in (select rowid from runs where job_id = j.value and ${which}
    order by scheduled_for desc, id desc limit ${sql.raw(String(judged))})`
  return quickRows(db.select(fields).from(given).crossJoin(runs).where(among).prepare(), fields)
}

const ranToTheEnd: readonly RunState[] = ['completed', 'partial', 'failed']

/** How runs went; those that were skipped or cancelled say nothing of it. */
export function statsOf(ended: Judged[]): JobStats {
  const judged = ended.filter(({ state }) => (judgedRunStates as readonly RunState[]).includes(state))
  const fine = judged.filter(({ wentWrong }) => !wentWrong)
  const took = ended.flatMap(({ state, tookMs }) => (ranToTheEnd.includes(state) ? (tookMs ?? []) : []))
  return {
    runs: ended.length,
    successRate: judged.length === 0 ? null : fine.length / judged.length,
    p95Ms: percentile(took, 0.95),
  }
}

/** By nearest rank: the smallest value that at least that share of all values does not exceed. */
function percentile(values: number[], share: number): number | null {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.ceil(sorted.length * share) - 1] ?? null
}
