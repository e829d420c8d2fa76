import { setImmediate as breathe } from 'node:timers/promises'
import type { Schedule } from '../schedule/parse.ts'
import { countRuns, nextRunAt } from '../schedule/times.ts'
import type { Planned } from './planned.ts'

export const hourMs = 3_600_000
export const hourOf = (at: number): number => Math.floor(at / hourMs) * hourMs

/** Runs of an hour by job. */
export type Hours = Map<number, Map<string, number>>

export interface PlannedHours {
  hours: Hours
  truncated: boolean
}

/** Hours of jobs that are counted in all; at some microseconds each this ends within about a second. */
const budget = 200_000
/** Hours after which everything else may go on. */
const atOnce = 500

/**
 * How often each job fires in each hour before an instant. Hours are counted by arithmetic, so that a job of every minute costs no more
 * than one of every hour, and jobs of the same schedule are counted once.
 */
export async function hoursOf(jobs: Planned[], to: number): Promise<PlannedHours> {
  const hours: Hours = new Map()
  const known = new Map<string, Map<number, number>>()
  let spent = 0
  let sinceBreath = 0
  for (const planned of jobs) {
    if (spent > budget) return { hours, truncated: true }
    const { schedule, firstAt } = planned
    const key = `${schedule.zone} ${schedule.expression} ${firstAt}`
    const counts = known.get(key) ?? countHours(schedule, firstAt, to)
    known.set(key, counts)
    spent += counts.size
    sinceBreath += counts.size
    add(hours, planned, counts)
    if (sinceBreath < atOnce) continue
    sinceBreath = 0
    await breathe()
  }
  return { hours, truncated: false }
}

function countHours(schedule: Schedule, firstAt: number, to: number): Map<number, number> {
  const counts = new Map<number, number>()
  for (let at: number | null = firstAt; at !== null && at < to; ) {
    const end = Math.min(hourOf(at) + hourMs, to)
    counts.set(hourOf(at), 1 + countRuns(schedule, at, end - 1))
    at = nextRunAt(schedule, end - 1)
  }
  return counts
}

function add(hours: Hours, { job, skipped }: Planned, counts: Map<number, number>): void {
  const skips = [...skipped].map(hourOf)
  for (const [hour, count] of counts) {
    const left = count - skips.filter((one) => one === hour).length
    if (left <= 0) continue
    const jobs = hours.get(hour) ?? new Map<string, number>()
    jobs.set(job.id, left)
    hours.set(hour, jobs)
  }
}
