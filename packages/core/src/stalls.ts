import type { RunningActions } from './actions/running.ts'
import type { Clock } from './clock.ts'
import { setTimerInStep } from './inStep.ts'
import type { Logger } from './logger.ts'

export interface StallWatch {
  start(): void
  stop(): void
}

export interface StallOptions {
  /** Of this machine: another time that goes by would look like a stall. */
  clock: Pick<Clock, 'monotonic' | 'setTimer'>
  logger: Logger
  running: RunningActions
}

const beatMs = 1000
/** How late a beat may be before it is told. */
const stallMs = 1000

/** Tells when nothing could go on for more than a second, and which actions ran then: most often one of them computes without ever waiting. */
export function watchStalls({ clock, logger, running }: StallOptions): StallWatch {
  let cancelTimer = () => {}
  const beat = (): void => {
    cancelTimer = setTimerInStep(clock, beatMs, (dueAt) => {
      const lateMs = Math.round(clock.monotonic() - dueAt)
      const actions = running.sinceLast()
      if (lateMs > stallMs)
        logger.warning(
          { lateMs, actions },
          actions.length > 0
            ? 'Everything stood still. An action computes for long without waiting: let it wait now and then, or use a worker thread'
            : 'Everything stood still, while no action ran',
        )
      beat()
    })
  }
  return {
    start: beat,
    stop: () => cancelTimer(),
  }
}
