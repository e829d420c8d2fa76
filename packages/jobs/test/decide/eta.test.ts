import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Pace, progressOf } from '../../src/decide/eta.ts'

/** Ten recipients a second from 0 on, a sample each second. */
const steady = (seconds: number) =>
  Array.from({ length: seconds + 1 }, (_, n) => ({ at: n * 1000, ended: n * 10 }))

const pace = (more: Partial<Pace>): Pace => ({
  samples: steady(10),
  now: 10_000,
  remaining: 300,
  permittedPerSecond: 30,
  isHeldUp: false,
  ...more,
})

describe('when a run will have reached its last recipient', () => {
  it('is what remains at the speed of the last thirty seconds', () => {
    expect(progressOf(pace({}))).toEqual({ perSecond: 10, etaSeconds: 30 })
  })

  it('is not known in the first five seconds', () => {
    expect(progressOf(pace({ samples: steady(4), now: 4000 }))).toEqual({ perSecond: 10, etaSeconds: null })
    expect(progressOf(pace({ samples: steady(5), now: 5000 }))?.etaSeconds).toBe(30)
  })

  it('is not known while Telegram does not answer, nor when nothing moves', () => {
    expect(progressOf(pace({ isHeldUp: true }))?.etaSeconds).toBeNull()
    expect(progressOf(pace({ now: 70_000 }))).toEqual({ perSecond: 0, etaSeconds: null })
  })

  it('counts on no more than the limits allow, though people who cannot be reached end at once', () => {
    const jump = [
      { at: 0, ended: 0 },
      ...steady(10).map(({ at, ended }) => ({ at: at + 100, ended: ended + 900 })),
    ]
    const found = progressOf(pace({ samples: jump, now: 10_100 }))
    expect(found?.perSecond).toBeGreaterThan(90)
    expect(found?.etaSeconds).toBe(10)
  })

  it('forgets what was more than thirty seconds ago', () => {
    const slowThenFast = [
      ...steady(60),
      ...Array.from({ length: 30 }, (_, n) => ({ at: 61_000 + n * 1000, ended: 620 + n * 20 })),
    ]
    expect(progressOf(pace({ samples: slowThenFast, now: 90_000, permittedPerSecond: 1000 }))).toEqual({
      perSecond: 20,
      etaSeconds: 15,
    })
  })

  it('is nothing before there is anything to measure', () => {
    expect(progressOf(pace({ samples: [] }))).toBeNull()
    expect(progressOf(pace({ samples: steady(0), now: 500 }))).toBeNull()
  })

  it('is never negative and never a fraction, however the samples lie', () => {
    const ups = fc.array(fc.tuple(fc.nat(5000), fc.nat(50)), { minLength: 1, maxLength: 60 })
    fc.assert(
      fc.property(ups, fc.nat(100_000), fc.nat(1000), (steps, later, remaining) => {
        let [at, ended] = [0, 0]
        const samples = steps.map(([ms, more]) => {
          at += ms
          ended += more
          return { at, ended }
        })
        const found = progressOf(pace({ samples, now: at + later, remaining }))
        if (!found) return
        expect(found.perSecond).toBeGreaterThanOrEqual(0)
        if (found.etaSeconds !== null) {
          expect(Number.isInteger(found.etaSeconds)).toBe(true)
          expect(found.etaSeconds).toBeGreaterThanOrEqual(0)
        }
      }),
    )
  })
})
