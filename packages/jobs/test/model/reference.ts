import type { JobSettings } from '@kamihi/contracts'
import type { Schedule } from '../../src/schedule/parse.ts'
import { nextRunAt } from '../../src/schedule/times.ts'

/** What is said to become of every single occurrence of a job: counted out one by one where the scheduler reckons. */

export type Fate = 'run' | 'requested' | 'action_missing' | 'missed' | 'paused'

export interface RefJob {
  id: string
  settings: JobSettings
  schedule: Schedule
  version: number
  archived: boolean
  cursor: number | null
  pausedAt: number | null
  /** Occurrences to be left out. */
  skips: Set<number>
  /** Every occurrence that has passed, with its end. */
  fates: Map<number, Fate>
  /** The clock went back and the cursor with it: what has its row already comes to be due once more. */
  wentBack: boolean
}

/** A stretch in which the scheduler or a job was paused, both ends included. */
export interface RefPause {
  at: number
  until: number
}

export interface RefDecision {
  job: RefJob
  cursor: number
  next: number | null
  fates: [at: number, fate: Fate][]
}

const onTimeMs = 60_000
const mostCaughtUp = 24

/** Occurrences from the cursor to an instant, one by one. */
function dueOf({ schedule, cursor }: RefJob, until: number): number[] {
  const due: number[] = []
  for (let at = cursor; at !== null && at <= until; at = nextRunAt(schedule, at)) due.push(at)
  return due
}

const live = (job: RefJob) => job.settings.enabled && !job.archived

/** What a tick decides at an instant; null when nothing is due. */
export function decide(
  job: RefJob,
  pauses: RefPause[],
  actionLoaded: boolean,
  now: number,
): RefDecision | null {
  const { cursor, schedule } = job
  if (!live(job) || job.pausedAt !== null || cursor === null || cursor > now) return null
  const due = dueOf(job, now)
  const lastPause = Math.max(...pauses.map(({ until }) => until), Number.NEGATIVE_INFINITY)
  const chosen = new Set(
    chooseOf(
      job.settings,
      due.filter((at) => at > lastPause),
      now,
    ),
  )
  const fates = due.map((at): [number, Fate] => {
    if (chosen.has(at)) return [at, actionLoaded ? 'run' : 'action_missing']
    return [at, isHeld(at, pauses) ? 'paused' : 'missed']
  })
  return { job, cursor, next: nextRunAt(schedule, now), fates }
}

/** Those that run of what is due: the last one if it is on time, and of those that are late what the job says. */
function chooseOf({ catchUp, catchUpWindowSeconds }: JobSettings, due: number[], now: number): number[] {
  const windowMs = catchUpWindowSeconds * 1000
  const last = due.slice(-1)
  const onTime = last.filter((at) => now - at <= onTimeMs)
  if (catchUp === 'skip') return onTime
  if (catchUp === 'latest') return last.filter((at) => now - at <= Math.max(windowMs, onTimeMs))
  const late = due.filter((at) => now - at > onTimeMs && now - at <= windowMs)
  return [...late.slice(-(mostCaughtUp - onTime.length)), ...onTime]
}

/** What had its time within a minute before a pause is held by it too. */
const isHeld = (at: number, pauses: RefPause[]) =>
  pauses.some((pause) => at >= pause.at - onTimeMs && at <= pause.until)

/** Writes a decision if the cursor is where it was read and nobody keeps the job from running; false when it is not. */
export function write({ job, cursor, next, fates }: RefDecision, now: number): boolean {
  if (!live(job) || job.pausedAt !== null || job.cursor !== cursor) return false
  for (const [at, fate] of fates) {
    const isAsked = job.skips.has(at) && (fate === 'run' || fate === 'action_missing')
    end(job, at, isAsked ? 'requested' : fate)
  }
  forgetSkips(job, now)
  job.cursor = next
  return true
}

/** What is due is passed over: the job was changed, or goes on after a pause, and does not run for the past. */
export function passOver(job: RefJob, pauses: RefPause[], now: number): void {
  if (!live(job) || job.cursor === null) return
  const own = job.pausedAt === null ? [] : [{ at: job.pausedAt, until: now }]
  const due = dueOf(job, now)
  for (const at of due) end(job, at, isHeld(at, [...pauses, ...own]) ? 'paused' : 'missed')
  if (due.length > 0) forgetSkips(job, now)
}

/** The cursor is put somewhere by a person. */
export function place(job: RefJob, cursor: number | null): void {
  job.cursor = cursor
  if (cursor !== null && cursor <= Math.max(...job.fates.keys())) job.wentBack = true
}

export function forgetSkips(job: RefJob, until: number): void {
  for (const at of job.skips) if (at <= until) job.skips.delete(at)
}

/** What has ended stays as it is. */
function end(job: RefJob, at: number, fate: Fate): void {
  if (!job.fates.has(at)) job.fates.set(at, fate)
}
