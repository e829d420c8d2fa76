import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseSchedule, type Schedule } from '../../src/schedule/parse.ts'
import { countRuns, latestRunAt, nextOccurrence, nextRunAt } from '../../src/schedule/times.ts'
import { randomExpression, randomFrom } from './oracle/random.ts'

const read = (expression: string, zone: string): Schedule | null => {
  const parsed = parseSchedule(expression, zone, { allowSeconds: true })
  return parsed.kind === 'valid' ? parsed.schedule : null
}
const schedule = (expression: string, zone = 'UTC'): Schedule => {
  const parsed = read(expression, zone)
  if (!parsed) throw new Error(`${expression} is refused`)
  return parsed
}
const iso = (instant: number | null) =>
  instant === null ? null : new Date(instant).toISOString().slice(0, 19)
const next = (expression: string, zone: string, after: string, count: number) => {
  const found: (string | null)[] = []
  let at: number | null = Date.parse(after)
  while (found.length < count && at !== null) {
    at = nextRunAt(schedule(expression, zone), at)
    found.push(iso(at))
  }
  return found
}
const count = (expression: string, zone: string, after: string, until: string) =>
  countRuns(schedule(expression, zone), Date.parse(after), Date.parse(until))

describe('a wall-clock schedule', () => {
  it('runs at the first valid instant when its time does not exist', () => {
    expect(next('30 2 * * *', 'Europe/Madrid', '2027-03-28T00:00Z', 2)).toEqual([
      '2027-03-28T01:00:00',
      '2027-03-29T00:30:00',
    ])
  })

  it('runs once, at the first pass, when its time happens twice', () => {
    expect(next('30 2 * * *', 'Europe/Madrid', '2026-10-24T22:00Z', 2)).toEqual([
      '2026-10-25T00:30:00',
      '2026-10-26T01:30:00',
    ])
  })

  it('is one with a list of hours too (croner #438)', () => {
    expect(next('30 1,9 * * *', 'America/New_York', '2026-11-01T04:00Z', 2)).toEqual([
      '2026-11-01T05:30:00',
      '2026-11-01T14:30:00',
    ])
  })

  it('runs once for all its times that one gap leaves out', () => {
    expect(next('0,30 2,3 * * *', 'Europe/Madrid', '2027-03-28T00:00Z', 3)).toEqual([
      '2027-03-28T01:00:00',
      '2027-03-28T01:30:00',
      '2027-03-29T00:00:00',
    ])
    expect(count('0,30 2,3 * * *', 'Europe/Madrid', '2027-03-28T00:00Z', '2027-03-28T12:00Z')).toBe(2)
  })

  it('runs after a gap that ends at midnight, on the next day', () => {
    expect(next('0 22,23 * * *', 'America/Nuuk', '2024-03-30T12:00Z', 3)).toEqual([
      '2024-03-31T00:00:00',
      '2024-03-31T01:00:00',
      '2024-03-31T23:00:00',
    ])
  })

  it('runs after a gap that begins at midnight, on its day', () => {
    expect(next('0 0 * * 0', 'Africa/Cairo', '2026-04-20T00:00Z', 1)).toEqual(['2026-04-25T21:00:00'])
    expect(next('0 0 24 4 *', 'Africa/Cairo', '2026-04-20T00:00Z', 1)).toEqual(['2026-04-23T22:00:00'])
  })

  it('runs in half an hour and in two hours of a gap as in one', () => {
    expect(next('15 2 * * *', 'Australia/Lord_Howe', '2026-10-03T12:00Z', 1)).toEqual(['2026-10-03T15:30:00'])
    expect(next('59 2 * * *', 'Antarctica/Troll', '2026-03-28T12:00Z', 1)).toEqual(['2026-03-29T01:00:00'])
  })

  it('has nothing left of a first pass when it is asked in the second', () => {
    expect(next('30 2 * * *', 'Europe/Madrid', '2026-10-25T01:10Z', 1)).toEqual(['2026-10-26T01:30:00'])
    expect(iso(latestRunAt(schedule('30 2 * * *', 'Europe/Madrid'), Date.parse('2026-10-25T01:10Z')))).toBe(
      '2026-10-25T00:30:00',
    )
  })
})

