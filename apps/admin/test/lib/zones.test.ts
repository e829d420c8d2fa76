import { expect, it } from 'vitest'
import { dayDistance } from '../../src/lib/zones.ts'

it.each([
  ['2026-11-25T01:00:00Z', 'Europe/Madrid', 'America/New_York', -1],
  ['2026-11-25T20:00:00Z', 'Europe/Madrid', 'Asia/Tokyo', 1],
  ['2026-11-25T12:00:00Z', 'Europe/Madrid', 'UTC', 0],
  ['2026-12-31T23:30:00Z', 'UTC', 'Pacific/Kiritimati', 1],
])('at %s the date of %s and that of %s differ by %i', (at, from, to, days) => {
  expect(dayDistance(Date.parse(at), from, to)).toBe(days)
})
