import { countInterval, latestInterval, nextInterval } from './intervalTimes.ts'
import type { Schedule } from './parse.ts'
import { countWalls } from './walk.ts'
import { countWallClock, latestWallClock, nextWallClock } from './wallClockTimes.ts'
import { type Placed, placeWall, type Wall, wallAt } from './zone.ts'

/** The years 1 to 9999 of the calendar; outside of them nothing fires. */
const earliest = -62_135_596_800_000
const farthest = 253_402_300_799_999
/** Where a stretch of time is longer, as when the clock of the machine is far off, clock changes in it are not counted one by one. */
const longestExactMs = 40 * 366 * 86_400_000

export interface Occurrence {
  /**
   * What a clock change does to it: nothing, or its wall-clock time does not come and it runs where the gap ends (`gap`), or it
   * comes twice and it runs at the first (`twice`), or it comes twice and this is the second (`again`).
   */
  kind: Placed['kind'] | 'again'
  instant: number
  /** Wall-clock time that was asked for. */
  wall: Wall
}

/** The first occurrence strictly after an instant (epoch milliseconds), or null when there is none. */
export function nextRunAt(schedule: Schedule, after: number): number | null {
  const { pattern, zone } = schedule
  const [from, last] = [lowerEnd(schedule, after), upperEnd(schedule, farthest)]
  if (from >= last) return null
  const next = pattern.isWallClock
    ? (nextWallClock(pattern, zone, from)?.instant ?? null)
    : nextInterval(pattern, zone, from)
  return next !== null && next <= last ? next : null
}

/** The same with what a clock change does to it. */
export function nextOccurrence(schedule: Schedule, after: number): Occurrence | null {
  const { pattern, zone } = schedule
  const instant = nextRunAt(schedule, after)
  if (instant === null) return null
  if (pattern.isWallClock) return nextWallClock(pattern, zone, lowerEnd(schedule, after))
  const wall = wallAt(zone, instant)
  return { kind: placeWall(zone, wall).instant === instant ? 'once' : 'again', instant, wall }
}

/** The last occurrence at or before an instant, or null when there is none. */
export function latestRunAt(schedule: Schedule, until: number): number | null {
  const { pattern, zone } = schedule
  const [from, to] = [lowerEnd(schedule, earliest), upperEnd(schedule, until)]
  if (to <= from) return null
  const latest = pattern.isWallClock ? latestWallClock(pattern, zone, to) : latestInterval(pattern, zone, to)
  return latest !== null && latest > from ? latest : null
}

/** How many occurrences lie in (after, until]. Exact for 40 years; in a longer time clock changes are left out of account. */
export function countRuns(schedule: Schedule, after: number, until: number): number {
  const { pattern, zone } = schedule
  const [from, to] = [lowerEnd(schedule, after), upperEnd(schedule, until)]
  if (to <= from) return 0
  if (to - from > longestExactMs) return countWalls(pattern, wallAt(zone, from), wallAt(zone, to))
  return pattern.isWallClock
    ? countWallClock(pattern, zone, from, to)
    : countInterval(pattern, zone, from, to)
}

/** Occurrences are strictly after it. */
const lowerEnd = ({ startsAt }: Schedule, after: number): number => Math.max(after, earliest, startsAt - 1)
/** Occurrences are at it or before. */
const upperEnd = ({ endsAt }: Schedule, until: number): number => Math.min(until, farthest, endsAt)
