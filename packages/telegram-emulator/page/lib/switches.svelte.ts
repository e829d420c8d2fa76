import type { EmulatorControl } from '../../src/control/control.ts'
import type { SetFault } from '../../src/faults/faults.ts'
import type { FloodCounters, FloodLimits } from '../../src/flood/flood.ts'
import { createLatest } from './latest.ts'

const pauseMs = 500

/** What is switched to go wrong, and how much the bot may send. */
export function createSwitches(control: EmulatorControl) {
  let faults = $state.raw<SetFault[]>([])
  let limits = $state.raw<FloodLimits | null>(null)
  let counters = $state.raw<FloodCounters | null>(null)
  const takeFaults = createLatest<SetFault[]>((answer) => {
    faults = answer
  })
  const takeLimits = createLatest<{ limits: FloodLimits | null; counters: FloodCounters }>((answer) => {
    limits = answer.limits
    counters = answer.counters
  })
  const load = async () => {
    await Promise.all([takeFaults(() => control.faults()), takeLimits(() => control.limits())])
  }
  let isWaiting = false
  return {
    get faults() {
      return faults
    },
    get limits() {
      return limits
    },
    get counters() {
      return counters
    },
    load,
    /** Counts move with every call: they are asked for now and then, not each time. */
    loadSoon(): void {
      if (isWaiting) return
      isWaiting = true
      setTimeout(() => {
        isWaiting = false
        load().catch(() => undefined)
      }, pauseMs)
    },
  }
}
