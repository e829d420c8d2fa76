import {
  type DeliveryState,
  type RunState,
  terminalDeliveryStates,
  terminalRunStates,
} from '@kamihi/contracts'

/** Where a run may go from where; every guard of the store and the diagram in the docs come from this table. */
export const runMoves: Record<RunState, readonly RunState[]> = {
  queued: ['running', 'cancelled', 'skipped', 'expired', 'failed'],
  running: ['paused', 'completed', 'partial', 'failed', 'cancelled', 'skipped', 'expired'],
  paused: ['running', 'cancelled', 'expired', 'failed'],
  completed: [],
  partial: [],
  failed: [],
  cancelled: [],
  skipped: [],
  expired: [],
}

/** Where a delivery may go from where. */
export const deliveryMoves: Record<DeliveryState, readonly DeliveryState[]> = {
  pending: ['acting', 'acted', 'no_output', 'failed', 'unreachable', 'cancelled', 'expired'],
  acting: ['acted', 'no_output', 'retrying', 'pending', 'failed', 'cancelled', 'expired'],
  // To `sent` at once when every part had arrived before its worker died.
  acted: ['sending', 'sent', 'no_output', 'retrying', 'failed', 'unreachable', 'cancelled', 'expired'],
  sending: ['acted', 'sent', 'retrying', 'failed', 'unreachable', 'uncertain', 'cancelled', 'expired'],
  retrying: ['acting', 'acted', 'sending', 'pending', 'failed', 'unreachable', 'cancelled', 'expired'],
  sent: [],
  no_output: [],
  failed: [],
  unreachable: [],
  cancelled: [],
  expired: [],
  uncertain: [],
}

export const isTerminalRun = (state: RunState): boolean =>
  (terminalRunStates as readonly RunState[]).includes(state)
export const isTerminalDelivery = (state: DeliveryState): boolean =>
  (terminalDeliveryStates as readonly DeliveryState[]).includes(state)

/** States that may move to `to`. */
export const deliveryOrigins = (to: DeliveryState): DeliveryState[] =>
  (Object.keys(deliveryMoves) as DeliveryState[]).filter((from) => deliveryMoves[from].includes(to))

export interface Outcome {
  sent: number
  noOutput: number
  failed: number
  unreachable: number
  cancelled: number
  expired: number
  uncertain: number
}

/** How a run ends whose deliveries have all ended. */
export function outcomeOf(counts: Outcome, cancelRequested: boolean): RunState {
  const successes = counts.sent + counts.noOutput
  const failures = counts.failed + counts.unreachable + counts.uncertain
  if (cancelRequested && counts.cancelled > 0) return 'cancelled'
  if (failures + counts.expired + counts.cancelled === 0) return 'completed'
  if (successes > 0) return 'partial'
  if (counts.expired > 0 && failures === 0) return 'expired'
  return counts.cancelled > 0 && failures === 0 ? 'cancelled' : 'failed'
}
