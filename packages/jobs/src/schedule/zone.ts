/** Wall-clock time of a zone as if it were UTC ("floating"), in epoch milliseconds. */
export type Wall = number

/** A stretch of time in which the clocks of a zone do not change: [start, end). */
export interface Stretch {
  start: number
  end: number
  /** Milliseconds that the zone is ahead of UTC. */
  offset: number
}

const hourMs = 3_600_000
const dayMs = 24 * hourMs
/** A stretch is looked for, and kept, in pieces of so long: a year of a zone costs a millisecond, once. */
const pieceMs = 32 * dayMs
const keptPieces = 5000
/** By zone, and by which piece since 1970 it is. */
const pieces = new Map<string, Map<number, Stretch[]>>()
let pieceCount = 0
const formats = new Map<string, Intl.DateTimeFormat>()
/** Offsets lie between -16 and +16 hours, also those of the 19th century. */
export const farthestOffsetMs = 16 * hourMs
/** No change was ever larger: Samoa left out a day, Alaska had one twice. */
export const largestChangeMs = 25 * hourMs

/** Milliseconds that the zone is ahead of UTC at an instant. */
export const offsetAt = (zone: string, instant: number): number => stretchAt(zone, instant).offset

export const wallAt = (zone: string, instant: number): Wall => instant + offsetAt(zone, instant)

/** The stretch around an instant; it ends where the clocks change, or earlier: where the next piece begins. */
export function stretchAt(zone: string, instant: number): Stretch {
  const found = pieceAt(zone, Math.floor(instant / pieceMs)).find(({ end }) => instant < end)
  if (!found) throw new Error(`There is no time ${instant} in ${zone}.`)
  return found
}

/** The stretches that touch [from, to], oldest first. */
export function stretchesIn(zone: string, from: number, to: number): Stretch[] {
  const stretches: Stretch[] = []
  for (let at = from; at <= to; ) {
    const stretch = stretchAt(zone, at)
    stretches.push(stretch)
    at = stretch.end
  }
  return stretches
}

/** What becomes of a wall-clock time in a zone: one instant, the first of two, or the first instant after a gap. */
export type Placed = { kind: 'once' | 'twice' | 'gap'; instant: number }

/** Finds the instant of a wall-clock time; where clocks go back it is the first pass, where they go forward the end of the gap. */
export function placeWall(zone: string, wall: Wall): Placed {
  const around = stretchesIn(zone, wall - farthestOffsetMs, wall + farthestOffsetMs)
  const passes = around.filter(({ start, end, offset }) => start <= wall - offset && wall - offset < end)
  const first = passes[0]
  if (first) return { kind: passes.length > 1 ? 'twice' : 'once', instant: wall - first.offset }
  const gap = around.find(({ start, offset }) => start + offset > wall)
  if (!gap) throw new Error(`There is no wall-clock time ${wall} in ${zone}.`)
  return { kind: 'gap', instant: gap.start }
}

/** The latest wall-clock time that the zone has shown up to an instant: after clocks went back it is one before the change. */
export function furthestWall(zone: string, instant: number): Wall {
  return Math.max(
    ...stretchesIn(zone, instant - largestChangeMs, instant).map(
      ({ end, offset }) => Math.min(instant, end - 1) + offset,
    ),
  )
}

function pieceAt(zone: string, index: number): Stretch[] {
  const known = pieces.get(zone)?.get(index)
  if (known) return known
  if (pieceCount >= keptPieces) {
    pieces.clear()
    pieceCount = 0
  }
  const found = findStretches(zone, index * pieceMs, (index + 1) * pieceMs)
  const ofZone = pieces.get(zone) ?? new Map<number, Stretch[]>()
  pieces.set(zone, ofZone.set(index, found))
  pieceCount += 1
  return found
}

/** Looks at each day. No zone ever changed its clocks and changed them back within one. */
function findStretches(zone: string, from: number, to: number): Stretch[] {
  const begun = [{ start: from, offset: readOffset(zone, from) }]
  for (let day = from; day < to; day += dayMs) {
    const last = begun.at(-1)
    const after = { start: day + dayMs, offset: readOffset(zone, day + dayMs) }
    if (last && last.offset !== after.offset)
      begun.push(...changesBetween(zone, { start: day, offset: last.offset }, after))
  }
  return begun
    .filter(({ start }) => start < to)
    .map(({ start, offset }, index, all) => ({ start, end: all[index + 1]?.start ?? to, offset }))
}

type Begun = Omit<Stretch, 'end'>

/** What begins in (before, after]: found by halves, down to the second. */
function changesBetween(zone: string, before: Begun, after: Begun): Begun[] {
  if (before.offset === after.offset) return []
  if (after.start - before.start <= 1000) return [after]
  const start = Math.floor((before.start + after.start) / 2000) * 1000
  const middle = { start, offset: readOffset(zone, start) }
  return [...changesBetween(zone, before, middle), ...changesBetween(zone, middle, after)]
}

/** What Intl says: `1/1/1970, GMT+05:30`, or `GMT` alone. */
function readOffset(zone: string, instant: number): number {
  const text = formatOf(zone).format(instant)
  const match = /GMT(?:([+-])(\d+):(\d+)(?::(\d+))?)?$/.exec(text)
  if (!match) throw new Error(`The offset of ${zone} cannot be read from "${text}".`)
  const [, sign, hours = '0', minutes = '0', seconds = '0'] = match
  const ahead = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)
  return (sign === '-' ? -1 : 1) * ahead * 1000
}

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone)
  if (known) return known
  const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' })
  if (formats.size > 500) formats.clear()
  formats.set(zone, format)
  return format
}
