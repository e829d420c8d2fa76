import { expect, it } from 'vitest'
import { createClock } from '../src/clock.ts'

it('runs as real time does, moves forward, stands still and runs on from there', () => {
  let real = 1000
  const clock = createClock(() => real)
  const moves: number[] = []
  clock.onMove(() => moves.push(clock.now()))
  real += 5
  expect(clock.now()).toBe(1005)
  clock.advance(100)
  expect(clock.state()).toEqual({ now: 1105, aheadMs: 100, frozen: false })
  clock.freeze()
  real += 50
  expect(clock.state()).toEqual({ now: 1105, aheadMs: 50, frozen: true })
  clock.advance(10)
  clock.resume()
  real += 1
  expect(clock.state()).toEqual({ now: 1116, aheadMs: 60, frozen: false })
  expect(moves).toEqual([1105, 1105, 1115, 1115])
})

it.each([-1, Number.NaN, Number.POSITIVE_INFINITY])('does not move by %s', (ms) => {
  expect(() => createClock().advance(ms)).toThrow(/moves forward only/)
})
