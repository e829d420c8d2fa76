/** How the time of the emulator stands to real time. */
export interface ClockState {
  /** Epoch milliseconds. */
  now: number
  /** Milliseconds by which it is ahead of real time. */
  aheadMs: number
  frozen: boolean
}

/** Time that everything in the emulator goes by: it runs as real time does, until it is moved or stopped. */
export interface EmulatorClock {
  now(): number
  state(): ClockState
  /** Moves forward by `ms`. @throws Error when asked to go back: what has happened cannot be undone */
  advance(ms: number): void
  freeze(): void
  /** Runs on from where it stands. */
  resume(): void
  /** Calls back after each move; returns its own undo. */
  onMove(listener: () => void): () => void
  /**
   * Calls back once the time has come, whether by itself or by a move; for a time that is past, after the
   * code that runs now. Keeps no process alive. Returns its own undo.
   */
  at(time: number, callback: () => void): () => void
}

/** The last instant that a Date can hold (ECMAScript, "Time Values and Time Range"), in epoch milliseconds. */
export const lastTime = 8.64e15

export function createClock(real: () => number = Date.now): EmulatorClock {
  const listeners = new Set<() => void>()
  let aheadMs = 0
  let frozenAt: number | null = null
  const now = () => frozenAt ?? real() + aheadMs
  const alarms = createAlarms(now, () => frozenAt === null)
  const moved = () => {
    for (const listener of listeners) listener()
    alarms.afterMove()
  }
  return {
    now,
    state: () => ({ now: now(), aheadMs: now() - real(), frozen: frozenAt !== null }),
    advance(ms) {
      if (!Number.isFinite(ms) || ms < 0)
        throw new Error(`The clock moves forward only, by a number of milliseconds; ${ms} was given.`)
      if (now() + ms > lastTime) throw new Error(`The clock ends in the year 275760; ${ms} ms lead beyond.`)
      if (frozenAt === null) aheadMs += ms
      else frozenAt += ms
      moved()
    },
    freeze() {
      frozenAt ??= now()
      moved()
    },
    resume() {
      if (frozenAt !== null) aheadMs = frozenAt - real()
      frozenAt = null
      moved()
    },
    onMove(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    at: alarms.add,
  }
}

/** Node takes a longer wait for none at all. */
const LONGEST_WAIT_MS = 2 ** 31 - 1

interface Alarm {
  time: number
  callback: () => void
  timer: NodeJS.Timeout | undefined
}

/** What waits for its time. Real timers serve only as a reason to look at the clock again. */
function createAlarms(now: () => number, isRunning: () => boolean) {
  const alarms = new Set<Alarm>()
  const remove = (alarm: Alarm) => {
    clearTimeout(alarm.timer)
    return alarms.delete(alarm)
  }
  const ring = (alarm: Alarm) => {
    if (remove(alarm)) alarm.callback()
  }
  const arm = (alarm: Alarm) => {
    clearTimeout(alarm.timer)
    if (!isRunning()) return
    const waitMs = Math.min(Math.max(alarm.time - now(), 1), LONGEST_WAIT_MS)
    alarm.timer = setTimeout(() => (isDue(alarm) ? ring(alarm) : arm(alarm)), waitMs).unref()
  }
  const isDue = (alarm: Alarm) => alarm.time <= now()
  return {
    add(time: number, callback: () => void) {
      const alarm: Alarm = { time, callback, timer: undefined }
      alarms.add(alarm)
      if (isDue(alarm)) queueMicrotask(() => ring(alarm))
      else arm(alarm)
      return () => {
        remove(alarm)
      }
    },
    afterMove() {
      const due = [...alarms].filter(isDue).sort((a, b) => a.time - b.time)
      for (const alarm of due) ring(alarm)
      for (const alarm of alarms) arm(alarm)
    },
  }
}
