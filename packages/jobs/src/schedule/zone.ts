/** Wall-clock time of a zone as if it were UTC ("floating"), in epoch milliseconds. */
export type Wall = number

const formats = new Map<string, Intl.DateTimeFormat>()

/** Milliseconds that the zone is ahead of UTC at an instant. */
export function offsetAt(zone: string, instant: number): number {
  const second = Math.floor(instant / 1000) * 1000
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second: s = 0 } = parts(zone, second)
  return Date.UTC(year, month - 1, day, hour, minute, s) - second
}

export const wallAt = (zone: string, instant: number): Wall => instant + offsetAt(zone, instant)

/** What becomes of a wall-clock time in a zone: one instant, the first of two, or the first instant after a gap. */
export type Placed = { kind: 'once' | 'twice' | 'gap'; instant: number }

/** Finds the instant of a wall-clock time; where clocks go back it is the first pass, where they go forward the end of the gap. */
export function placeWall(zone: string, wall: Wall): Placed {
  const day = 86_400_000
  const offsets = [...new Set([offsetAt(zone, wall - day), offsetAt(zone, wall + day), offsetAt(zone, wall)])]
  const valid = offsets
    .map((offset) => wall - offset)
    .filter((instant) => wallAt(zone, instant) === wall)
    .sort((a, b) => a - b)
  const first = valid[0]
  if (first !== undefined) return { kind: valid.length > 1 ? 'twice' : 'once', instant: first }
  return { kind: 'gap', instant: endOfGap(zone, wall - Math.max(...offsets), wall - Math.min(...offsets)) }
}

/** The instant at which the offset changes, between one before and one after. */
function endOfGap(zone: string, before: number, after: number): number {
  const old = offsetAt(zone, before)
  let low = Math.floor(before / 1000)
  let high = Math.ceil(after / 1000)
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (offsetAt(zone, middle * 1000) === old) low = middle
    else high = middle
  }
  return high * 1000
}

function parts(zone: string, instant: number): Partial<Record<Intl.DateTimeFormatPartTypes, number>> {
  const format = formats.get(zone) ?? newFormat(zone)
  return Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]))
}

function newFormat(zone: string): Intl.DateTimeFormat {
  const numeric = {
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  } as const
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    calendar: 'gregory',
    hourCycle: 'h23',
    ...numeric,
  })
  if (formats.size > 500) formats.clear()
  formats.set(zone, format)
  return format
}
