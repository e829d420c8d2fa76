import type { Kamihi } from '@kamihi/core'
import { type ClockReading, clockChange } from './decide/clockChange.ts'

/** Keeps account of when a scheduler was at work, and notices when time did not go by as it should. */
export interface Timekeeper {
  /** A tick begins. */
  atWork(): Promise<void>
  /** A timer was set. */
  waits(ms: number): void
  /** It rang. */
  woke(): void
  ended(): Promise<void>
}

const writeEveryMs = 10_000
/** Ticks are at most 30 s apart: silence for longer than this means that nothing was at work. */
const gapMs = 90_000
/** A loop that is busy wakes a timer late by less than this. */
const lateMs = 5000

export function createTimekeeper({ store, clock, logger }: Kamihi, worker: string): Timekeeper {
  const read = (): ClockReading => ({ wall: clock.now(), monotonic: clock.monotonic() })
  let writtenAt: number | null = null
  let last: ClockReading | null = null
  let waitsUntil: number | null = null

  const notice = (now: ClockReading): void => {
    const change = last ? clockChange(last, now) : { kind: 'none' as const }
    if (change.kind === 'ahead')
      logger.warning(
        { ms: change.ms },
        'The clock ran ahead: the machine slept, or its time was set. What was due meanwhile is decided now',
      )
    if (change.kind === 'back')
      logger.warning({ ms: change.ms }, 'The clock was set back. Nothing is repeated; the next runs stay')
    last = now
  }
  return {
    async atWork() {
      const now = read()
      notice(now)
      const passed = now.wall - (writtenAt ?? Number.NEGATIVE_INFINITY)
      if (passed >= 0 && passed < writeEveryMs) return
      await store.scheduler.seen(worker, now.wall, gapMs)
      writtenAt = now.wall
    },
    waits(ms) {
      waitsUntil = clock.monotonic() + ms
    },
    woke() {
      const late = Math.round(clock.monotonic() - (waitsUntil ?? Number.POSITIVE_INFINITY))
      if (late > lateMs)
        logger.info({ ms: late }, 'The scheduler was held up: the process stood still, or the loop was busy')
    },
    async ended() {
      await store.scheduler.ended(worker, clock.now())
    },
  }
}
