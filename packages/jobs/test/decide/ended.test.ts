import { describe, expect, it } from 'vitest'
import { endWarnings } from '../../src/decide/ended.ts'

const endsAt = '2026-11-26T12:00:00.000Z'

describe('the warning that a job has come to its end', () => {
  it('is given where nothing is left of a schedule that ends', () => {
    expect(endWarnings({ enabled: true, endsAt, hasNext: false })).toMatchObject([
      { code: 'schedule_ended', path: '/endsAt' },
    ])
  })

  it.each([
    ['has runs to come', { enabled: true, endsAt, hasNext: true }],
    ['has no end', { enabled: true, endsAt: null, hasNext: false }],
    ['is off, and has no next run for that', { enabled: false, endsAt, hasNext: false }],
  ])('is not given of one that %s', (_, course) => {
    expect(endWarnings(course)).toEqual([])
  })
})
