import type { PlannedFilter, PlannedJob } from '@kamihi/store'
import { type Planner, scheduleOf } from '../planner.ts'
import type { Schedule } from '../schedule/parse.ts'
import { nextRunAt } from '../schedule/times.ts'

/** A job that is to run by itself, with its schedule, the first time that counts and those that are left out. */
export interface Planned {
  job: PlannedJob
  schedule: Schedule
  firstAt: number
  skipped: ReadonlySet<number>
}

export interface PlannedJobs {
  items: Planned[]
  /** There are more jobs than are looked at. */
  truncated: boolean
}

/** Jobs that are looked at; soonest first. */
const mostJobs = 10_000

/** What is to run in [from, to) by itself: nothing while jobs are off or the scheduler is paused. */
export async function plannedIn(
  planner: Planner,
  from: number,
  to: number,
  filter: PlannedFilter = {},
): Promise<PlannedJobs> {
  const { store, config } = planner
  if (!config.jobs.enabled || (await store.scheduler.pauses()).current) return { items: [], truncated: false }
  const jobs = await store.insights.planned(to, filter, mostJobs + 1)
  const skips = await store.insights.skipsOf(jobs.map(({ id }) => id))
  const items = jobs.slice(0, mostJobs).flatMap((job) => {
    const schedule = scheduleOf(planner, job)
    const firstAt = schedule && firstFrom(schedule, job.nextRunAt, from)
    if (!schedule || firstAt === null || firstAt >= to) return []
    return { job, schedule, firstAt, skipped: new Set(skips.get(job.id)) }
  })
  return { items, truncated: jobs.length > mostJobs }
}

/** What is overdue runs now, and is not counted at the time that it was due. */
const firstFrom = (schedule: Schedule, cursor: number, from: number): number | null =>
  cursor >= from ? cursor : nextRunAt(schedule, from - 1)
