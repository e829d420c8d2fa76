import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fullSecondWithin, setTimerInStep } from '../src/inStep.ts'
import { handClock } from './handClock.ts'

describe('what comes again and again', () => {
  it('comes at full seconds, at the latest when it was asked for and less than a second sooner', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1e9, noNaN: true }),
        fc.integer({ min: 1000, max: 86_400_000 }),
        (now, ms) => {
          const at = fullSecondWithin(now, ms)
          expect(at).toBeGreaterThan(now + 5 - 1e-6)
          expect(at).toBeLessThanOrEqual(now + ms + 5)
          expect(at).toBeGreaterThan(now + ms - 996)
          expect(at % 1000).toBe(0)
        },
      ),
    )
  })

  it('shares one timer, whenever each began', () => {
    const clock = handClock()
    let timers = 0
    const counted = {
      monotonic: clock.monotonic,
      setTimer: (ms: number, work: () => void) => {
        timers += 1
        return clock.setTimer(ms, work)
      },
    }
    const rung: string[] = []
    const every = (ms: number, name: string): void =>
      void setTimerInStep(counted, ms, () => {
        rung.push(`${name} at ${clock.monotonic()}`)
        every(ms, name)
      })
    every(1000, 'one')
    clock.pass(700)
    every(1000, 'two')
    every(3000, 'three')
    for (let n = 0; n < 43; n += 1) clock.pass(100)
    expect(rung).toEqual([
      ...['one', 'two'].map((name) => `${name} at 1000`),
      ...['one', 'two'].map((name) => `${name} at 2000`),
      ...['three', 'one', 'two'].map((name) => `${name} at 3000`),
      ...['one', 'two'].map((name) => `${name} at 4000`),
      ...['one', 'two'].map((name) => `${name} at 5000`),
    ])
    expect(timers).toBeLessThanOrEqual(7)
  })

  it('does not come twice for one second when a timer rings too early', () => {
    const clock = handClock()
    const rung: number[] = []
    const hasty = {
      monotonic: clock.monotonic,
      setTimer: (ms: number, work: () => void) => clock.setTimer(ms - 0.6, work),
    }
    const again = (): void =>
      void setTimerInStep(hasty, 1000, (dueAt) => {
        rung.push(dueAt)
        again()
      })
    again()
    clock.pass(3500)
    expect(rung).toEqual([1000, 2000, 3000])
  })

  it('does not come when it was taken back', () => {
    const clock = handClock()
    const rung: string[] = []
    const takeBack = setTimerInStep(clock, 1000, () => rung.push('one'))
    setTimerInStep(clock, 2000, () => rung.push('two'))
    takeBack()
    clock.pass(5000)
    expect(rung).toEqual(['two'])
  })
})