describe('an interval schedule', () => {
  it('runs in both passes when clocks go back', () => {
    expect(next('*/30 * * * *', 'Europe/Madrid', '2026-10-24T23:59Z', 5)).toEqual([
      '2026-10-25T00:00:00',
      '2026-10-25T00:30:00',
      '2026-10-25T01:00:00',
      '2026-10-25T01:30:00',
      '2026-10-25T02:00:00',
    ])
  })

  it('leaves out what a gap leaves out', () => {
    expect(next('*/30 * * * *', 'Europe/Madrid', '2027-03-28T00:29Z', 3)).toEqual([
      '2027-03-28T00:30:00',
      '2027-03-28T01:00:00',
      '2027-03-28T01:30:00',
    ])
    expect(next('*/30 2 * * *', 'Europe/Madrid', '2027-03-27T12:00Z', 1)).toEqual(['2027-03-29T00:00:00'])
  })

  it('is one when the hour or the second has a star or a step, and no other field', () => {
    const isInterval = (expression: string) =>
      nextOccurrence(schedule(expression, 'Europe/Madrid'), Date.parse('2026-10-25T00:59:59Z'))?.instant ===
      Date.parse('2026-10-25T01:00:00Z')
    expect(
      ['0 */1 * * *', '0 * * * *', '0-0/5 2 * * *', '@hourly', '? 2 * * *'].filter(isInterval),
    ).toHaveLength(5)
    expect(isInterval('*/30 0 2 * * *')).toBe(true)
    expect(['0 2 * * *', '0 2 */5 * *', '0,30 0-5 ? * */1', '0 0 2 * * *'].filter(isInterval)).toEqual([])
  })

  it('finds the second pass of a time that is named on one day of the year', () => {
    expect(next('*/30 2 25 10 *', 'Europe/Madrid', '2026-10-25T00:30Z', 3)).toEqual([
      '2026-10-25T01:00:00',
      '2026-10-25T01:30:00',
      '2027-10-25T00:00:00',
    ])
    const inSecond = Date.parse('2026-10-25T01:15Z')
    expect(iso(latestRunAt(schedule('*/30 2 25 10 *', 'Europe/Madrid'), inSecond))).toBe(
      '2026-10-25T01:00:00',
    )
  })
})

describe('a schedule', () => {
  it('that names 29 February of a weekday fires over the years 2100 and 2000, which differ', () => {
    expect(next('0 0 29 2 +mon', 'UTC', '2072-03-01T00:00Z', 1)).toEqual(['2112-02-29T00:00:00'])
    expect(iso(latestRunAt(schedule('* * 29 2 +mon', 'UTC'), Date.parse('2112-02-28T00:00Z')))).toBe(
      '2072-02-29T23:59:00',
    )
  })

  it('counts a year of minutes, and forty, without walking over them', () => {
    expect(count('* * * * *', 'Europe/Madrid', '2025-11-24T08:00Z', '2026-11-24T08:00Z')).toBe(525_600)
    expect(count('* * * * *', 'Europe/Madrid', '1990-01-01T00:00Z', '2029-01-01T00:00Z')).toBe(
      (Date.UTC(2029, 0) - Date.UTC(1990, 0)) / 60_000,
    )
  })

  it('answers also when the clock of the machine is thousands of years off', () => {
    expect(count('* * * * *', 'Europe/Madrid', '2026-01-01T00:00Z', '9026-01-01T00:00Z')).toBe(
      (Date.UTC(9026, 0) - Date.UTC(2026, 0)) / 60_000,
    )
    const daily = schedule('0 9 * * *', 'Europe/Madrid')
    expect(nextRunAt(daily, 8_640_000_000_000_000)).toBeNull()
    expect(latestRunAt(daily, -8_640_000_000_000_000)).toBeNull()
    expect(iso(nextRunAt(daily, -8_640_000_000_000_000))).toBe('0001-01-01T09:14:44')
    expect(iso(latestRunAt(daily, 8_640_000_000_000_000))).toBe('9999-12-31T08:00:00')
  })
})

