import type { IssueOf } from '@kamihi/contracts'
import type { Change, JobRecord, Store } from '@kamihi/store'
import { occursAt, type Planner, scheduleOf } from './planner.ts'
import type { Schedule } from './schedule/parse.ts'
import { latestRunAt, nextRunAt } from './schedule/times.ts'

export interface SkipInput {
  /** Epoch milliseconds; null: the next one that would run. */
  scheduledFor: number | null
  reason: string | null
}

export type Skipped =
  | (Extract<Awaited<ReturnType<Store['jobs']['skip']>>, { job: JobRecord }> & { scheduledFor: number })
  /** There is no such occurrence; `nearest` are those around it that could be left out. */
  | { kind: 'not_scheduled'; issue: NoOccurrence; nearest: number[] }
  | { kind: 'not_found' }

type NoOccurrence = IssueOf<'job_does_not_run' | 'job_runs_no_more' | 'not_at_that_time'>

/** Leaves one future occurrence of a job out, if its schedule really has it. */
export async function skipOccurrence(
  planner: Planner,
  id: string,
  { scheduledFor, reason }: SkipInput,
  change: Change,
): Promise<Skipped> {
  const { store } = planner
  const job = await store.jobs.get(id)
  if (!job || job.archivedAt !== null) return { kind: 'not_found' }
  const schedule = job.enabled ? scheduleOf(planner, job) : null
  if (!schedule) return refusal({ kind: 'job_does_not_run' }, [])
  const skips = new Set((await store.jobs.skips(id)).map((one) => one.scheduledFor))
  const at = scheduledFor ?? nextNotSkipped(schedule, change.now, skips)
  if (at === null) return refusal({ kind: 'job_runs_no_more' }, [])
  if (at <= change.now || !occursAt(schedule, at)) return notScheduled(schedule, at, change.now)
  const outcome = await store.jobs.skip(id, { scheduledFor: at, reason }, change)
  if (outcome.kind === 'passed') return notScheduled(schedule, at, Math.max(at, change.now))
  return 'job' in outcome ? { ...outcome, scheduledFor: at } : outcome
}

/** The first occurrence after an instant that is not to be left out. */
export function nextNotSkipped(schedule: Schedule, after: number, skips: ReadonlySet<number>): number | null {
  let at = nextRunAt(schedule, after)
  while (at !== null && skips.has(at)) at = nextRunAt(schedule, at)
  return at
}

/** Occurrences on both sides of an instant, after another. */
function nearestTo(schedule: Schedule, at: number, after: number): number[] {
  const before = latestRunAt(schedule, at)
  const next = nextRunAt(schedule, Math.max(at, after))
  return [before, next].filter((one): one is number => one !== null && one > after)
}

/** The times of a job on both sides of an instant. */
export async function nearestTimes(planner: Planner, id: string, at: number): Promise<number[]> {
  const job = await planner.store.jobs.get(id)
  const schedule = job ? scheduleOf(planner, job) : null
  return schedule ? nearestTo(schedule, at, Number.NEGATIVE_INFINITY) : []
}

function notScheduled(schedule: Schedule, at: number, now: number): Skipped {
  const nearest = nearestTo(schedule, at, now)
  const hasPassed = at <= now
  return refusal({ kind: 'not_at_that_time', at: iso(at), hasPassed, nearest: nearest.map(iso) }, nearest)
}

const refusal = (issue: NoOccurrence, nearest: number[]): Skipped => ({
  kind: 'not_scheduled',
  issue,
  nearest,
})
const iso = (ms: number): string => new Date(ms).toISOString()
