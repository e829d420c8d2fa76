import type { EmulatorControl } from '../../src/control/control.ts'
import type { ClockState, Due } from '../../src/shapes/events.ts'

/** The time that the emulator and its bot go by. */
export function createTime(control: EmulatorControl) {
  let clock = $state.raw<ClockState>({ now: Date.now(), aheadMs: 0, frozen: false })
  let due = $state.raw<Due | null>(null)
  let realNow = $state(Date.now())
  const take = (next: ClockState, nextDue: Due | null) => {
    clock = next
    due = nextDue
    realNow = Date.now()
  }
  return {
    get clock() {
      return clock
    },
    /** What the bot does next by itself. */
    get due() {
      return due
    },
    get now() {
      return clock.frozen ? clock.now : realNow + clock.aheadMs
    },
    take,
    async load(): Promise<void> {
      const { due: nextDue, ...next } = await control.time()
      take(next, nextDue)
    },
    /** Lets the shown time go on. */
    tick() {
      const timer = setInterval(() => {
        realNow = Date.now()
      }, 1000)
      return () => clearInterval(timer)
    },
  }
}
