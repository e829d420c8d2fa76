import type { LoadHour, ScheduleLoad } from '@kamihi/contracts'
import type { PastHour, PlannedFilter } from '@kamihi/store'
import type { Planner } from '../planner.ts'
import { agendaOf } from './agenda.ts'
import { type Hours, hourMs, hoursOf } from './hours.ts'
import { plannedIn } from './planned.ts'
import { type QuietSlot, quietestHours, quietestMinute } from './quietest.ts'

export interface LoadAsked {
  /** Epoch milliseconds; `to` does not belong to it. */
  from: number
  to: number
  filter: PlannedFilter
  now: number
}

/** An hour as it is added up. */
interface Sum {
  runs: number
  messages: number
  byJob: Map<string, number>
  outcomes: Record<string, number>
}

const topJobs = 5
const weekMs = 7 * 24 * hourMs

/** How busy the hours of a stretch were and will be. */
export async function loadOf(planner: Planner, { from, to, filter, now }: LoadAsked): Promise<ScheduleLoad> {
  const { store, config } = planner
  const sums = new Map<number, Sum>()
  if (from < now)
    for (const past of await store.insights.pastHours({ from, to: Math.min(to, now) }, filter))
      addPast(sums, past)
  const plan = await planOf(planner, Math.max(from, now), to, filter)
  addPlanned(sums, plan.hours, plan.recipients)
  const hours = [...sums].sort(([a], [b]) => a - b).map(([hour, sum]) => presentHour(hour, sum))
  return {
    from: iso(from),
    to: iso(to),
    now: iso(now),
    hours,
    jobs: await store.insights.jobNames([...new Set(hours.flatMap(({ jobs }) => jobs))]),
    perHourLimit: Math.floor(config.telegram.rate.global * 3600),
    quietest: await quietestOf(planner, now),
    truncated: plan.truncated,
  }
}

async function planOf(planner: Planner, from: number, to: number, filter: PlannedFilter) {
  const { items, truncated } = await plannedIn(planner, from, to, filter)
  const counted = await hoursOf(items, to)
  const recipients = await planner.store.insights.recipientCounts(items.map(({ job }) => job.id))
  return { hours: counted.hours, recipients, truncated: truncated || counted.truncated }
}

const sumAt = (sums: Map<number, Sum>, hour: number): Sum => {
  const sum = sums.get(hour) ?? { runs: 0, messages: 0, byJob: new Map(), outcomes: {} }
  sums.set(hour, sum)
  return sum
}

function addPast(sums: Map<number, Sum>, { hour, jobId, state, reason, runs, messages }: PastHour): void {
  const sum = sumAt(sums, hour)
  const outcome = reason === 'missed' ? 'missed' : state
  sum.runs += runs
  sum.messages += messages
  sum.byJob.set(jobId, (sum.byJob.get(jobId) ?? 0) + messages)
  sum.outcomes[outcome] = (sum.outcomes[outcome] ?? 0) + runs
}

function addPlanned(sums: Map<number, Sum>, hours: Hours, recipients: Map<string, number>): void {
  for (const [hour, jobs] of hours) {
    const sum = sumAt(sums, hour)
    for (const [jobId, runs] of jobs) {
      const messages = runs * (recipients.get(jobId) ?? 0)
      sum.runs += runs
      sum.messages += messages
      sum.byJob.set(jobId, (sum.byJob.get(jobId) ?? 0) + messages)
    }
  }
}

function presentHour(hour: number, { runs, messages, byJob, outcomes }: Sum): LoadHour {
  const jobs = [...byJob].sort(([, a], [, b]) => b - a).slice(0, topJobs)
  return { hour: iso(hour), runs, messages, jobs: jobs.map(([id]) => id), outcomes }
}

async function quietestOf(planner: Planner, now: number): Promise<ScheduleLoad['quietest']> {
  const plan = await planOf(planner, now, now + weekMs + hourMs, {})
  const sums = new Map<number, Sum>()
  addPlanned(sums, plan.hours, plan.recipients)
  const messages = new Map([...sums].map(([hour, sum]) => [hour, sum.messages]))
  const slots = quietestHours(messages, planner.config.timezone, now)
  return Promise.all(slots.map((slot) => withMinute(planner, slot)))
}

async function withMinute(
  planner: Planner,
  { at, ...slot }: QuietSlot,
): Promise<ScheduleLoad['quietest'][number]> {
  if (slot.messages === 0) return { ...slot, minute: 0 }
  const { items } = await agendaOf(planner, { from: at, to: at + hourMs, limit: 1000 })
  const due = items.map((item) => ({
    minute: Math.floor((Date.parse(item.at) - at) / 60_000),
    people: item.recipients,
  }))
  return { ...slot, minute: quietestMinute(due) }
}

const iso = (ms: number): string => new Date(ms).toISOString()
