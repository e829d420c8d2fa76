import { afterEach, describe, expect, it, vi } from 'vitest'
import { parseSchedule } from '../../src/schedule/parse.ts'
import { countRuns, latestRunAt, nextRunAt } from '../../src/schedule/times.ts'
import { offsetAt, placeWall, stretchesIn } from '../../src/schedule/zone.ts'
import { changesOf } from './oracle/window.ts'

const minute = 60_000
const hour = 60 * minute

afterEach(() => {
  vi.restoreAllMocks()
})

/** How often Intl is asked for a text, which is what takes the time. */
function countTexts() {
  const prototype: { readonly format: object } = Intl.DateTimeFormat.prototype
  const get = vi.spyOn(prototype, 'format', 'get')
  return () => get.mock.calls.length
}

describe('the offset of a zone', () => {
  it.each([
    ['UTC', '2026-11-24T08:00:00Z', 0],
    ['Etc/GMT+5', '2026-11-24T08:00:00Z', -5 * 60],
    ['Europe/Madrid', '2026-11-24T08:00:00Z', 60],
    ['Asia/Kolkata', '2026-11-24T08:00:00Z', 5 * 60 + 30],
    ['Pacific/Chatham', '2026-11-24T08:00:00Z', 13 * 60 + 45],
    ['America/St_Johns', '2026-11-24T08:00:00Z', -(3 * 60 + 30)],
    // Local mean time has seconds.
    ['Europe/Madrid', '1890-01-01T00:00:00Z', -(14 * 60 + 44) / 60],
  ])('of %s at %s is %d minutes', (zone, at, minutes) => {
    expect(offsetAt(zone, Date.parse(at))).toBeCloseTo(minutes * minute, 6)
  })

  it('changes at the very instants that Intl shows, in every zone that is known', () => {
    const [from, until] = [Date.UTC(2026, 0, 1), Date.UTC(2027, 0, 1)]
    for (const zone of Intl.supportedValuesOf('timeZone').filter((_, index) => index % 8 === 0)) {
      const stretches = stretchesIn(zone, from, until)
      const changes = stretches.flatMap(({ start, offset }, index) =>
        index > 0 && stretches[index - 1]?.offset !== offset ? [start] : [],
      )
      expect([zone, changes]).toEqual([zone, changesOf(zone, from, until)])
    }
  })
})

describe('a wall-clock time', () => {
  it('comes once, twice, or not at all on its day', () => {
    const madrid = (wall: string) => placeWall('Europe/Madrid', Date.parse(`${wall}Z`))
    expect(madrid('2026-11-24T09:00')).toEqual({ kind: 'once', instant: Date.parse('2026-11-24T08:00Z') })
    expect(madrid('2026-10-25T02:30')).toEqual({ kind: 'twice', instant: Date.parse('2026-10-25T00:30Z') })
    expect(madrid('2027-03-28T02:30')).toEqual({ kind: 'gap', instant: Date.parse('2027-03-28T01:00Z') })
  })

  it('of a day that Samoa left out is at the end of it', () => {
    expect(placeWall('Pacific/Apia', Date.parse('2011-12-30T12:00Z'))).toEqual({
      kind: 'gap',
      instant: Date.parse('2011-12-30T10:00Z'),
    })
  })
})

describe('the cost', () => {
  const at = Date.UTC(2033, 5, 1)
  const schedule = (expression: string, zone: string) => {
    const parsed = parseSchedule(expression, zone)
    if (parsed.kind === 'refused') throw new Error(parsed.reason)
    return parsed.schedule
  }

  it('of a hundred thousand jobs in a zone is that of one: Intl is asked about each month once', () => {
    const texts = countTexts()
    for (let job = 0; job < 100_000; job += 1)
      nextRunAt(schedule(`${job % 60} ${job % 24} * * *`, 'Asia/Jerusalem'), at)
    const asked = texts()
    expect(asked).toBeGreaterThan(0)
    expect(asked).toBeLessThan(150)
    nextRunAt(schedule('0 9 * * *', 'Asia/Jerusalem'), at)
    expect(texts()).toBe(asked)
  })

  it('of counting a year of minutes is one look at each of its days', () => {
    const texts = countTexts()
    countRuns(schedule('* * * * *', 'Asia/Baku'), at - 365 * 24 * hour, at)
    expect(texts()).toBeLessThan(500)
  })

  it('of an interval that comes once in 40 years is a look at its months, not at those between', () => {
    const texts = countTexts()
    const rare = schedule('* * 29 2 +mon', 'Asia/Tashkent')
    const next = nextRunAt(rare, Date.UTC(2072, 5, 1))
    expect(new Date(next ?? 0).getUTCFullYear()).toBe(2112)
    expect(latestRunAt(rare, (next ?? 0) - 24 * hour)).toBeLessThan(Date.UTC(2072, 2, 1))
    expect(texts()).toBeLessThan(500)
  })

  it('is paid again when very many months of zones were asked for since, so that memory is bounded', () => {
    const ask = (zone: string, year: number) => nextRunAt(schedule('0 9 * * *', zone), Date.UTC(year, 0, 1))
    ask('Asia/Dhaka', 2031)
    for (let year = 1970; year < 2090; year += 1)
      for (const zone of ['Asia/Tokyo', 'America/Lima', 'Africa/Lagos', 'Asia/Dubai'])
        stretchesIn(zone, Date.UTC(year, 0, 1), Date.UTC(year + 1, 0, 1))
    const texts = countTexts()
    ask('Asia/Dhaka', 2031)
    expect(texts()).toBeGreaterThan(0)
  })
})
