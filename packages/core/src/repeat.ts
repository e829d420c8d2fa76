import type { Clock } from './clock.ts'
import { setTimerInStep } from './inStep.ts'

/** Work that is done again and again, `ms` after it ended or up to a second sooner, until it is stopped. */
export interface Repeating {
  start(): void
  stop(): void
}

export function repeat(
  clock: Clock,
  ms: number,
  work: () => Promise<unknown>,
  onError: (error: unknown) => void,
): Repeating {
  let stopped = true
  let cancelTimer = () => {}
  const again = () => {
    if (stopped) return
    cancelTimer = setTimerInStep(clock, ms, () => {
      work().catch(onError).finally(again)
    })
  }
  return {
    start() {
      stopped = false
      again()
    },
    stop() {
      stopped = true
      cancelTimer()
    },
  }
}
