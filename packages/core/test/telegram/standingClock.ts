import type { Clock } from '../../src/index.ts'

export interface StandingClock extends Clock {
  /** Moves the time forward; the timers that are due meanwhile are called in order, each at its time. */
  pass(ms: number): Promise<void>
  /** Timers that are set. */
  timers(): number
  /** How often a timer was set. */
  timersSet(): number
  /** How often a timer was called. */
  wakeUps(): number
}

/** A clock that stands until it is moved. */
export function standingClock(): StandingClock {
  const began = Date.UTC(2026, 0, 1)
  const timers = new Set<{ at: number; work: () => void }>()
  let passed = 0
  let timersSet = 0
  let wakeUps = 0
  const due = (until: number) => [...timers].filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0]
  const setTimer = (ms: number, work: () => void) => {
    const timer = { at: passed + ms, work }
    timers.add(timer)
    timersSet += 1
    return () => timers.delete(timer)
  }
  return {
    now: () => began + passed,
    monotonic: () => passed,
    setTimer,
    sleep: (ms) => new Promise((resolve) => setTimer(ms, resolve)),
    timers: () => timers.size,
    timersSet: () => timersSet,
    wakeUps: () => wakeUps,
    async pass(ms) {
      const until = passed + ms
      await settled()
      for (let timer = due(until); timer; timer = due(until)) {
        timers.delete(timer)
        passed = Math.max(passed, timer.at)
        wakeUps += 1
        timer.work()
        await settled()
      }
      passed = until
    },
  }
}

/** Whatever waits for promises only has gone on. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
