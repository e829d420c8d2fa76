import { describe, expect, it } from 'vitest'
import {
  addDays,
  clockInput,
  clockInstant,
  dayDistance,
  isDate,
  isZone,
  mondayOf,
  startOfDay,
  wallClock,
  weekdayOf,
} from '../../../src/lib/display/zone.ts'

const iso = (at: number) => new Date(at).toISOString()

describe('the calendar of a zone', () => {
  it('tells what clocks show', () => {
    expect(wallClock(Date.parse('2026-11-25T23:30:00Z'), 'Europe/Madrid')).toEqual({
      date: '2026-11-26',
      hour: 0,
      minute: 30,
    })
    expect(wallClock(Date.parse('2026-11-25T23:30:00Z'), 'Asia/Kolkata')).toMatchObject({
      hour: 5,
      minute: 0,
    })
  })

  it.each([
    ['2026-11-26', 'Europe/Madrid', '2026-11-25T23:00:00.000Z'],
    ['2026-03-29', 'Europe/Madrid', '2026-03-28T23:00:00.000Z'],
    ['2026-03-30', 'Europe/Madrid', '2026-03-29T22:00:00.000Z'],
    ['2026-10-26', 'Europe/Madrid', '2026-10-25T23:00:00.000Z'],
    ['2026-11-26', 'Asia/Kathmandu', '2026-11-25T18:15:00.000Z'],
    ['2026-11-26', 'America/Los_Angeles', '2026-11-26T08:00:00.000Z'],
  ])('%s begins in %s at %s', (date, zone, begins) => {
    expect(iso(startOfDay(date, zone))).toBe(begins)
  })

  it('begins a day whose midnight is jumped over at one', () => {
    const at = startOfDay('2026-09-06', 'America/Santiago')
    expect(wallClock(at, 'America/Santiago')).toEqual({ date: '2026-09-06', hour: 1, minute: 0 })
  })

  it('counts days over months and finds the Monday', () => {
    expect(addDays('2026-11-30', 1)).toBe('2026-12-01')
    expect(mondayOf('2026-11-29')).toBe('2026-11-23')
    expect(mondayOf('2026-11-23')).toBe('2026-11-23')
    expect(weekdayOf('2026-11-29')).toBe(0)
  })

  it('reads what is typed into a field as the clocks of the zone show it, and back', () => {
    const at = clockInstant('2026-11-26T09:30', 'Asia/Kathmandu') ?? ''
    expect(at).toBe('2026-11-26T03:45:00.000Z')
    expect(clockInput(at, 'Asia/Kathmandu')).toBe('2026-11-26T09:30')
    expect(clockInput(at, 'UTC')).toBe('2026-11-26T03:45')
  })

  it('reads a time that clocks jump over as the time to which they jump', () => {
    expect(clockInstant('2026-03-29T02:30', 'Europe/Madrid')).toBe('2026-03-29T01:30:00.000Z')
  })

  it.each(['', 'yesterday', '2026-11-26T99:00'])(
    'takes %j for no time, neither typed nor to be shown',
    (text) => {
      expect(clockInstant(text, 'Europe/Madrid')).toBeNull()
      expect(clockInput(text, 'Europe/Madrid')).toBe('')
    },
  )

  it('knows days of years that are just being typed', () => {
    expect(iso(startOfDay('0020-01-05', 'UTC'))).toBe('0020-01-05T00:00:00.000Z')
  })

  it.each(['2026-02-30', 'yesterday', '2026-1-1', ''])('does not take %j for a day', (text) => {
    expect(isDate(text)).toBe(false)
  })
})

it.each([
  ['2026-11-25T01:00:00Z', 'Europe/Madrid', 'America/New_York', -1],
  ['2026-11-25T20:00:00Z', 'Europe/Madrid', 'Asia/Tokyo', 1],
  ['2026-11-25T12:00:00Z', 'Europe/Madrid', 'UTC', 0],
  ['2026-12-31T23:30:00Z', 'UTC', 'Pacific/Kiritimati', 1],
])('at %s the date of %s and that of %s differ by %i', (at, from, to, days) => {
  expect(dayDistance(Date.parse(at), from, to)).toBe(days)
})

it.each([
  ['Europe/Madrid', true],
  ['europe/madrid', true],
  ['utc', true],
  ['Madrid', false],
  ['Mars/Base', false],
  ['Eur', false],
  ['+02:00', false],
])('%j is a zone that the bot takes: %s', (name, isKnown) => {
  expect(isZone(name)).toBe(isKnown)
})
