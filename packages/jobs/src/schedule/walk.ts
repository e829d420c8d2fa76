import { countDays, isDayNamed, nextDay, previousDay, startOfDay } from './days.ts'
import type { Pattern } from './pattern.ts'
import { countTimes, firstTime, lastTime, timeFrom, timeUntil } from './timesOfDay.ts'
import type { Wall } from './zone.ts'

/** The first wall-clock time strictly after another, or null when there is none. */
export function nextWall(pattern: Pattern, after: Wall): Wall | null {
  const from = Math.floor(after / 1000) * 1000 + 1000
  const day = startOfDay(from)
  const time = isDayNamed(pattern, day) ? timeFrom(pattern, (from - day) / 1000) : null
  if (time !== null) return day + time * 1000
  const next = nextDay(pattern, day)
  return next === null ? null : next + firstTime(pattern) * 1000
}

/** The last wall-clock time at or before another, or null when there is none. */
export function latestWall(pattern: Pattern, until: Wall): Wall | null {
  const day = startOfDay(until)
  const time = isDayNamed(pattern, day) ? timeUntil(pattern, secondsInto(day, until)) : null
  if (time !== null) return day + time * 1000
  const previous = previousDay(pattern, day)
  return previous === null ? null : previous + lastTime(pattern) * 1000
}

/** How many wall-clock times lie in (after, until]. They are counted by months, so that a long stretch costs little. */
export function countWalls(pattern: Pattern, after: Wall, until: Wall): number {
  if (until <= after) return 0
  const { hours, minutes, seconds } = pattern
  const wholeDays = countDays(pattern, startOfDay(after), startOfDay(until))
  return (
    wholeDays * hours.length * minutes.length * seconds.length +
    countInto(pattern, until) -
    countInto(pattern, after)
  )
}

/** Times of a day until one of it, with that one. */
function countInto(pattern: Pattern, wall: Wall): number {
  const day = startOfDay(wall)
  return isDayNamed(pattern, day) ? countTimes(pattern, secondsInto(day, wall)) : 0
}

const secondsInto = (day: Wall, wall: Wall): number => Math.floor((wall - day) / 1000)
