import type { Schedule } from './parse.ts'
import { type Placed, placeWall, wallAt } from './zone.ts'

export interface Occurrence extends Placed {
  /** Wall-clock time that was asked for, as floating milliseconds. */
  wall: number
}

/** The first occurrence strictly after an instant (epoch milliseconds), or null when there is none. */
export function nextRunAt(schedule: Schedule, after: number): number | null {
  return nextOccurrence(schedule, after)?.instant ?? null
}

/** The last occurrence at or before an instant, or null when there is none. */
export function latestRunAt(schedule: Schedule, until: number): number | null {
  if (!schedule.isWallClock) return previous(schedule, until + 1)
  // A gap may move an occurrence forward and an overlap may hide one, so it is looked for from a little later.
  let wall: number | null = wallAt(schedule.zone, until) + 4 * 3_600_000
  for (let tries = 0; tries < 5000; tries += 1) {
    wall = previous(schedule, wall)
    if (wall === null) return null
    const { instant } = placeWall(schedule.zone, wall)
    if (instant <= until) return instant
  }
  return null
}

/** The same with what a clock change does to it. */
export function nextOccurrence(schedule: Schedule, after: number): Occurrence | null {
  if (!schedule.isWallClock) {
    const instant = next(schedule, after)
    return instant === null ? null : { kind: 'once', instant, wall: wallAt(schedule.zone, instant) }
  }
  let wall: number | null = wallAt(schedule.zone, after)
  for (let tries = 0; tries < 5000; tries += 1) {
    wall = next(schedule, wall)
    if (wall === null) return null
    const placed = placeWall(schedule.zone, wall)
    if (placed.instant > after) return { ...placed, wall }
  }
  return null
}

/** How many occurrences lie in (after, until]: counted up to a limit, beyond it estimated from how dense they are. */
export function countRuns(schedule: Schedule, after: number, until: number, limit = 500): number {
  let at: number | null = after
  let count = 0
  while (count < limit) {
    at = nextRunAt(schedule, at)
    if (at === null || at > until) return count
    count += 1
  }
  return Math.round((count * (until - after)) / ((at as number) - after))
}

function next({ cron }: Schedule, after: number): number | null {
  return cron.nextRun(new Date(after))?.getTime() ?? null
}

function previous({ cron }: Schedule, before: number): number | null {
  return cron.previousRuns(1, new Date(before))[0]?.getTime() ?? null
}
