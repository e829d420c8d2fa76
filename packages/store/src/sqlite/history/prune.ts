import type { RunState } from '@kamihi/contracts'
import { and, asc, eq, gt, gte, isNotNull, lt, or, sql } from 'drizzle-orm'
import type { PruneCursor, PruneInput, RunHistory } from '../../runHistory.ts'
import type { Tx } from '../connection.ts'
import { isOpen } from '../runs/open.ts'
import { forSlot, jobs, runs } from '../schema.ts'
import { removeRuns } from './remove.ts'

/** Most that one call looks at: jobs, runs past their edge, and entries of an index to find the edges. */
const mostJobs = 50
const mostRuns = 200
const mostEntries = 20_000

type Run = Pick<typeof runs.$inferSelect, 'id' | 'state' | 'reason' | 'scheduledFor' | 'finishedAt'> & {
  /** A run by hand that stands for a time which had passed. */
  isForSlot: number
}

/** Where the runs of a job begin and end in time, and which of the newest stays last; null where there are none, or not so many. */
interface Extent {
  id: string
  oldest: number | null
  newest: number | null
  oldestKept: number | null
}

const beginOf = (jobId: string): PruneCursor => ({ jobId, scheduledFor: Number.MIN_SAFE_INTEGER, runId: '' })

/** Goes through jobs from where the last call left off, and removes what is past its time, or as much of it as one call may. */
export function prune(tx: Tx, input: PruneInput): Awaited<ReturnType<RunHistory['prune']>> {
  const from = input.from ?? beginOf('')
  const found = lookFrom(tx, from, input)
  const { rows, all } = removeRuns(tx, found.past, input.limit)
  // What is left of them is found again from the same place.
  return { rows, next: all ? found.next : from }
}

/** Runs that are past their time, and where to look on; `next` is null at the end of the jobs. */
function lookFrom(
  tx: Tx,
  from: PruneCursor,
  input: PruneInput,
): { past: string[]; next: PruneCursor | null } {
  const jobsAtOnce = Math.max(1, Math.min(mostJobs, Math.floor(mostEntries / input.keepPerJob)))
  const extents = extentsFrom(tx, from.jobId, input.keepPerJob, jobsAtOnce + 1)
  const retried = retriedRuns(tx)
  const past: string[] = []
  let room = mostRuns
  for (const extent of extents.slice(0, jobsAtOnce)) {
    const begin = extent.id === from.jobId ? from : beginOf(extent.id)
    const ended = endedRuns(tx, begin, edgeOf(extent, input), room)
    past.push(
      ...ended.filter((run) => isPast(run, extent, input) && !retried.has(run.id)).map(({ id }) => id),
    )
    room -= ended.length
    const last = ended.at(-1)
    if (room <= 0 && last)
      return { past, next: { ...begin, scheduledFor: last.scheduledFor, runId: last.id } }
  }
  const following = extents[jobsAtOnce]
  return { past, next: following ? beginOf(following.id) : null }
}

/** By the index over job and time alone. */
const extentsFrom = (tx: Tx, jobId: string, keepPerJob: number, limit: number): Extent[] =>
  tx.all<Extent>(sql`
    select id,
      (select min(scheduled_for) from ${runs} where job_id = page.id) as oldest,
      (select max(scheduled_for) from ${runs} where job_id = page.id) as newest,
      (select scheduled_for from ${runs} where job_id = page.id order by scheduled_for desc limit 1 offset ${keepPerJob - 1}) as oldestKept
    from (select id from ${jobs} where id >= ${jobId} order by id limit ${limit}) page`)

/** Nothing that was due then or later is past its time; null when all of the job stays. The newest always stays. */
function edgeOf({ oldest, newest, oldestKept }: Extent, { olderThan }: PruneInput): number | null {
  if (oldest === null || newest === null) return null
  const edge = Math.min(newest, Math.max(olderThan, oldestKept ?? oldest))
  return oldest < edge ? edge : null
}

/** Oldest first, behind the cursor and before the edge. */
function endedRuns(
  tx: Tx,
  { jobId, scheduledFor, runId }: PruneCursor,
  edge: number | null,
  limit: number,
): Run[] {
  if (edge === null) return []
  const { id, state, reason, finishedAt } = runs
  const behind = or(
    gt(runs.scheduledFor, scheduledFor),
    and(eq(runs.scheduledFor, scheduledFor), gt(runs.id, runId)),
  )
  const between = and(gte(runs.scheduledFor, scheduledFor), lt(runs.scheduledFor, edge))
  return tx
    .select({
      id,
      state,
      reason,
      finishedAt,
      scheduledFor: runs.scheduledFor,
      isForSlot: sql<number>`${forSlot(runs)}`,
    })
    .from(runs)
    .where(and(eq(runs.jobId, jobId), between, behind, isNotNull(finishedAt)))
    .orderBy(asc(runs.scheduledFor), asc(runs.id))
    .limit(limit)
    .all()
}

/** Ends of which somebody may still have to learn why. */
const failures: readonly RunState[] = ['failed', 'partial', 'expired']

/** What is too old goes; of what is beyond the count failures stay until then, and what keeps a time from being run once more. */
function isPast(
  { state, reason, finishedAt, scheduledFor, isForSlot }: Run,
  { oldestKept }: Extent,
  { olderThan }: PruneInput,
) {
  if (finishedAt !== null && finishedAt < olderThan) return true
  const isBeyond = oldestKept !== null && scheduledFor < oldestKept
  return isBeyond && !failures.includes(state) && reason !== 'missed' && !isForSlot
}

/** Runs that open runs send again. */
const retriedRuns = (tx: Tx): Set<string | null> =>
  new Set(
    tx
      .select({ id: runs.retryOf })
      .from(runs)
      .where(and(isOpen, isNotNull(runs.retryOf)))
      .all()
      .map(({ id }) => id),
  )
