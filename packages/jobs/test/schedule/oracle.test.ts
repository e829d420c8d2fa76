import { describe, expect, it } from 'vitest'
import { parseSchedule, type Schedule } from '../../src/schedule/parse.ts'
import { countRuns, latestRunAt, nextOccurrence, nextRunAt } from '../../src/schedule/times.ts'
import { type Meaning, meaningOf } from './oracle/expression.ts'
import { type Random, randomDays, randomExpression, randomFrom } from './oracle/random.ts'
import { changesOf, instantsIn, openWindow, type Window } from './oracle/window.ts'

/**
 * Compares with an enumeration by brute force that shares no code with the product.
 * `KAMIHI_ORACLE_SEED` repeats a run, `KAMIHI_ORACLE_EXPRESSIONS` makes it larger, with every clock change of every zone.
 */
const seed = Number(process.env.KAMIHI_ORACLE_SEED ?? 20_260_329)
const larger = process.env.KAMIHI_ORACLE_EXPRESSIONS || undefined
const expressions = Number(larger ?? 2000)

const zones = [
  'Europe/Madrid',
  'America/New_York',
  'America/Nuuk',
  'America/Santiago',
  'Australia/Lord_Howe',
  'Asia/Kolkata',
  'Pacific/Apia',
  'Africa/Casablanca',
  'America/St_Johns',
  'Pacific/Chatham',
  'Asia/Beirut',
  'Africa/Cairo',
  'Antarctica/Troll',
]
const first = Date.UTC(2024, 0, 1)
const last = Date.UTC(2031, 0, 1)
const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

interface Case {
  expression: string
  schedule: Schedule
  meaning: Meaning
}

describe('the times of a schedule', () => {
  it(`are those of an enumeration by brute force, for ${expressions} expressions in ${zones.length} zones around clock changes (seed ${seed})`, () => {
    const windows = compareAll(randomFrom(seed), {
      count: expressions,
      hasSeconds: false,
      halfMs: 0.75 * day,
    })
    expect(windows).toBeGreaterThanOrEqual(expressions * zones.length * 2)
  }, 3_600_000)

  it(`are those of an enumeration by brute force with seconds too (seed ${seed})`, () => {
    const count = Math.ceil(expressions / 20)
    const windows = compareAll(randomFrom(seed + 1), { count, hasSeconds: true, halfMs: hour })
    expect(windows).toBeGreaterThanOrEqual(count * zones.length * 2)
  }, 3_600_000)

  it(`name the days that a walk over every day of seven years names, and what never fires is refused (seed ${seed})`, () => {
    const random = randomFrom(seed + 2)
    for (let index = 0; index < expressions / 10; index += 1) {
      const expression = `0 12 ${randomDays(random)}`
      const { firesOn } = meaningOf(expression)
      const days = (until: number) =>
        daysFrom(first, until)
          .filter(firesOn)
          .map((at) => at + 12 * hour)
      const schedule = parse(expression, 'UTC')
      // After 28 years the calendar begins anew.
      if (schedule === null) expect([expression, days(Date.UTC(2052, 0, 1))]).toEqual([expression, []])
      else {
        expect([expression, forwards(schedule)]).toEqual([expression, days(last)])
        expect([expression, backwards(schedule).reverse()]).toEqual([expression, days(last)])
      }
    }
  }, 3_600_000)

  it('exist exactly where a day of 28 years is named, for every date with every Monday of a month', () => {
    const years = daysFrom(Date.UTC(2024, 0, 1), Date.UTC(2052, 0, 1))
    for (const month of [2, 4]) {
      const days = years.filter((at) => new Date(at).getUTCMonth() === month - 1)
      for (let date = 1; date <= 31; date += 1)
        for (const which of ['#1', '#2', '#3', '#4', '#5', 'L']) {
          const expression = `0 12 ${date} ${month} +mon${which}`
          const fires = days.some(meaningOf(expression).firesOn)
          expect([expression, parse(expression, 'UTC') !== null]).toEqual([expression, fires])
        }
    }
  })
})

interface Extent {
  count: number
  hasSeconds: boolean
  /** Of a window, to each side of its middle. */
  halfMs: number
}

/** Random expressions, each in every zone; gives in how many windows. */
function compareAll(random: Random, { count, hasSeconds, halfMs }: Extent): number {
  const all = zones.map((zone) => windowsOf(zone, random, halfMs, hasSeconds ? 1000 : minute))
  let compared = 0
  for (let accepted = 0; accepted < count; ) {
    const expression = randomExpression(random, hasSeconds)
    if (parse(expression, 'UTC') === null) continue
    accepted += 1
    const meaning = meaningOf(expression)
    for (const window of all.flatMap((windows) => chosen(windows, random))) {
      const schedule = parse(expression, window.zone)
      if (!schedule) throw new Error(`${expression} is refused in ${window.zone}`)
      compare({ expression, schedule, meaning }, window, random)
      compared += 1
    }
  }
  return compared
}

