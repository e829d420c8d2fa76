import type { Clock } from '@kamihi/core'

export interface ManualClock extends Clock {
  /** Time goes by: both clocks, and the timers ring. */
  pass(ms: number): void
  /** The machine sleeps, or somebody sets its time: only the wall clock moves, also back. */
  step(ms: number): void
  /** When the next timer rings, counted from now; null when none is set. */
  nextTimer(): number | null
}

/** A machine's two clocks in the hands of a test. Timers go by the monotonic one, as those of Node do. */
export function manualClock(start: number): ManualClock {
  let wall = start
  let monotonic = 0
  const timers = new Set<{ at: number; work: () => void }>()
  const ring = (timer: { at: number; work: () => void }) => {
    if (timers.delete(timer)) timer.work()
  }
  const setTimer = (ms: number, work: () => void) => {
    const timer = { at: monotonic + ms, work }
    timers.add(timer)
    if (ms <= 0) setImmediate(() => ring(timer))
    return () => void timers.delete(timer)
  }
  return {
    now: () => wall,
    monotonic: () => monotonic,
    setTimer,
    sleep: (ms) => new Promise((resolve) => setTimer(ms, resolve)),
    pass(ms) {
      wall += ms
      monotonic += ms
      for (const timer of [...timers]) if (timer.at <= monotonic) ring(timer)
    },
    step(ms) {
      wall += ms
    },
    nextTimer() {
      const soonest = Math.min(...[...timers].map(({ at }) => at))
      return timers.size === 0 ? null : soonest - monotonic
    },
  }
}
