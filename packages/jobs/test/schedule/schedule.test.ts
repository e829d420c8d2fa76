import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  describeSchedule,
  latestRunAt,
  nextRunAt,
  parseSchedule,
  previewRuns,
  type Schedule,
} from '../../src/index.ts'

const schedule = (expression: string, zone = 'UTC'): Schedule => {
  const parsed = parseSchedule(expression, zone)
  if (parsed.kind === 'refused') throw new Error(parsed.reason)
  return parsed.schedule
}
const next = (expression: string, zone: string, after: string) =>
  new Date(nextRunAt(schedule(expression, zone), Date.parse(after)) ?? 0).toISOString().slice(0, 16)
const several = (expression: string, zone: string, after: string, count: number) =>
  previewRuns(schedule(expression, zone), Date.parse(after), count).map((row) => row.at.slice(0, 16))

describe('a wall-clock schedule', () => {
  it('runs at the first valid instant when its time does not exist', () => {
    expect(next('30 2 * * *', 'Europe/Madrid', '2027-03-28T00:00Z')).toBe('2027-03-28T01:00')
  })

  it('runs once, at the first pass, when its time happens twice', () => {
    expect(several('30 2 * * *', 'Europe/Madrid', '2026-10-24T22:00Z', 2)).toEqual([
      '2026-10-25T00:30',
      '2026-10-26T01:30',
    ])
    expect(several('30 1,9 * * *', 'America/New_York', '2026-11-01T04:00Z', 2)).toEqual([
      '2026-11-01T05:30',
      '2026-11-01T14:30',
    ])
  })

  it('fires once where a gap that touches midnight makes two times one', () => {
    expect(several('0 22,23 * * *', 'America/Nuuk', '2024-03-31T00:00Z', 2)).toEqual(
      ['2024-03-31T01:00', '2024-04-01T23:00'].map((at, index) => (index === 0 ? at : '2024-03-31T23:00')),
    )
  })

  it('tells in the preview what a clock change does', () => {
    const [gap] = previewRuns(schedule('30 2 * * *', 'Europe/Madrid'), Date.parse('2027-03-28T00:00Z'), 1)
    expect(gap).toEqual({
      at: '2027-03-28T01:00:00.000Z',
      local: 'Sun 2027-03-28 03:00 +02:00',
      note: '02:30 does not exist on this day, runs at 03:00',
    })
  })
})

describe('an interval schedule', () => {
  it('fires in both passes when clocks go back', () => {
    expect(several('*/30 * * * *', 'Europe/Madrid', '2026-10-24T23:59Z', 5)).toEqual([
      '2026-10-25T00:00',
      '2026-10-25T00:30',
      '2026-10-25T01:00',
      '2026-10-25T01:30',
      '2026-10-25T02:00',
    ])
  })

  it('leaves out what a gap leaves out', () => {
    expect(several('*/30 * * * *', 'Europe/Madrid', '2027-03-28T00:29Z', 3)).toEqual([
      '2027-03-28T00:30',
      '2027-03-28T01:00',
      '2027-03-28T01:30',
    ])
  })
})

describe('an expression', () => {
  it.each([
    ['0 9 * * 7', 'Sunday as 7'],
    ['0 9 * * sun', 'names'],
    ['0 9 L * *', 'the last day'],
    ['0 9 * * mon#2', 'the second Monday'],
    ['@daily', 'nicknames'],
  ])('%s is accepted (%s)', (expression) => {
    expect(parseSchedule(expression, 'UTC').kind).toBe('valid')
  })

  it.each([
    ['', /empty/],
    ['99 * * * *', /.+/],
    ['0 0 31 2 *', /never fires/],
    ['2026-11-24T08:00', /date/],
    ['* * *', /3 fields/],
    ['0 0 9 * * *', /six fields/],
    ['@sometimes', /nickname/],
    ['* '.repeat(200), /at most 256/],
  ])('%j is refused with a reason', (expression, reason) => {
    expect(parseSchedule(expression, 'UTC')).toMatchObject({
      kind: 'refused',
      reason: expect.stringMatching(reason),
    })
  })

  it('that is refused comes with the one to use instead, where there is one', () => {
    expect(parseSchedule('0 0 9 * * *', 'UTC')).toMatchObject({ suggestion: '0 9 * * *' })
    expect(parseSchedule('5/15 * * * *', 'UTC')).toMatchObject({ suggestion: '5-59/15 * * * *' })
  })

  it('of any text is refused or fires', () => {
    const field = fc.oneof(
      fc.constantFrom('*', '*/5', '1', '0', '59', '1-5', 'mon', 'L', '7', '1,2', '?', '99'),
      fc.string({ maxLength: 4 }),
    )
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(field, { minLength: 4, maxLength: 6 }).map((fields) => fields.join(' ')),
        ),
        (expression) => {
          const parsed = parseSchedule(expression, 'Europe/Madrid')
          if (parsed.kind === 'valid')
            expect(nextRunAt(parsed.schedule, Date.UTC(2026, 10, 24))).not.toBeNull()
        },
      ),
    )
  })

  it('is told in plain language only where that is true', () => {
    expect(describeSchedule('0 9 * * 1-5')).toBe('At 09:00, Monday through Friday')
    expect(describeSchedule('0 9 1 * 1')).toBeNull()
  })
})

describe('next and latest', () => {
  const anySchedule = fc.record({
    expression: fc.constantFrom(
      '* * * * *',
      '*/7 * * * *',
      '30 2 * * *',
      '15,45 1-3 * * *',
      '0 0 1 * *',
      '0 12 * * mon',
      '0 */3 * * *',
    ),
    zone: fc.constantFrom(
      'UTC',
      'Europe/Madrid',
      'America/New_York',
      'America/Nuuk',
      'Australia/Lord_Howe',
      'Asia/Kolkata',
    ),
    at: fc.integer({ min: Date.UTC(2024, 0, 1), max: Date.UTC(2030, 0, 1) }),
  })

  it('agree: the latest before the next is not after the instant', () => {
    fc.assert(
      fc.property(anySchedule, ({ expression, zone, at }) => {
        const parsed = schedule(expression, zone)
        const after = nextRunAt(parsed, at) ?? 0
        expect(after).toBeGreaterThan(at)
        expect(latestRunAt(parsed, after)).toBe(after)
        const before = latestRunAt(parsed, at) ?? 0
        expect(before).toBeLessThanOrEqual(at)
        expect(nextRunAt(parsed, before)).toBe(after)
      }),
    )
  })
})
