import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createFlood, type FloodLimits, type Sending } from '../../src/flood/flood.ts'
import { createOracle } from './oracle.ts'

const limit = (most: number) =>
  fc.record({ most: fc.integer({ min: 3, max: most }), perMs: fc.integer({ min: 1, max: 4000 }) })
const someLimits: fc.Arbitrary<FloodLimits> = fc.record({
  chat: limit(5),
  group: limit(5),
  all: limit(8),
  paid: limit(8),
})

interface Step extends Sending {
  advanceMs: number
}
/** Often many in the same moment, for that is where limits are passed. */
const steps = (count: fc.Arbitrary<number>): fc.Arbitrary<Step[]> =>
  fc.array(
    fc.record({
      advanceMs: fc.oneof(
        fc.constant(0),
        fc.integer({ min: 1, max: 400 }),
        fc.integer({ min: 1, max: 3000 }),
      ),
      chatId: fc.constantFrom(1, 2, -1),
      count,
      paid: fc.boolean(),
    }),
    { minLength: 1, maxLength: 80 },
  )
const withinLimits = steps(fc.integer({ min: 1, max: 3 }))
const start = 1_700_000_000_000

it('never lets more pass in any span of time than a lane allows', () => {
  fc.assert(
    fc.property(someLimits, withinLimits, (limits, sequence) => {
      let now = start
      const flood = createFlood(() => now, limits)
      const oracle = createOracle(limits)
      for (const { advanceMs, ...sending } of sequence) {
        now += advanceMs
        if (flood.check(sending).kind === 'accepted') oracle.accept(sending, now)
      }
      expect(oracle.excess()).toBeLessThanOrEqual(0)
    }),
    { numRuns: 300 },
  )
})

it('refuses a patient caller only when a lane is full, for no second too long, and never twice', () => {
  fc.assert(
    fc.property(someLimits, withinLimits, (limits, sequence) => {
      let now = start
      const flood = createFlood(() => now, limits)
      const oracle = createOracle(limits)
      for (const { advanceMs, ...sending } of sequence) {
        now += advanceMs
        const verdict = flood.check(sending)
        if (verdict.kind === 'refused') {
          expect(oracle.full(sending, now + (verdict.retryAfter - 1) * 1000)).toContain(verdict.lane)
          now += verdict.retryAfter * 1000
          expect(flood.check(sending)).toEqual({ kind: 'accepted' })
        }
        expect(oracle.full(sending, now)).toEqual([])
        oracle.accept(sending, now)
      }
      expect(flood.counters().early).toBe(0)
    }),
    { numRuns: 300 },
  )
})

it('makes each early call wait a second longer than it would have waited', () => {
  const earlyCalls = fc.array(fc.integer({ min: 100, max: 999 }), { maxLength: 10 })
  fc.assert(
    fc.property(someLimits, earlyCalls, (limits, pauses) => {
      let now = start
      const flood = createFlood(() => now, limits)
      const call = () => flood.check({ chatId: 1, count: 1, paid: false })
      let verdict = call()
      while (verdict.kind === 'accepted') verdict = call()
      let openAt = now + verdict.retryAfter * 1000
      for (const pause of pauses) {
        now += pause
        openAt += 1000
        const retryAfter = Math.ceil((openAt - now) / 1000)
        expect(call()).toEqual({ kind: 'refused', retryAfter, lane: verdict.lane })
      }
      expect(flood.counters()).toMatchObject({ early: pauses.length })
      now = openAt
      expect(call()).toEqual({ kind: 'accepted' })
    }),
  )
})

it('answers impatient callers, with albums of any size, as brute force does', () => {
  fc.assert(
    fc.property(someLimits, steps(fc.integer({ min: 1, max: 12 })), (limits, sequence) => {
      let now = start
      const flood = createFlood(() => now, limits)
      const oracle = createOracle(limits)
      for (const { advanceMs, ...sending } of sequence) {
        now += advanceMs
        expect(flood.check(sending)).toEqual(oracle.verdict(sending, now))
      }
    }),
    { numRuns: 500 },
  )
})
