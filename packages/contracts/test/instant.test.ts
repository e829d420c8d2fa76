import { describe, expect, it } from 'vitest'
import { isInstant } from '../src/index.ts'

describe('an instant', () => {
  it.each([
    '2026-11-26T17:00:00Z',
    '2026-11-26T17:00:00.123+02:00',
    '0000-01-01T00:00:00Z',
    '2024-02-29 00:00:00z',
  ])('is %s', (text) => expect(isInstant(text)).toBe(true))

  it.each([
    '2016-12-31T23:59:60Z',
    '2017-01-01T00:59:60+01:00',
    '2026-02-30T00:00:00Z',
    '2026-11-26T24:01:00Z',
    '2026-11-26',
    '',
  ])('is not %s', (text) => expect(isInstant(text)).toBe(false))
})
