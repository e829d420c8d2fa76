import type { Pattern } from './pattern.ts'
import { countWalls, latestWall, nextWall } from './walk.ts'
import { farthestOffsetMs, largestChangeMs, stretchAt, stretchesIn } from './zone.ts'

/**
 * Times of an interval pattern: the real instants at which the clocks of the zone show what it names, so none in a gap and both
 * passes where clocks go back. Looked for in one stretch between clock changes after the other.
 */
export function nextInterval(pattern: Pattern, zone: string, after: number): number | null {
  for (let at = after + 1; ; ) {
    const { end, offset } = stretchAt(zone, at)
    const wall = nextWall(pattern, at - 1 + offset)
    if (wall === null) return null
    if (wall - offset < end) return wall - offset
    // The clocks can show a time again only soon after it; when it is not soon, they next show what is named on the day of it.
    at = end - at > largestChangeMs ? Math.max(end, wall - farthestOffsetMs) : end
  }
}

/** The last at or before an instant. */
export function latestInterval(pattern: Pattern, zone: string, until: number): number | null {
  for (let at = until; ; ) {
    const { start, offset } = stretchAt(zone, at)
    const wall = latestWall(pattern, at + offset)
    if (wall === null) return null
    if (wall - offset >= start) return wall - offset
    at = at - start > largestChangeMs ? Math.min(start - 1, wall + farthestOffsetMs) : start - 1
  }
}

/** How many lie in (after, until]. */
export function countInterval(pattern: Pattern, zone: string, after: number, until: number): number {
  return stretchesIn(zone, after, until)
    .map(({ start, end, offset }) =>
      countWalls(pattern, Math.max(after, start - 1) + offset, Math.min(until, end - 1) + offset),
    )
    .reduce((sum, count) => sum + count, 0)
}
