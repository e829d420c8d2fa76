import { describe, expect, it } from 'vitest'
import { parseSchedule, type Schedule } from '../../src/schedule/parse.ts'
import { describeSchedule, joinsDays, localTime, previewRuns } from '../../src/schedule/preview.ts'

const schedule = (expression: string, zone: string): Schedule => {
  const parsed = parseSchedule(expression, zone, { allowSeconds: true })
  if (parsed.kind === 'refused') throw new Error(parsed.reason)
  return parsed.schedule
}
const preview = (expression: string, zone: string, from: string, count: number) =>
  previewRuns(schedule(expression, zone), Date.parse(from), count)

describe('the preview', () => {
  it('lists the next runs strictly after an instant, with the local time of each', () => {
    expect(preview('0 9 * * *', 'Europe/Madrid', '2026-11-24T08:00:00Z', 2)).toEqual([
      { at: '2026-11-25T08:00:00.000Z', local: 'Wed 2026-11-25 09:00 +01:00' },
      { at: '2026-11-26T08:00:00.000Z', local: 'Thu 2026-11-26 09:00 +01:00' },
    ])
  })

  it('says of a time that does not exist on a day when it runs instead', () => {
    expect(preview('30 2 * * *', 'Europe/Madrid', '2027-03-28T00:00Z', 2)).toEqual([
      {
        at: '2027-03-28T01:00:00.000Z',
        local: 'Sun 2027-03-28 03:00 +02:00',
        note: '02:30 does not exist on this day, runs at 03:00',
        change: { kind: 'gap', wall: '02:30' },
      },
      { at: '2027-03-29T00:30:00.000Z', local: 'Mon 2027-03-29 02:30 +02:00' },
    ])
  })

  it('says so of midnight as well', () => {
    expect(preview('0 0 * * *', 'Asia/Beirut', '2026-03-28T12:00:00Z', 1)[0]).toEqual({
      at: '2026-03-28T22:00:00.000Z',
      local: 'Sun 2026-03-29 01:00 +03:00',
      note: '00:00 does not exist on this day, runs at 01:00',
      change: { kind: 'gap', wall: '00:00' },
    })
  })

  it('says of a time that happens twice on a day that it runs at the first', () => {
    expect(preview('30 2 * * *', 'Europe/Madrid', '2026-10-24T12:00:00Z', 2)).toEqual([
      {
        at: '2026-10-25T00:30:00.000Z',
        local: 'Sun 2026-10-25 02:30 +02:00',
        note: '02:30 happens twice on this day, runs at the first',
        change: { kind: 'twice', wall: '02:30' },
      },
      { at: '2026-10-26T01:30:00.000Z', local: 'Mon 2026-10-26 02:30 +01:00' },
    ])
  })

  it('lists both passes of an interval and says which is the second', () => {
    expect(preview('*/30 2 * * *', 'Europe/Madrid', '2026-10-24T22:00:00Z', 5)).toEqual([
      { at: '2026-10-25T00:00:00.000Z', local: 'Sun 2026-10-25 02:00 +02:00' },
      { at: '2026-10-25T00:30:00.000Z', local: 'Sun 2026-10-25 02:30 +02:00' },
      {
        at: '2026-10-25T01:00:00.000Z',
        local: 'Sun 2026-10-25 02:00 +01:00',
        note: '02:00 happens twice on this day, this is the second',
        change: { kind: 'again', wall: '02:00' },
      },
      {
        at: '2026-10-25T01:30:00.000Z',
        local: 'Sun 2026-10-25 02:30 +01:00',
        note: '02:30 happens twice on this day, this is the second',
        change: { kind: 'again', wall: '02:30' },
      },
      { at: '2026-10-26T01:00:00.000Z', local: 'Mon 2026-10-26 02:00 +01:00' },
    ])
  })

  it('has no row of an interval in a gap, and no note beside one', () => {
    expect(preview('*/30 * * * *', 'Europe/Madrid', '2027-03-28T00:15:00Z', 2)).toEqual([
      { at: '2027-03-28T00:30:00.000Z', local: 'Sun 2027-03-28 01:30 +01:00' },
      { at: '2027-03-28T01:00:00.000Z', local: 'Sun 2027-03-28 03:00 +02:00' },
    ])
  })

  it('shows seconds where there are any, and offsets of half an hour', () => {
    expect(localTime('Asia/Kolkata', Date.parse('2026-11-24T08:00:30Z'))).toBe(
      'Tue 2026-11-24 13:30:30 +05:30',
    )
    expect(localTime('America/St_Johns', Date.parse('2026-11-24T08:00:00Z'))).toBe(
      'Tue 2026-11-24 04:30 -03:30',
    )
  })

  it('is shorter where the calendar ends', () => {
    expect(preview('0 0 1 1 *', 'UTC', '9998-06-01T00:00:00Z', 5).map((row) => row.at)).toEqual([
      '9999-01-01T00:00:00.000Z',
    ])
  })
})

describe('a schedule in plain language', () => {
  it.each([
    ['0 9 * * 1-5', 'At 09:00, Monday through Friday'],
    ['*/15 * * * *', 'Every 15 minutes'],
    ['0 9 L * *', 'At 09:00, on the last day of the month'],
    ['0 9 * * mon#2', 'At 09:00, on the second Monday of the month'],
    ['0 9 ? * 7', 'At 09:00, only on Sunday'],
    ['@daily', 'At 00:00'],
    ['*/40 * * * *', 'At 0 and 40 minutes past the hour'],
    ['*/7 * * * *', 'At 0, 7, 14, 21, 28, 35, 42, 49, and 56 minutes past the hour'],
    ['0 */5 * * *', 'At 00:00, 05:00, 10:00, 15:00 and 20:00'],
    ['0 9 1 * 1', 'At 09:00, on day 1 of the month; also at 09:00, only on Monday'],
    [
      '30 2 29 2 1',
      'At 02:30, on day 29 of the month, only in February; also at 02:30, only on Monday, only in February',
    ],
    [
      '0 9 */2 3-5 MON,FRI',
      'At 09:00, every 2 days in a month, March through May; also at 09:00, only on Monday and Friday, March through May',
    ],
  ])('%s is told: %s', (expression, description) => {
    expect(describeSchedule(expression)).toBe(description)
  })

  it('is told in Spanish to who asks for it', () => {
    expect(describeSchedule('0 9 * * 1-5', 'es')).toBe('A las 09:00, de lunes a viernes')
    expect(describeSchedule('0 9 1 * 1', 'es')).toBe(
      'A las 09:00, el día 1 del mes; también a las 09:00, sólo el lunes',
    )
    expect(describeSchedule('  0  9 * *   1-5 ', 'es')).toBe('A las 09:00, de lunes a viernes')
  })

  it.each([
    ['0 9 1 * +1', 'both of two days'],
    ['0 9 * * 1-5#2', 'the second of several weekdays'],
    ['*,5 * * * *', 'a list with a star'],
    ['not an expression', 'nonsense'],
  ])('%s is not told, because the sentence would not be true (%s)', (expression) => {
    expect(describeSchedule(expression)).toBeNull()
  })

  it.each([
    ['0 9 1 * 1', true],
    ['0 9 */2 * mon', true],
    ['0 9 L * mon', true],
    ['0 9 1 * *', false],
    ['0 9 ? * 1', false],
    ['0 9 1 * +1', false],
    ['@daily', false],
  ])('%s joins day of month and weekday: %s', (expression, joins) => {
    expect(joinsDays(expression)).toBe(joins)
  })
})
