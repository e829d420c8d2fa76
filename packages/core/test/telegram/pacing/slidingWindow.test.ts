import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  countAnswered,
  countUnwritten,
  countWritten,
  nothingSent,
  roomAt,
} from '../../../src/telegram/pacing/slidingWindow.ts'

const limit = { most: 3, perMs: 1000 }

/** The first millisecond from `from` on at which one more fits, tried one by one. */
function firstRoom(
  arrivals: number[],
  inFlight: number,
  { most, perMs }: typeof limit,
  from: number,
): number {
  for (let at = from; at <= from + 10 * perMs; at += 1) {
    const inWindow = arrivals.filter((arrival) => arrival > at - perMs).length
    if (inFlight + inWindow < most) return at
  }
  return Number.POSITIVE_INFINITY
}

describe('a sliding window', () => {
  it('has room when the message that is the limit before the next one has left it', () => {
    const sent = nothingSent()
    expect(roomAt(sent, limit)).toBe(Number.NEGATIVE_INFINITY)
    for (const at of [100, 200, 300]) {
      countWritten(sent)
      countAnswered(sent, at, limit.most)
    }
    expect(roomAt(sent, limit)).toBe(1100)
    expect(roomAt(sent, { most: 2, perMs: 1000 })).toBe(1200)
  })

  it('keeps a place for what is in flight, and gives it back when nothing was written', () => {
    const sent = nothingSent()
    for (let n = 0; n < 3; n += 1) countWritten(sent)
    expect(roomAt(sent, limit)).toBe(Number.POSITIVE_INFINITY)
    countUnwritten(sent)
    expect(roomAt(sent, limit)).toBe(Number.NEGATIVE_INFINITY)
  })

  it('agrees with counting one by one, in whatever order the answers come', () => {
    const property = fc.property(
      fc.array(fc.nat(3000), { maxLength: 60 }),
      fc.nat(5),
      fc.integer({ min: 1, max: 6 }),
      (arrivals, inFlight, most) => {
        const sent = nothingSent()
        for (let n = 0; n < arrivals.length + inFlight; n += 1) countWritten(sent)
        for (const at of arrivals) countAnswered(sent, at, most)
        const window = { most, perMs: 1000 }
        // Whole numbers: from the millisecond of the newest on there is no doubt what comes first.
        const from = Math.max(0, ...arrivals)
        const expected = firstRoom(arrivals, inFlight, window, from)
        expect(Math.max(from, roomAt(sent, window))).toBe(expected)
      },
    )
    fc.assert(property, { numRuns: 200 })
  })

  it('remembers no more than it is asked for', () => {
    const sent = nothingSent()
    for (let at = 0; at < 10_000; at += 1) {
      countWritten(sent)
      countAnswered(sent, at, 30)
    }
    expect(sent.arrivals.length).toBeLessThanOrEqual(60)
    expect(roomAt(sent, { most: 30, perMs: 1000 })).toBe(9970 + 1000)
  })
})
