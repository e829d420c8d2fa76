import type { JobSettings } from '@kamihi/contracts'
import type { Occurrence } from '@kamihi/store'
import type { Schedule } from '../schedule/parse.ts'
import { countRuns, latestRunAt, nextRunAt } from '../schedule/times.ts'

/** Up to this late an occurrence is on time, whatever the job says about catching up. */
export const onTimeMs = 60_000
const mostCaughtUp = 24

export interface Due {
  schedule: Schedule
  /** The cursor: the oldest occurrence without a run. */
  nextRunAt: number
  now: number
  catchUp: JobSettings['catchUp']
  catchUpWindowSeconds: number
  actionLoaded: boolean
}

export interface Decision {
  occurrences: Occurrence[]
  nextRunAt: number | null
}

/** What one tick writes for a due job: what runs, what is one row of missed ones, and where the cursor goes. */
export function decideOccurrences(due: Due): Decision {
  const { schedule, now, nextRunAt: first } = due
  const latest = Math.max(first, latestRunAt(schedule, now) ?? first)
  const chosen = choose(due, latest)
  const occurrences = [
    ...missedBefore(schedule, first, latest, chosen),
    ...chosen.map((at) => asOccurrence(at, due.actionLoaded)),
  ]
  return { occurrences, nextRunAt: nextRunAt(schedule, Math.max(now, latest)) }
}

function choose(
  { schedule, nextRunAt: first, now, catchUp, catchUpWindowSeconds }: Due,
  latest: number,
): number[] {
  const late = now - latest
  const windowMs = catchUpWindowSeconds * 1000
  if (catchUp === 'all') return lastOf(schedule, Math.max(first, now - Math.max(windowMs, onTimeMs)), latest)
  if (late <= onTimeMs) return [latest]
  return catchUp === 'latest' && late <= windowMs ? [latest] : []
}

/** The newest occurrences from `from` to `latest`, oldest first. */
function lastOf(schedule: Schedule, from: number, latest: number): number[] {
  const found: number[] = []
  let at: number | null = latest
  while (at !== null && at >= from && found.length < mostCaughtUp) {
    found.unshift(at)
    at = latestRunAt(schedule, at - 1)
  }
  return found
}

/** One row for everything between the cursor and the first that runs. */
function missedBefore(schedule: Schedule, first: number, latest: number, chosen: number[]): Occurrence[] {
  const end = chosen[0] === undefined ? latest : latestRunAt(schedule, chosen[0] - 1)
  if (end === null || end < first) return []
  return [{ kind: 'missed', from: first, to: end, count: 1 + countRuns(schedule, first, end) }]
}

function asOccurrence(scheduledFor: number, actionLoaded: boolean): Occurrence {
  return actionLoaded
    ? { kind: 'run', scheduledFor }
    : { kind: 'skipped', scheduledFor, reason: 'action_missing' }
}
