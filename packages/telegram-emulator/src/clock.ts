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
}

export function createClock(real: () => number = Date.now): EmulatorClock {
  const listeners = new Set<() => void>()
  let aheadMs = 0
  let frozenAt: number | null = null
  const now = () => frozenAt ?? real() + aheadMs
  const moved = () => {
    for (const listener of listeners) listener()
  }
  return {
    now,
    state: () => ({ now: now(), aheadMs: now() - real(), frozen: frozenAt !== null }),
    advance(ms) {
      if (!Number.isFinite(ms) || ms < 0)
        throw new Error(`The clock moves forward only, by a number of milliseconds; ${ms} was given.`)
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
  }
}
