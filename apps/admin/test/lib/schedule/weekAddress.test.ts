import { describe, expect, it } from 'vitest'
import { cronOfSlot, weekAsked } from '../../../src/lib/schedule/weekAddress.ts'

const now = Date.parse('2026-11-29T23:30:00Z')

describe('the week that an address asks for', () => {
  it('is this week in the zone that is shown', () => {
    expect(weekAsked('', now, 'UTC')).toMatchObject({ monday: '2026-11-23', isThisWeek: true })
    expect(weekAsked('', now, 'Europe/Madrid')).toMatchObject({ monday: '2026-11-30', isThisWeek: true })
  })

  it('is that of any day given, in hours of the zone', () => {
    expect(weekAsked('2026-03-25', now, 'Europe/Madrid')).toEqual({
      monday: '2026-03-23',
      from: '2026-03-22T23:00:00.000Z',
      to: '2026-03-29T22:00:00.000Z',
      isThisWeek: false,
    })
  })

  it('is this week when the day makes no sense', () => {
    expect(weekAsked('2026-02-31', now, 'UTC').isThisWeek).toBe(true)
  })
})

it('a quiet time becomes a cron expression', () => {
  expect(cronOfSlot({ weekday: 0, hour: 14, minute: 5 })).toBe('5 14 * * 0')
})
