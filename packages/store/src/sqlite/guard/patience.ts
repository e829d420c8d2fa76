import { StoreError } from '../../store.ts'
import { codeOf } from '../errors.ts'

/** How long a statement is tried again while another process holds the lock. */
export const patienceMs = 10_000

/** True for what goes away by itself: another process holds the lock, or is just opening the file. */
export const isBusy = (error: unknown): boolean =>
  error instanceof StoreError ? error.code === 'busy' : /^SQLITE_(BUSY|PROTOCOL)/.test(codeOf(error))

/**
 * Milliseconds before the next try: at most a quarter of a second, and drawn by `random` (0 to 1) so that processes
 * that wait for the same lock do not try in step.
 */
export function pauseMs(attempt: number, random: number): number {
  const longest = Math.min(10 * 2 ** attempt, 250)
  return (longest * (1 + random)) / 2
}

/** Tries again while the lock is held, with pauses in which everything else goes on. */
export async function untilFree<T>(
  work: () => T,
  { began = performance.now(), forMs = patienceMs, random = Math.random } = {},
): Promise<T> {
  let last: unknown
  for (let attempt = 1; performance.now() - began < forMs; attempt += 1) {
    try {
      return work()
    } catch (error) {
      if (!isBusy(error)) throw error
      last = error
    }
    await pause(pauseMs(attempt, random()))
  }
  throw new StoreError('busy', 'Another process keeps the database locked.', { cause: last })
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

const lines = new WeakMap<object, Promise<unknown>>()

/**
 * Does the work at once, or stands in line with all that wait for the same lock. A try stops the loop for up to 100 ms, so only the
 * first in the line tries: thirty writers that wait cost no more than one.
 */
export async function inTurn<T>(lock: object, work: () => T): Promise<T> {
  const began = performance.now()
  const ahead = lines.get(lock)
  if (!ahead) {
    try {
      return work()
    } catch (error) {
      if (!isBusy(error)) throw error
    }
  }
  const turn = () => untilFree(work, { began })
  const mine = (ahead ?? pause(pauseMs(0, Math.random()))).then(turn, turn)
  const leave = () => {
    if (lines.get(lock) === mine) lines.delete(lock)
  }
  lines.set(lock, mine)
  mine.then(leave, leave)
  return mine
}
