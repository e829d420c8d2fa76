import { expect, it } from 'vitest'
import { lastDays } from '../../src/insight/days.ts'

const hour = 3_600_000
const instant = (text: string) => Date.parse(text)

it('gives the days of a zone with today, each beginning where the one before ends', () => {
  const days = lastDays(3, 'Europe/Madrid', instant('2026-11-25T23:30:00Z'))
  expect(days).toEqual([
    { date: '2026-11-24', from: instant('2026-11-23T23:00:00Z'), to: instant('2026-11-24T23:00:00Z') },
    { date: '2026-11-25', from: instant('2026-11-24T23:00:00Z'), to: instant('2026-11-25T23:00:00Z') },
    { date: '2026-11-26', from: instant('2026-11-25T23:00:00Z'), to: instant('2026-11-26T23:00:00Z') },
  ])
})

it.each([
  ['Europe/Madrid', '2026-03-29T12:00:00Z', 23],
  ['Europe/Madrid', '2026-10-25T12:00:00Z', 25],
  ['UTC', '2026-10-25T12:00:00Z', 24],
  ['Pacific/Kiritimati', '2026-10-25T12:00:00Z', 24],
  ['America/Sao_Paulo', '2018-11-04T15:00:00Z', 23],
])('makes a day of %s at %s %i hours long', (zone, at, hours) => {
  const [day] = lastDays(1, zone, instant(at))
  expect(((day?.to ?? 0) - (day?.from ?? 0)) / hour).toBe(hours)
})
