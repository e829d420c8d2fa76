import {
  type DeliveryState,
  type RunState,
  terminalDeliveryStates,
  terminalRunStates,
} from '@kamihi/contracts'

/** How a run may begin: what is not to run, or was replaced in the tick that wrote it, ends as it is written. */
export const runStarts: readonly RunState[] = ['queued', 'skipped', 'cancelled']

/** Where a run may go from where; every guard of the store and the diagram in the docs come from this table. */
export const runMoves: Record<RunState, readonly RunState[]> = {
  queued: ['running', 'cancelled', 'skipped', 'expired'],
  running: ['paused', 'completed', 'partial', 'failed', 'cancelled', 'skipped', 'expired'],
  // It ends while it is paused when what was in the air was the last of it.
  paused: ['running', 'completed', 'partial', 'failed', 'cancelled', 'expired'],
  completed: [],
  partial: [],
  failed: [],
  cancelled: [],
  skipped: [],
  expired: [],
}

/** How a delivery may begin: to somebody who cannot be reached it ends as it is written, and a retry may have its output already. */
export const deliveryStarts: readonly DeliveryState[] = ['pending', 'acted', 'unreachable']

/** Where a delivery may go from where. */
export const deliveryMoves: Record<DeliveryState, readonly DeliveryState[]> = {
  pending: ['acting', 'acted', 'no_output', 'failed', 'unreachable', 'cancelled', 'expired'],
  acting: ['acted', 'no_output', 'retrying', 'pending', 'failed', 'cancelled', 'expired'],
  // To `sent` at once when every part had arrived before its worker died.
  acted: [
    'sending',
    'sent',
    'no_output',
    'retrying',
    'failed',
    'unreachable',
    'uncertain',
    'cancelled',
    'expired',
  ],
  sending: ['acted', 'sent', 'retrying', 'failed', 'unreachable', 'uncertain', 'cancelled', 'expired'],
  retrying: ['acting', 'sending', 'failed', 'unreachable', 'uncertain', 'cancelled', 'expired'],
  sent: [],
  no_output: [],
  failed: [],
  unreachable: [],
  cancelled: [],
  expired: [],
  uncertain: [],
}

/**
 * The ways out of an end. Nothing goes them by itself: somebody says that a delivery in doubt has arrived, and a run that ended badly
 * for it ends as its deliveries now say.
 */
export const deliveryCorrections: Partial<Record<DeliveryState, readonly DeliveryState[]>> = {
  uncertain: ['sent'],
}
export const runCorrections: Partial<Record<RunState, readonly RunState[]>> = {
  failed: ['partial', 'completed'],
  partial: ['completed'],
}

export const isTerminalRun = (state: RunState): boolean =>
  (terminalRunStates as readonly RunState[]).includes(state)
export const isTerminalDelivery = (state: DeliveryState): boolean =>
  (terminalDeliveryStates as readonly DeliveryState[]).includes(state)

/** States that may move to `to`. */
export const runOrigins = (to: RunState): RunState[] => originsOf(runMoves, to)
export const deliveryOrigins = (to: DeliveryState): DeliveryState[] => originsOf(deliveryMoves, to)

function originsOf<State extends string>(moves: Record<State, readonly State[]>, to: State): State[] {
  return (Object.keys(moves) as State[]).filter((from) => moves[from].includes(to))
}

/** Runs that have not ended. */
export const openRunStates = (Object.keys(runMoves) as RunState[]).filter((state) => !isTerminalRun(state))
/** Deliveries that have not begun, or that wait between two steps: ended at once when their run is. */
export const waitingDeliveryStates = ['pending', 'acted', 'retrying'] as const satisfies DeliveryState[]
/** Deliveries that an action or Telegram has in hand: only their worker, or the rescue of them, knows how they end. */
export const busyDeliveryStates = ['acting', 'sending'] as const satisfies DeliveryState[]

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
