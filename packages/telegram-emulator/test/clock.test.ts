import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
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

describe('at', () => {
  const rung: string[] = []
  const note = (name: string) => () => rung.push(name)
  beforeEach(() => {
    rung.length = 0
    vi.useFakeTimers({ now: 1000 })
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  it('calls back when the time has come by itself, and once only', () => {
    createClock().at(1500, note('later'))
    vi.advanceTimersByTime(499)
    expect(rung).toEqual([])
    vi.advanceTimersByTime(5000)
    expect(rung).toEqual(['later'])
  })

  it('calls back during the jump that reaches the time, the earlier first', () => {
    const clock = createClock()
    clock.at(3000, note('second'))
    clock.at(2000, note('first'))
    clock.at(9000, note('not yet'))
    clock.advance(5000)
    expect(rung).toEqual(['first', 'second'])
  })

  it('counts only what is left after a jump', () => {
    const clock = createClock()
    clock.at(3000, note('sooner'))
    clock.advance(1500)
    vi.advanceTimersByTime(499)
    expect(rung).toEqual([])
    vi.advanceTimersByTime(1)
    expect(rung).toEqual(['sooner'])
  })

  it('waits while the clock is frozen and goes on when it runs again', () => {
    const clock = createClock()
    clock.at(1500, note('set before'))
    clock.freeze()
    clock.at(1600, note('set while frozen'))
    vi.advanceTimersByTime(60_000)
    expect(rung).toEqual([])
    clock.resume()
    vi.advanceTimersByTime(500)
    expect(rung).toEqual(['set before'])
    vi.advanceTimersByTime(100)
    expect(rung).toEqual(['set before', 'set while frozen'])
  })

  it('calls back for a jump of a frozen clock', () => {
    const clock = createClock()
    clock.freeze()
    clock.at(1500, note('jumped to'))
    clock.advance(500)
    expect(rung).toEqual(['jumped to'])
  })

  it('calls back for a time that is past, after the code that runs', async () => {
    createClock().at(1000, note('now'))
    expect(rung).toEqual([])
    await Promise.resolve()
    expect(rung).toEqual(['now'])
  })

  it('is undone by what it returns, past or to come', async () => {
    const clock = createClock()
    clock.at(1000, note('past'))()
    clock.at(2000, note('to come'))()
    await Promise.resolve()
    clock.advance(5000)
    vi.advanceTimersByTime(5000)
    expect(rung).toEqual([])
  })

  it('waits longer than a timer of Node can', () => {
    const month = 31 * 86_400_000
    createClock().at(1000 + month, note('a month later'))
    vi.advanceTimersByTime(month - 1)
    expect(rung).toEqual([])
    vi.advanceTimersByTime(1)
    expect(rung).toEqual(['a month later'])
  })

  it('does not keep the process alive', () => {
    vi.useRealTimers()
    const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length
    const before = timers()
    const undo = createClock().at(Date.now() + 60_000, note('never'))
    expect(timers()).toBe(before)
    undo()
  })
})
