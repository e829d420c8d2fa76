import { describe, expect, it } from 'vitest'
import { afterFailure, isGoneForGood, noAttempts, readRetryAfter } from '../../src/updates/backoff.ts'

/** The waits after as many failures, each with the Retry-After it came with. */
function waits(retryAfters: number[], random = 0): number[] {
  let attempts = noAttempts
  return retryAfters.map((retryAfter) => {
    const next = afterFailure(attempts, retryAfter, () => random)
    attempts = next.attempts
    return next.wait
  })
}

describe('the wait after a failure', () => {
  it('is none at first, then doubles up to a minute', () => {
    expect(waits(Array(9).fill(0))).toEqual([0, 2, 4, 8, 16, 32, 60, 60, 60])
  })

  it('grows up to two minutes by chance', () => {
    expect(waits(Array(9).fill(0), 0.9999)).toEqual([0, 2, 4, 8, 16, 32, 64, 120, 120])
  })

  it('is what the webhook asks for, an hour at most, and that is not doubled', () => {
    expect(waits([5, 0, 5, 0, 99_999, -1])).toEqual([5, 2, 5, 4, 3600, 8])
  })
})

it.each([
  [null, 0],
  ['', 0],
  ['7', 7],
  ['-7', 0],
  ['1.5', 0],
  ['Wed, 21 Oct 2026 07:28:00 GMT', 0],
])('reads Retry-After %s as %i seconds', (header, seconds) => {
  expect(readRetryAfter(header)).toBe(seconds)
})

it('takes 410 Gone at its word after 23 hours', () => {
  const hour = 3_600_000
  expect([isGoneForGood(hour, 24 * hour), isGoneForGood(hour, 24 * hour + 1)]).toEqual([false, true])
})
