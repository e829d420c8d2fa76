import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { followTime } from '../src/clock.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** A time that a test moves; while it does not stand still it passes with the timers. */
function movedByHand() {
  const listeners = new Set<() => void>()
  let ahead = 0
  let stoppedAt: number | null = null
  const now = () => stoppedAt ?? Date.now() + ahead
  return {
    now,
    onMove(listener: () => void) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    jump(ms: number) {
      ahead += ms
      for (const listener of listeners) listener()
    },
    stop() {
      stoppedAt = now()
    },
    listeners,
  }
}

describe('a clock that follows another time', () => {
  it('wakes what waits when the time passes by itself', async () => {
    const done = vi.fn()
    followTime(movedByHand()).setTimer(1000, done)
    await vi.advanceTimersByTimeAsync(999)
    expect(done).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(1)
    expect(done).toHaveBeenCalledOnce()
  })

  it('wakes what waits at once when the time jumps past it, and later when it does not', async () => {
    const time = movedByHand()
    const [soon, late] = [vi.fn(), vi.fn()]
    const clock = followTime(time)
    clock.setTimer(1000, soon)
    clock.setTimer(90_000, late)
    time.jump(60_000)
    expect(soon).toHaveBeenCalledOnce()
    expect(late).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(30_000)
    expect(late).toHaveBeenCalledOnce()
    expect(time.listeners.size).toBe(0)
  })

  it('wakes nothing while the time stands still', async () => {
    const time = movedByHand()
    const done = vi.fn()
    time.stop()
    followTime(time).setTimer(1000, done)
    await vi.advanceTimersByTimeAsync(5000)
    expect(done).not.toHaveBeenCalled()
  })

  it('stops waiting when it is asked to, and leaves nothing behind', async () => {
    const time = movedByHand()
    const abort = new AbortController()
    const slept = followTime(time).sleep(1000, abort.signal)
    abort.abort()
    await slept
    followTime(time).setTimer(1000, vi.fn())()
    expect([time.listeners.size, vi.getTimerCount()]).toEqual([0, 0])
  })
})
