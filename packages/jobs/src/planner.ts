import type { JobTimes } from '@kamihi/contracts'
import type { Kamihi } from '@kamihi/core'
import type { JobRecord, PassedOccurrences, Placement } from '@kamihi/store'
import { holdsOf } from './decide/holds.ts'
import { passedOccurrences } from './decide/passed.ts'
import { type ParsedSchedule, parseSchedule, type Schedule, unbounded } from './schedule/parse.ts'
import { nextRunAt } from './schedule/times.ts'

/** What it takes to know when a job runs: a bot, or a command line beside it. */
export type Planner = Pick<Kamihi, 'config' | 'store'>

type Settings = Pick<Kamihi, 'config'>

/** Reads when a job runs: in its zone or that of the settings, from its start to its end. */
export function parseTimes({ config }: Settings, job: JobTimes): ParsedSchedule {
  return parseSchedule(job.cronExpression, job.timezone ?? config.timezone, {
    allowSeconds: config.jobs.allowSeconds,
    startsAt: msOf(job.startsAt) ?? unbounded.startsAt,
    endsAt: msOf(job.endsAt) ?? unbounded.endsAt,
  })
}

/** The schedule of a job, or null when it cannot be read any more. */
export function scheduleOf(settings: Settings, job: JobTimes): Schedule | null {
  const parsed = parseTimes(settings, job)
  return parsed.kind === 'valid' ? parsed.schedule : null
}

export const isSameSchedule = (a: JobTimes, b: JobTimes): boolean =>
  a.cronExpression === b.cronExpression &&
  a.timezone === b.timezone &&
  msOf(a.startsAt) === msOf(b.startsAt) &&
  msOf(a.endsAt) === msOf(b.endsAt)

const msOf = (instant: string | null): number | null => (instant === null ? null : Date.parse(instant))

/** What was due at an instant and had not run: it will not, and is recorded instead. */
export async function passedUntil(
  planner: Planner,
  job: JobRecord,
  now: number,
): Promise<PassedOccurrences[]> {
  const schedule = scheduleOf(planner, job)
  if (!job.enabled || !schedule || job.nextRunAt === null || job.nextRunAt > now) return []
  const holds = holdsOf(job, await planner.store.scheduler.pauses(), now)
  return passedOccurrences(schedule, job.nextRunAt, now, holds)
}

/** Where a job goes on that is not to run for the past. */
export async function placeAfter(planner: Planner, job: JobRecord, now: number): Promise<Placement> {
  const schedule = scheduleOf(planner, job)
  const cursor = job.nextRunAt
  const place = { expectedNextRunAt: cursor, passed: await passedUntil(planner, job, now) }
  if (!job.enabled || !schedule) return { ...place, nextRunAt: null }
  const stays = cursor !== null && cursor > now && occursAt(schedule, cursor)
  return { ...place, nextRunAt: stays ? cursor : nextRunAt(schedule, now) }
}

export const occursAt = (schedule: Schedule, at: number): boolean => nextRunAt(schedule, at - 1) === at
