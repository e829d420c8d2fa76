import type { JobSettings } from '@kamihi/contracts'
import type { Occurrence } from '@kamihi/store'
import type { Schedule } from '../schedule/parse.ts'
import { countRuns, latestRunAt, nextRunAt } from '../schedule/times.ts'

/** Up to this late an occurrence is on time, whatever the job says about catching up. */
export const onTimeMs = 60_000
const mostCaughtUp = 24

export interface Due {
  schedule: Schedule
  /** The cursor: the oldest occurrence without an outcome. */
  nextRunAt: number
  now: number
  catchUp: JobSettings['catchUp']
  catchUpWindowSeconds: number
  actionLoaded: boolean
}

export interface Decision {
  /** Oldest first; every occurrence from the cursor until now is in exactly one. */
  occurrences: Occurrence[]
  /** After now, so that a clock that goes back finds nothing due. */
  nextRunAt: number | null
}

/**
 * What one tick writes for a due job: what runs, what is a row of missed ones, and where the cursor goes. It costs the same after a minute
 * and after a year, because nothing is enumerated but what runs.
 */
export function decideOccurrences(due: Due): Decision {
  const { schedule, now, nextRunAt: first } = due
  // The clock went back after the job was found due.
  if (now < first) return { occurrences: [], nextRunAt: first }
  return { occurrences: outcomesOf(due, choose(due)), nextRunAt: nextRunAt(schedule, now) }
}

/** Those that run, oldest first. Of several that are on time it is the latest only: a stall of some seconds ends in one run, not in many. */
function choose(due: Due): number[] {
  const { now, catchUp, catchUpWindowSeconds } = due
  const windowMs = catchUpWindowSeconds * 1000
  const latest = latestDue(due, now) ?? due.nextRunAt
  const onTime = now - latest <= onTimeMs ? [latest] : []
  switch (catchUp) {
    case 'skip':
      return onTime
    case 'latest':
      return onTime.length === 0 && now - latest <= windowMs ? [latest] : onTime
    case 'all':
      return [...lateOnes(due, now - windowMs, mostCaughtUp - onTime.length), ...onTime]
  }
}

/** The newest of those that are too late to be on time, since an instant, oldest first. */
function lateOnes(due: Due, since: number, most: number): number[] {
  const found: number[] = []
  let at = latestDue(due, due.now - onTimeMs - 1)
  while (at !== null && at >= since && found.length < most) {
    found.unshift(at)
    at = latestDue(due, at - 1)
  }
  return found
}

/** The last one that is due at or before an instant. The cursor is one, also when the schedule would not name it any more. */
function latestDue({ schedule, nextRunAt: first }: Due, until: number): number | null {
  return until < first ? null : Math.max(first, latestRunAt(schedule, until) ?? first)
}

/** Those that run, and one row for all between two of them that do not. */
function outcomesOf(due: Due, chosen: number[]): Occurrence[] {
  const outcomes: Occurrence[] = []
  let from: number | null = due.nextRunAt
  for (const at of chosen) {
    outcomes.push(...missedBetween(due, from, at - 1), asOccurrence(at, due.actionLoaded))
    from = nextRunAt(due.schedule, at)
  }
  return [...outcomes, ...missedBetween(due, from, due.now)]
}

function missedBetween(due: Due, from: number | null, until: number): Occurrence[] {
  const to = latestDue(due, until)
  if (from === null || to === null || to < from) return []
  return [{ kind: 'missed', from, to, count: 1 + countRuns(due.schedule, from, to) }]
}

function asOccurrence(scheduledFor: number, actionLoaded: boolean): Occurrence {
  return actionLoaded
    ? { kind: 'run', scheduledFor }
    : { kind: 'skipped', scheduledFor, reason: 'action_missing' }
}
