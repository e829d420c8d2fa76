import type { Clock } from '../src/clock.ts'

/** A clock that a test moves by hand; the wall clock can be set apart from the time that passes. */
export interface HandClock extends Clock {
  /** Lets so much time pass; what becomes due is called in its order. */
  pass(ms: number): void
  /** Moves the wall clock alone, as somebody who sets it. */
  set(ms: number): void
  /** Timers that wait. */
  waiting(): number
}

export function handClock(begin = Date.UTC(2026, 10, 24, 8)): HandClock {
  const timers: { at: number; work: () => void }[] = []
  let passed = 0
  let setBy = 0
  const setTimer = (ms: number, work: () => void) => {
    const timer = { at: passed + ms, work }
    timers.push(timer)
    return () => void (timers.includes(timer) && timers.splice(timers.indexOf(timer), 1))
  }
  return {
    now: () => begin + passed + setBy,
    monotonic: () => passed,
    setTimer,
    waiting: () => timers.length,
    sleep: (ms) => new Promise((resolve) => void setTimer(ms, resolve)),
    pass(ms) {
      const end = passed + ms
      for (;;) {
        const [next] = timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)
        if (!next) break
        timers.splice(timers.indexOf(next), 1)
        passed = Math.max(passed, next.at)
        next.work()
      }
      passed = end
    },
    set(ms) {
      setBy += ms
    },
  }
}
