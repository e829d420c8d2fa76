import type { Meaning } from './expression.ts'

/** A stretch of time in a zone, with the wall-clock time at every step of it. */
export interface Window {
  zone: string
  /** Instants in (from, until] are answered, epoch milliseconds. */
  from: number
  until: number
  /** A minute or a second. */
  stepMs: number
  /** The first instant that is kept; a few hours before `from`. */
  start: number
  /** Wall-clock time of each step from `start`, in seconds as if it were UTC. */
  walls: Uint32Array
}

const hour = 3_600_000
const day = 24 * hour
/** Clocks change by two hours at most in the zones and years that are looked at. */
const marginMs = 3 * hour
/** All their changes are at a quarter of an hour, in UTC. */
const quarterMs = hour / 4

/** Asks Intl for the wall-clock time of every quarter of an hour and counts on from there. */
export function openWindow(zone: string, from: number, until: number, stepMs: number): Window {
  const start = Math.floor((from - marginMs) / quarterMs) * quarterMs
  const walls = new Uint32Array((until + marginMs - start) / stepMs)
  const format = formatOf(zone)
  let quarter = 0
  for (let index = 0; index < walls.length; index += 1) {
    const instant = start + index * stepMs
    if (instant % quarterMs === 0) quarter = readWall(format, instant)
    walls[index] = (quarter + (instant % quarterMs)) / 1000
  }
  return { zone, from, until, stepMs, start, walls }
}

/** Every instant of the window at which an expression fires, by looking at each step of it. */
export function instantsIn(window: Window, meaning: Meaning): number[] {
  const found = meaning.isWallClock ? wallClock(window, meaning) : interval(window, meaning)
  // Several times of the wall clock may be one instant.
  return found.filter(
    (instant, index) => instant !== found[index - 1] && instant > window.from && instant <= window.until,
  )
}

/** Real instants whose wall-clock time is named: none in a gap, both passes of an overlap. */
function interval({ walls, start, stepMs }: Window, meaning: Meaning): number[] {
  const fires = firing(meaning)
  const found: number[] = []
  for (let index = 0; index < walls.length; index += 1)
    if (fires(walls[index] ?? 0)) found.push(start + index * stepMs)
  return found
}

/** Each wall-clock time that is named, at the first instant at which the clock shows it or has passed it. */
function wallClock({ walls, start, stepMs }: Window, meaning: Meaning): number[] {
  const fires = firing(meaning)
  const found: number[] = []
  const last = walls.at(-1) ?? 0
  let index = 0
  for (let wall = walls[0] ?? 0; wall <= last; wall += stepMs / 1000) {
    while ((walls[index] ?? 0) < wall) index += 1
    if (fires(wall)) found.push(start + index * stepMs)
  }
  return found
}

/** For wall-clock times in seconds. */
function firing(meaning: Meaning): (wall: number) => boolean {
  const times = timesOf(meaning)
  return (wall) => {
    const time = wall % 86_400
    return times[time] === 1 && meaning.firesOn((wall - time) * 1000)
  }
}

const remembered = new WeakMap<Meaning, Uint8Array>()

function timesOf(meaning: Meaning): Uint8Array {
  const known = remembered.get(meaning)
  if (known) return known
  const times = new Uint8Array(86_400)
  for (let second = 0; second < 86_400; second += meaning.hasSeconds ? 1 : 60)
    times[second] = meaning.firesAt(second) ? 1 : 0
  remembered.set(meaning, times)
  return times
}

function formatOf(zone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
}

function readWall(format: Intl.DateTimeFormat, instant: number): number {
  const read = Object.fromEntries(
    format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]),
  )
  const { year = 0, month = 1, day: date = 1, hour: hours = 0, minute = 0, second = 0 } = read
  return Date.UTC(year, month - 1, date, hours, minute, second)
}

/** When the clocks of a zone change in a range, found by looking at every quarter of an hour of the days it happens. */
export function changesOf(zone: string, from: number, until: number): number[] {
  const format = formatOf(zone)
  const offset = (instant: number) => readWall(format, instant) - instant
  const found: number[] = []
  for (let at = from; at < until; at += day)
    if (offset(at) !== offset(at + day))
      for (let quarter = at; quarter < at + day; quarter += quarterMs)
        if (offset(quarter) !== offset(quarter + quarterMs)) found.push(quarter + quarterMs)
  return found
}
