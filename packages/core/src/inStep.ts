import type { Clock } from './clock.ts'

/** All that comes again and again comes at full seconds, so that an idle process wakes up once for all of it. */
const stepMs = 1000
/** How much too early a timer may ring: those of Node are rounded to milliseconds. */
const earlyMs = 5

interface Waiting {
  dueAt: number
  work: (dueAt: number) => void
}

const beats = new WeakMap<object, Beat>()

/**
 * Calls `work` once, after `ms` or up to a second sooner, by the one timer that everything shares which goes by this clock.
 * @param ms at least a second
 * @param work is given when it was due, by the monotonic clock
 * @returns its undo
 */
export function setTimerInStep(
  clock: Pick<Clock, 'monotonic' | 'setTimer'>,
  ms: number,
  work: (dueAt: number) => void,
): () => void {
  const beat = beats.get(clock) ?? createBeat(clock)
  beats.set(clock, beat)
  return beat.add({ dueAt: fullSecondWithin(clock.monotonic(), ms), work })
}

/** The last full second that is not later than `ms` from now; one that a timer rang too early for is over. */
export const fullSecondWithin = (now: number, ms: number): number =>
  Math.floor((now + ms + earlyMs) / stepMs) * stepMs

type Beat = ReturnType<typeof createBeat>

function createBeat(clock: Pick<Clock, 'monotonic' | 'setTimer'>) {
  const waiting = new Set<Waiting>()
  let ringsAt = Number.POSITIVE_INFINITY
  let cancelTimer = () => {}
  const arm = (): void => {
    const next = Math.min(...[...waiting].map(({ dueAt }) => dueAt))
    if (next === ringsAt) return
    cancelTimer()
    ringsAt = next
    cancelTimer =
      next === Number.POSITIVE_INFINITY
        ? () => {}
        : clock.setTimer(Math.max(1, Math.ceil(next - clock.monotonic())), ring)
  }
  const ring = (): void => {
    ringsAt = Number.POSITIVE_INFINITY
    const now = clock.monotonic()
    const due = [...waiting].filter(({ dueAt }) => dueAt <= now + earlyMs)
    for (const one of due) waiting.delete(one)
    for (const { work, dueAt } of due) work(dueAt)
    arm()
  }
  return {
    add(one: Waiting): () => void {
      waiting.add(one)
      arm()
      return () => {
        if (waiting.delete(one)) arm()
      }
    },
  }
}
