import type { ActionState, DeliveryState, OccurrenceOutcome, Run, RunState } from '@kamihi/contracts'
import type { Texts } from '../../texts/index.ts'

export type Tone = 'ok' | 'warn' | 'danger' | 'running' | 'skipped' | 'idle'
/** How a state looks; its word stands beside it, so that neither icon nor colour is needed alone. */
export interface Look {
  tone: Tone
  icon:
    | 'check'
    | 'half'
    | 'cross'
    | 'dot'
    | 'circle'
    | 'skip'
    | 'empty'
    | 'square'
    | 'clock'
    | 'ban'
    | 'retry'
    | 'question'
    | 'dash'
}

/** What the state of a run is called; a run that was missed is called so, as nobody skipped it. */
export const runWord = ({ state, reason }: Pick<Run, 'state' | 'reason'>, states: Texts['states']): string =>
  reason === 'missed' ? states.missed : states.run[state]

export const runLooks: Record<RunState, Look> = {
  queued: { tone: 'idle', icon: 'circle' },
  running: { tone: 'running', icon: 'dot' },
  paused: { tone: 'warn', icon: 'clock' },
  completed: { tone: 'ok', icon: 'check' },
  partial: { tone: 'warn', icon: 'half' },
  failed: { tone: 'danger', icon: 'cross' },
  cancelled: { tone: 'idle', icon: 'square' },
  skipped: { tone: 'skipped', icon: 'skip' },
  expired: { tone: 'warn', icon: 'clock' },
}

const inProgress: Look = { tone: 'running', icon: 'dot' }
export const deliveryLooks: Record<DeliveryState, Look> = {
  pending: { tone: 'idle', icon: 'circle' },
  acting: inProgress,
  acted: inProgress,
  sending: inProgress,
  retrying: { tone: 'warn', icon: 'retry' },
  sent: { tone: 'ok', icon: 'check' },
  no_output: { tone: 'idle', icon: 'dash' },
  failed: { tone: 'danger', icon: 'cross' },
  unreachable: { tone: 'warn', icon: 'ban' },
  cancelled: { tone: 'idle', icon: 'square' },
  expired: { tone: 'warn', icon: 'clock' },
  uncertain: { tone: 'skipped', icon: 'question' },
}

export const actionLooks: Record<ActionState, Look> = {
  loaded: { tone: 'ok', icon: 'check' },
  broken: { tone: 'danger', icon: 'cross' },
  archived: { tone: 'idle', icon: 'square' },
}

export const occurrenceLooks: Record<OccurrenceOutcome, Look> = {
  ran: { tone: 'ok', icon: 'check' },
  skipped: { tone: 'skipped', icon: 'skip' },
  missed: { tone: 'skipped', icon: 'empty' },
  paused: { tone: 'warn', icon: 'clock' },
  requested: { tone: 'skipped', icon: 'skip' },
  disabled: { tone: 'idle', icon: 'ban' },
  edited: { tone: 'idle', icon: 'dash' },
  not_created: { tone: 'idle', icon: 'dash' },
  archived: { tone: 'idle', icon: 'square' },
  not_started: { tone: 'idle', icon: 'dash' },
  ended: { tone: 'idle', icon: 'square' },
  not_running: { tone: 'warn', icon: 'empty' },
  jobs_disabled: { tone: 'warn', icon: 'ban' },
  due: { tone: 'running', icon: 'dot' },
  upcoming: { tone: 'idle', icon: 'circle' },
  unrecorded: { tone: 'idle', icon: 'question' },
}
