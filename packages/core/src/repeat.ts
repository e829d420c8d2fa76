import type { Clock } from './clock.ts'
import { setTimerInStep } from './inStep.ts'

/** Work that is done again and again, `ms` after it ended or up to a second sooner, until it is stopped. */
export interface Repeating {
  start(): void
  /** Begins no more of it; resolves once what had begun has ended. */
  stop(): Promise<void>
}

export function repeat(
  clock: Clock,
  ms: number,
  work: () => Promise<unknown>,
  onError: (error: unknown) => void,
): Repeating {
  let stopped = true
  let cancelTimer = () => {}
  let working: Promise<unknown> = Promise.resolve()
  const again = () => {
    if (stopped) return
    cancelTimer = setTimerInStep(clock, ms, () => {
      working = work().catch(onError).finally(again)
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
      return working.then(() => {})
    },
  }
}
