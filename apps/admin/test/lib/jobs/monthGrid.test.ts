import type { LoadHour } from '@kamihi/contracts'
import { describe, expect, it } from 'vitest'
import { type MonthDay, monthAsked, monthGrid } from '../../../src/lib/jobs/monthGrid.ts'
import { hour, loadOf } from '../schedule/loadOf.ts'

const zone = 'Europe/Madrid'
const now = '2026-11-26T12:30:00.000Z'
const load = (hours: LoadHour[]) => loadOf(hours, { from: now, to: now, now })
const dayIn = (weeks: (MonthDay | null)[][], date: string) => weeks.flat().find((day) => day?.date === date)

describe('the month of an address', () => {
  it('is this one where the address names none, or none that exists', () => {
    for (const given of ['', '2026-13', 'November'])
      expect(monthAsked(given, Date.parse(now), zone)).toMatchObject({ month: '2026-11', isThisMonth: true })
  })

  it('begins and ends where its days do in the zone, also where the clocks change in it', () => {
    expect(monthAsked('2026-03', Date.parse(now), zone)).toEqual({
      month: '2026-03',
      from: '2026-02-28T23:00:00.000Z',
      to: '2026-03-31T22:00:00.000Z',
      previous: '2026-02',
      next: '2026-04',
      isThisMonth: false,
    })
    expect(monthAsked('2026-01', Date.parse(now), zone)).toMatchObject({
      previous: '2025-12',
      next: '2026-02',
    })
  })

  it('is never longer than the API answers at once', () => {
    for (const month of ['2026-01', '2026-03', '2026-10']) {
      const { from, to } = monthAsked(month, Date.parse(now), zone)
      expect(Date.parse(to) - Date.parse(from)).toBeLessThanOrEqual(35 * 86_400_000)
    }
  })
})

describe('the grid of a month', () => {
  it('has whole weeks from Monday, with nothing where another month is', () => {
    const weeks = monthGrid(load([]), '2026-11', zone)
    expect(weeks.map((week) => week.map((day) => day?.date.slice(8) ?? ''))).toEqual([
      ['', '', '', '', '', '', '01'],
      ['02', '03', '04', '05', '06', '07', '08'],
      ['09', '10', '11', '12', '13', '14', '15'],
      ['16', '17', '18', '19', '20', '21', '22'],
      ['23', '24', '25', '26', '27', '28', '29'],
      ['30', '', '', '', '', '', ''],
    ])
    expect(monthGrid(load([]), '2027-02', zone)).toHaveLength(4)
  })

  it('puts an hour of UTC on the day that it is in the zone', () => {
    const weeks = monthGrid(load([hour('2026-11-09T23:00:00.000Z')]), '2026-11', zone)
    expect(dayIn(weeks, '2026-11-10')).toMatchObject({ planned: 1, from: '2026-11-09T23:00:00.000Z' })
    expect(dayIn(weeks, '2026-11-09')).toMatchObject({ planned: 0 })
  })

  it('adds up what ended, and tells it from what is to come', () => {
    const hours = [
      hour('2026-11-26T08:00:00.000Z', { runs: 3, outcomes: { completed: 2, missed: 1 } }),
      hour('2026-11-26T12:00:00.000Z', { runs: 2, outcomes: { completed: 1 } }),
      hour('2026-11-26T18:00:00.000Z', { runs: 4 }),
    ]
    const weeks = monthGrid(load(hours), '2026-11', zone)
    expect(dayIn(weeks, '2026-11-26')).toMatchObject({
      when: 'today',
      outcomes: { completed: 3, missed: 1 },
      planned: 5,
    })
    expect(dayIn(weeks, '2026-11-25')?.when).toBe('past')
    expect(dayIn(weeks, '2026-11-27')?.when).toBe('future')
  })
})
