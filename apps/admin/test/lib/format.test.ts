import { describe, expect, it } from 'vitest'
import { count, formatDuration, formatInstant, relativeTime } from '../../src/lib/format.ts'

describe('a time', () => {
  it.each([
    [0, 'now'],
    [12_000, 'in 12 s'],
    [-45_000, '45 s ago'],
    [300_000, 'in 5 min'],
    [-7_200_000, '2 h ago'],
    [86_400_000 * 3, 'in 3 d'],
  ])('%i ms away reads %s', (distance, words) => {
    expect(relativeTime(1_000_000_000 + distance, 1_000_000_000)).toBe(words)
  })

  it('never stands without its zone', () => {
    const at = Date.parse('2026-11-25T08:00:05Z')
    expect(formatInstant(at, 'Europe/Madrid')).toBe('Wed 25 Nov, 09:00:05 CET')
    expect(formatInstant(at, 'UTC')).toBe('Wed 25 Nov, 08:00:05 UTC')
    expect(formatInstant(at - 5000, 'UTC')).toBe('Wed 25 Nov, 08:00 UTC')
  })
})

it.each([
  [400, '0.4 s'],
  [12_300, '12 s'],
  [185_000, '3 min 5 s'],
  [7_440_000, '2 h 4 min'],
])('%i ms last %s', (ms, words) => {
  expect(formatDuration(ms)).toBe(words)
})

it('one is singular, and thousands are grouped', () => {
  expect([count(1, 'person', 'people'), count(0, 'run'), count(12_345, 'person', 'people')]).toEqual([
    '1 person',
    '0 runs',
    '12 345 people',
  ])
})