/** Everything about one expression in one window: at every instant of it near the change, and at some others. */
function compare({ expression, schedule, meaning }: Case, window: Window, random: Random): void {
  const instants = instantsIn(window, meaning)
  const { from, until, zone, stepMs } = window
  const fail = (what: string, at: number, given: number | null, expected: number | null) => {
    const told = (value: number | null) =>
      value === null ? 'none' : `${value} ${new Date(value).toISOString()}`
    throw new Error(
      `${what} of "${expression}" in ${zone} at ${new Date(at).toISOString()}: ${told(given)}, by brute force ${told(expected)} (seed ${seed})`,
    )
  }
  const counted = countRuns(schedule, from, until)
  if (counted !== instants.length)
    throw new Error(
      `"${expression}" in ${zone} from ${new Date(from).toISOString()} until ${new Date(until).toISOString()}: counts ${counted}, by brute force ${instants.length} (seed ${seed})`,
    )
  for (const at of probesOf(window, instants, random)) {
    const index = countUntil(instants, at)
    const after = instants[index] ?? null
    const next = nextRunAt(schedule, at)
    if (after === null ? next !== null && next <= until : next !== after) fail('the next', at, next, after)
    if (nextOccurrence(schedule, at)?.instant !== next) fail('the next occurrence', at, next, after)
    const before = instants[index - 1] ?? null
    const latest = latestRunAt(schedule, at)
    if (before === null ? latest !== null && latest > from : latest !== before)
      fail('the latest', at, latest, before)
    const to = Math.min(until, at + random.integer(200) * stepMs)
    const between = countUntil(instants, to) - index
    const count = countRuns(schedule, at, to)
    if (count !== between) fail(`the count until ${new Date(to).toISOString()}`, at, count, between)
  }
}

/** How many of the instants, oldest first, are at or before another: by halves. */
function countUntil(instants: number[], at: number): number {
  let [low, high] = [0, instants.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((instants[middle] ?? 0) <= at) low = middle + 1
    else high = middle
  }
  return low
}

/** Instants to ask at: the ends, the middle (where clocks change), what fires there, and some others. */
function probesOf({ from, until, stepMs }: Window, instants: number[], random: Random): number[] {
  const middle = (from + until) / 2
  const near = instants.filter((instant) => Math.abs(instant - middle) <= 150 * stepMs)
  const firing = [...pickSome(near, 6, random), ...pickSome(instants, 3, random)]
  return [
    from,
    until,
    middle - 1,
    middle,
    middle + hour - 1,
    ...firing.flatMap((instant) => [instant - 1, instant]),
    ...Array.from({ length: 3 }, () => from + random.integer(until - from)),
  ].filter((at) => at >= from && at <= until)
}

function pickSome<T>(values: T[], count: number, random: Random): T[] {
  return values.length <= count ? values : Array.from({ length: count }, () => random.pick(values))
}

/** One window around each change of the clocks, the change in the middle, and six elsewhere. */
function windowsOf(zone: string, random: Random, halfMs: number, stepMs: number): Window[] {
  const anywhere = Array.from({ length: 6 }, () => first + random.integer((last - first) / hour) * hour)
  return [...changesOf(zone, first, last), ...anywhere].map((at) =>
    openWindow(zone, at - halfMs, at + halfMs, stepMs),
  )
}

const chosen = (windows: Window[], random: Random): Window[] =>
  larger === undefined ? [random.pick(windows), random.pick(windows)] : windows

function parse(expression: string, zone: string): Schedule | null {
  const parsed = parseSchedule(expression, zone, { allowSeconds: true })
  if (parsed.kind === 'valid') return parsed.schedule
  if (parsed.reason.startsWith('It never fires')) return null
  throw new Error(`${expression} is refused: ${parsed.reason} (seed ${seed})`)
}

const daysFrom = (from: number, until: number): number[] =>
  Array.from({ length: (until - from) / day }, (_, index) => from + index * day)

function forwards(schedule: Schedule): number[] {
  const found: number[] = []
  let at = nextRunAt(schedule, first - 1)
  for (; at !== null && at < last; at = nextRunAt(schedule, at)) found.push(at)
  return found
}

function backwards(schedule: Schedule): number[] {
  const found: number[] = []
  let at = latestRunAt(schedule, last - 1)
  for (; at !== null && at >= first; at = latestRunAt(schedule, at - 1)) found.push(at)
  return found
}
