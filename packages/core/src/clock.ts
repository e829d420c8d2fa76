/** Time, given to whoever needs it, so that tests own it. */
export interface Clock {
  /** Epoch milliseconds of the wall clock. */
  now(): number
  /** Milliseconds that never go back; only differences mean something. */
  monotonic(): number
  /** Resolves after `ms`, or at once when the signal is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
  /** Calls `work` once after `ms`; gives its undo. */
  setTimer(ms: number, work: () => void): () => void
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted) return resolve()
      const timer = setTimeout(done, ms)
      function done() {
        clearTimeout(timer)
        signal?.removeEventListener('abort', done)
        resolve()
      }
      signal?.addEventListener('abort', done, { once: true })
    }),
  setTimer: (ms, work) => {
    const timer = setTimeout(work, ms)
    return () => clearTimeout(timer)
  },
}

/** Node fires longer timers at once (https://nodejs.org/api/timers.html). */
const longestTimeout = 2 ** 31 - 1

/** Another time to go by: it may jump forward and stand still, and says so. */
export interface MovingTime {
  /** Epoch milliseconds. */
  now(): number
  /** Calls back after each move; returns its own undo. */
  onMove(listener: () => void): () => void
}

/** The clock of a bot that goes by another time: what waits is woken when that time has come, however it came. */
export function followTime(time: MovingTime): Clock {
  const setTimer = (ms: number, work: () => void): (() => void) => {
    const at = time.now() + ms
    let timer: ReturnType<typeof setTimeout> | undefined
    const check = (): void => {
      clearTimeout(timer)
      const left = at - time.now()
      if (left > 0) {
        timer = setTimeout(check, Math.min(left, longestTimeout))
        return
      }
      stop()
      work()
    }
    const stopListening = time.onMove(check)
    const stop = (): void => {
      clearTimeout(timer)
      stopListening()
    }
    timer = setTimeout(check, Math.min(ms, longestTimeout))
    return stop
  }
  return {
    now: time.now,
    monotonic: time.now,
    setTimer,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted) return resolve()
        const done = (): void => {
          stop()
          signal?.removeEventListener('abort', done)
          resolve()
        }
        const stop = setTimer(ms, done)
        signal?.addEventListener('abort', done, { once: true })
      }),
  }
}
