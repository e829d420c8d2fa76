import type { Pattern } from './pattern.ts'
import { countWalls, latestWall, nextWall } from './walk.ts'
import { furthestWall, type Placed, placeWall, stretchesIn, type Wall } from './zone.ts'

/**
 * Times of a wall-clock pattern. Each wall-clock time belongs to one instant: the first at which the clocks of the zone
 * show it or have passed it. That is its first pass where it comes twice, and the end of the gap where it does not come.
 * A later wall-clock time never belongs to an earlier instant, so "after an instant" is "after what the clocks have shown by then".
 */
export function nextWallClock(
  pattern: Pattern,
  zone: string,
  after: number,
): (Placed & { wall: Wall }) | null {
  const wall = nextWall(pattern, furthestWall(zone, after))
  return wall === null ? null : { ...placeWall(zone, wall), wall }
}

/** The last at or before an instant. */
export function latestWallClock(pattern: Pattern, zone: string, until: number): number | null {
  const wall = latestWall(pattern, furthestWall(zone, until))
  return wall === null ? null : placeWall(zone, wall).instant
}

/** How many lie in (after, until]; what falls together at the end of a gap is one. */
export function countWallClock(pattern: Pattern, zone: string, after: number, until: number): number {
  const named = countWalls(pattern, furthestWall(zone, after), furthestWall(zone, until))
  return named - countMerged(pattern, zone, after, until)
}

function countMerged(pattern: Pattern, zone: string, after: number, until: number): number {
  const stretches = stretchesIn(zone, after, until)
  let merged = 0
  for (const [index, { start, offset }] of stretches.entries()) {
    const before = stretches[index - 1]
    if (!before || offset <= before.offset) continue
    merged += Math.max(0, countWalls(pattern, start + before.offset - 1, start + offset) - 1)
  }
  return merged
}