describe('next, latest and count', () => {
  const zone = fc.constantFrom(
    'UTC',
    'Europe/Madrid',
    'America/New_York',
    'America/Nuuk',
    'America/Santiago',
    'Australia/Lord_Howe',
    'Asia/Kolkata',
    'Africa/Casablanca',
    'Antarctica/Troll',
    'Pacific/Apia',
    'Asia/Gaza',
  )
  const at = fc.integer({ min: Date.UTC(1960, 0, 1), max: Date.UTC(2060, 0, 1) })
  const any = fc
    .record({ seed: fc.integer(), zone, at, later: fc.integer({ min: 0, max: 400 * 86_400_000 }) })
    .map(({ seed, ...rest }) => ({ ...rest, expression: randomExpression(randomFrom(seed), seed % 4 === 0) }))
    .filter(({ expression, zone }) => read(expression, zone) !== null)

  it('agree: next is strictly after, and is the latest of its own instant; latest is not after, and next of it is not before', () => {
    fc.assert(
      fc.property(any, ({ expression, zone, at }) => {
        const parsed = schedule(expression, zone)
        const after = nextRunAt(parsed, at) ?? Number.NaN
        expect(after).toBeGreaterThan(at)
        expect(latestRunAt(parsed, after)).toBe(after)
        expect(nextOccurrence(parsed, at)?.instant).toBe(after)
        const before = latestRunAt(parsed, at) ?? Number.NaN
        expect(before).toBeLessThanOrEqual(at)
        expect(nextRunAt(parsed, before)).toBe(after)
        expect(latestRunAt(parsed, after - 1)).toBe(before)
      }),
      { numRuns: 1000 },
    )
  })

  it('keep to a start and an end: what they answer is what lies between them', () => {
    fc.assert(
      fc.property(any, fc.nat(90 * 86_400_000), ({ expression, zone, at, later }, span) => {
        const free = schedule(expression, zone)
        const [startsAt, endsAt] = [at, at + span]
        const bound = { ...free, startsAt, endsAt }
        const within = (instant: number | null) =>
          instant !== null && instant >= startsAt && instant <= endsAt ? instant : null
        for (const asked of [at - later, at + Math.floor(span / 2), at + span + later]) {
          expect(nextRunAt(bound, asked)).toBe(within(nextRunAt(free, Math.max(asked, startsAt - 1))))
          expect(nextOccurrence(bound, asked)?.instant ?? null).toBe(nextRunAt(bound, asked))
          expect(latestRunAt(bound, asked)).toBe(within(latestRunAt(free, Math.min(asked, endsAt))))
          expect(countRuns(bound, at - later, asked)).toBe(
            countRuns(free, startsAt - 1, Math.min(asked, endsAt)),
          )
        }
      }),
      { numRuns: 300 },
    )
  })

  it('are monotone: later asked is never earlier answered', () => {
    fc.assert(
      fc.property(any, ({ expression, zone, at, later }) => {
        const parsed = schedule(expression, zone)
        expect(nextRunAt(parsed, at + later)).toBeGreaterThanOrEqual(nextRunAt(parsed, at) ?? Number.NaN)
        expect(latestRunAt(parsed, at + later)).toBeGreaterThanOrEqual(latestRunAt(parsed, at) ?? Number.NaN)
      }),
      { numRuns: 1000 },
    )
  })

  it('agree: a stretch holds as many as its two halves, and the next is one', () => {
    fc.assert(
      fc.property(
        any,
        fc.double({ min: 0, max: 1, noNaN: true }),
        ({ expression, zone, at, later }, part) => {
          const parsed = schedule(expression, zone)
          const middle = at + Math.floor(later * part)
          expect(countRuns(parsed, at, at + later)).toBe(
            countRuns(parsed, at, middle) + countRuns(parsed, middle, at + later),
          )
          const after = nextRunAt(parsed, at) ?? Number.NaN
          expect([countRuns(parsed, at, after - 1), countRuns(parsed, at, after)]).toEqual([0, 1])
        },
      ),
      { numRuns: 1000 },
    )
  })
})
