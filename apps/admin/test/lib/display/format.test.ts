import { describe, expect, it } from 'vitest'
import {
  formatBytes,
  formatDuration,
  formatInstant,
  formatNumber,
  relativeTime,
} from '../../../src/lib/display/format.ts'

const now = Date.parse('2026-11-26T12:00:00Z')

describe('a time', () => {
  it.each([
    [400, 'now', 'ahora'],
    [-400, 'now', 'ahora'],
    [12_000, 'in 12 sec', 'dentro de 12 s'],
    [-45_000, '45 sec ago', 'hace 45 s'],
    [300_000, 'in 5 min', 'dentro de 5 min'],
    [-7_200_000, '2 hr ago', 'hace 2 h'],
  ])('%i ms away reads %s', (distance, english, spanish) => {
    expect(relativeTime(now + distance, now, 'en-GB')).toBe(english)
    expect(relativeTime(now + distance, now, 'es-ES')).toBe(spanish)
  })

  it('never stands without its zone', () => {
    const at = Date.parse('2026-11-25T08:00:05Z')
    expect(formatInstant(at, { locale: 'en-GB', zone: 'Europe/Madrid' }, now)).toBe(
      'Wed 25 Nov, 09:00:05 CET',
    )
    expect(formatInstant(at, { locale: 'en-GB', zone: 'UTC' }, now)).toBe('Wed 25 Nov, 08:00:05 UTC')
    expect(formatInstant(at - 5000, { locale: 'en-GB', zone: 'UTC' }, now)).toBe('Wed 25 Nov, 08:00 UTC')
  })

  it.each([
    ['2027-01-01T08:00:00Z', 'UTC', 'Fri, 1 Jan 2027, 08:00 UTC'],
    ['2028-01-01T08:00:00Z', 'UTC', 'Sat, 1 Jan 2028, 08:00 UTC'],
    ['2026-12-31T23:30:00Z', 'UTC', 'Thu 31 Dec, 23:30 UTC'],
    ['2026-12-31T23:30:00Z', 'Europe/Madrid', 'Fri, 1 Jan 2027, 00:30 CET'],
  ])('of another year shows it: %s in %s', (at, zone, words) => {
    expect(formatInstant(Date.parse(at), { locale: 'en-GB', zone }, now)).toBe(words)
  })

  it('is written by the clock that was chosen', () => {
    const at = Date.parse('2026-11-25T20:00:00Z')
    expect(formatInstant(at, { locale: 'en-GB', zone: 'UTC', clock: '12' }, now)).toBe(
      'Wed 25 Nov, 08:00 pm UTC',
    )
    expect(formatInstant(at, { locale: 'es-ES', zone: 'UTC' }, now)).toBe('mié, 25 nov, 20:00 UTC')
  })
})

it.each([
  [400, '0.4 s'],
  [12_300, '12 s'],
  [185_000, '3 min 5 s'],
  [7_440_000, '2 h 4 min'],
  [93_600_000, '1 d 2 h'],
])('%i ms last %s', (ms, words) => {
  expect(formatDuration(ms, 'en-GB')).toBe(words)
})

it('thousands are grouped as the language has it', () => {
  expect([formatNumber(12_345, 'en-GB'), formatNumber(12_345, 'es-ES')]).toEqual(['12,345', '12.345'])
})

it.each([
  [900, '900 B'],
  [4_404_019, '4.2 MiB'],
  [536_870_912, '512 MiB'],
])('%i bytes are %s', (bytes, words) => {
  expect(formatBytes(bytes, 'en-GB')).toBe(words)
})
