import { describe, expect, it } from 'vitest'
import { createArrivalTimes } from '../../../src/telegram/pacing/arrivalTimes.ts'

/** So many answers that took 40 ms at their quickest and 60 ms else, in so long. */
function learn(
  arrivals: ReturnType<typeof createArrivalTimes>,
  from: number,
  answers: number,
  overMs: number,
) {
  for (let n = 0; n < answers; n += 1) {
    const writtenAt = from + (overMs * n) / answers
    arrivals.arrivedBy(writtenAt, writtenAt + (n % 10 === 0 ? 40 : 60))
  }
}

describe('the time of arrival', () => {
  it('is that of the answer, while little is known of the network', () => {
    const arrivals = createArrivalTimes()
    learn(arrivals, 0, 100, 10_000)
    expect(arrivals.arrivedBy(20_000, 20_100)).toBe(20_100)
  })

  it('is as much later than the writing as the answer was later than the quickest', () => {
    const arrivals = createArrivalTimes()
    learn(arrivals, 0, 300, 10_000)
    expect(arrivals.arrivedBy(10_000, 10_040)).toBe(10_000)
    expect(arrivals.arrivedBy(10_000, 10_100)).toBe(10_060)
  })

  it('goes by an answer that is quicker than all before', () => {
    const arrivals = createArrivalTimes()
    learn(arrivals, 0, 300, 10_000)
    expect(arrivals.arrivedBy(10_000, 10_010)).toBe(10_000)
    expect(arrivals.arrivedBy(10_100, 10_140)).toBe(10_130)
  })

  it('goes by what the network is like now: it forgets what is a minute old', () => {
    const arrivals = createArrivalTimes()
    learn(arrivals, 0, 300, 10_000)
    expect(arrivals.arrivedBy(100_000, 100_040)).toBe(100_040)
  })

  it('is never before the writing, and says how late it is on average', () => {
    const arrivals = createArrivalTimes()
    for (let at = 0; at < 60_000; at += 30) {
      const arrivedBy = arrivals.arrivedBy(at, at + 40 + (at % 7) * 10)
      expect(arrivedBy).toBeGreaterThanOrEqual(at)
    }
    // From 0 to 60 ms, evenly.
    expect(arrivals.averageDelay()).toBeGreaterThan(25)
    expect(arrivals.averageDelay()).toBeLessThan(35)
  })
})
