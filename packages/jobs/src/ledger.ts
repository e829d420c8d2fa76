import type { Kamihi } from '@kamihi/core'
import { type ClaimedDelivery, type DeliveryStep, type StepResult, StoreError } from '@kamihi/store'
import type { RunEvents } from './runEvents.ts'

/** A step without what every step of a delivery has. */
export type Step = DeliveryStep extends infer S
  ? S extends DeliveryStep
    ? Omit<S, 'id' | 'worker'>
    : never
  : never

/** Where the steps of one delivery are written down. */
export interface Ledger {
  /** Written together with the next step: for what would be followed at once by another commit. */
  hold(step: Step): void
  /**
   * Stores steps in one commit; gives what became of the last one. While the database cannot write (full, locked) it is tried again:
   * what Telegram has answered is not forgotten because of that.
   */
  record(...steps: Step[]): Promise<StepResult>
}

export interface LedgerWork {
  kamihi: Pick<Kamihi, 'store' | 'clock'>
  worker: string
  events: RunEvents
  /** Aborted when the bot stops. */
  signal: AbortSignal
}

const againMs = 1000
const passing: readonly string[] = ['busy', 'full', 'readonly', 'io']

export function openLedger(work: LedgerWork, { id }: ClaimedDelivery): Ledger {
  const { worker, events } = work
  let held: Step[] = []
  const mine = (step: Step) => Object.assign(step, { id, worker }) as DeliveryStep
  return {
    hold: (step) => void held.push(step),
    async record(...steps) {
      const all = (held.length > 0 ? [...held, ...steps] : steps).map(mine)
      held = []
      const last = (await store(work, all)).at(-1)
      if (last?.run) events.changed(last.run)
      return last ?? { accepted: false, run: null }
    },
  }
}

async function store({ kamihi, signal }: LedgerWork, steps: DeliveryStep[]): Promise<StepResult[]> {
  const { store, clock } = kamihi
  const at = clock.now()
  for (;;) {
    try {
      return await store.deliveries.record(steps, at)
    } catch (error) {
      const passes = error instanceof StoreError && passing.includes(error.code)
      if (!passes || signal.aborted) throw error
      await clock.sleep(againMs, signal)
    }
  }
}
