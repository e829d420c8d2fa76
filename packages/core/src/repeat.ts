import type { Clock } from './clock.ts'

/** Work that is done again and again, `ms` after it ended, until it is stopped. */
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
    cancelTimer = clock.setTimer(ms, () => {
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
