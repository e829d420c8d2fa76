import type { UpcomingRun } from '@kamihi/contracts'
import type { PlannedFilter } from '@kamihi/store'
import type { Planner } from '../planner.ts'
import { countRuns, nextRunAt } from '../schedule/times.ts'
import { type Planned, plannedIn } from './planned.ts'

export interface AgendaAsked {
  /** Epoch milliseconds; `to` does not belong to it. */
  from: number
  to: number
  filter?: PlannedFilter
  limit: number
}

/** What fires in a stretch of time to come, soonest first, and how much there is in all. */
export async function agendaOf(
  planner: Planner,
  { from, to, filter = {}, limit }: AgendaAsked,
): Promise<{ items: UpcomingRun[]; total: number }> {
  const { items: jobs } = await plannedIn(planner, from, to, filter)
  const soonest = soonestOf(jobs, to, limit)
  const ids = [...new Set(soonest.map(({ planned }) => planned.job.id))]
  const recipients = await planner.store.insights.recipientCounts(ids)
  return {
    items: soonest.map(({ at, planned: { job } }) => ({
      at: new Date(at).toISOString(),
      jobId: job.id,
      name: job.name,
      action: job.action,
      recipients: recipients.get(job.id) ?? 0,
    })),
    total: jobs.reduce((sum, planned) => sum + countIn(planned, to), 0),
  }
}

/** The next run of all, however far away. */
export async function nextOf(planner: Planner, now: number): Promise<UpcomingRun | null> {
  const farthest = Number.MAX_SAFE_INTEGER
  const { items } = await plannedIn(planner, now, farthest)
  const [first] = soonestOf(items.slice(0, 100), farthest, 1)
  if (!first) return null
  const { id, name, action } = first.planned.job
  const recipients = (await planner.store.insights.recipientCounts([id])).get(id) ?? 0
  return { at: new Date(first.at).toISOString(), jobId: id, name, action, recipients }
}

interface Fired {
  at: number
  planned: Planned
}

/** Of each job no more is looked at than may be among the soonest: a job of every minute stops where that of the others begins. */
function soonestOf(jobs: Planned[], to: number, limit: number): Fired[] {
  let found: Fired[] = []
  let bound = to - 1
  const cut = (): void => {
    found = found.sort((a, b) => a.at - b.at).slice(0, limit)
    bound = found.length === limit ? (found.at(-1)?.at ?? bound) : bound
  }
  for (const planned of jobs) {
    for (const at of timesOf(planned, bound, limit)) found.push({ at, planned })
    if (found.length > 4 * limit) cut()
  }
  cut()
  return found
}

function* timesOf({ schedule, firstAt, skipped }: Planned, until: number, limit: number): Generator<number> {
  let given = 0
  for (let at: number | null = firstAt; at !== null && at <= until && given < limit; ) {
    if (!skipped.has(at)) {
      given += 1
      yield at
    }
    at = nextRunAt(schedule, at)
  }
}

/** How often a job fires from its first time on, before an instant. */
function countIn({ schedule, firstAt, skipped }: Planned, to: number): number {
  const left = [...skipped].filter((at) => at >= firstAt && at < to).length
  return 1 + countRuns(schedule, firstAt, to - 1) - left
}
