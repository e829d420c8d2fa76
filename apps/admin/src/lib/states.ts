import type { ActionState, DeliveryState, Reachability, RunState, SkipReason } from '@kamihi/contracts'

export type Tone = 'ok' | 'warn' | 'danger' | 'running' | 'skipped' | 'idle'
export interface Look {
  /** Told by icon, word and colour, so that none of them is needed alone. */
  word: string
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

export const runLooks: Record<RunState, Look> = {
  queued: { word: 'queued', tone: 'idle', icon: 'circle' },
  running: { word: 'running', tone: 'running', icon: 'dot' },
  paused: { word: 'paused', tone: 'warn', icon: 'clock' },
  completed: { word: 'completed', tone: 'ok', icon: 'check' },
  partial: { word: 'partial', tone: 'warn', icon: 'half' },
  failed: { word: 'failed', tone: 'danger', icon: 'cross' },
  cancelled: { word: 'cancelled', tone: 'idle', icon: 'square' },
  skipped: { word: 'skipped', tone: 'skipped', icon: 'skip' },
  expired: { word: 'expired', tone: 'warn', icon: 'clock' },
}

const inProgress: Look = { word: 'in progress', tone: 'running', icon: 'dot' }
export const deliveryLooks: Record<DeliveryState, Look> = {
  pending: { word: 'pending', tone: 'idle', icon: 'circle' },
  acting: inProgress,
  acted: inProgress,
  sending: inProgress,
  retrying: { word: 'retrying', tone: 'warn', icon: 'retry' },
  sent: { word: 'sent', tone: 'ok', icon: 'check' },
  no_output: { word: 'no output', tone: 'idle', icon: 'dash' },
  failed: { word: 'failed', tone: 'danger', icon: 'cross' },
  unreachable: { word: 'unreachable', tone: 'warn', icon: 'ban' },
  cancelled: { word: 'cancelled', tone: 'idle', icon: 'square' },
  expired: { word: 'expired', tone: 'warn', icon: 'clock' },
  uncertain: { word: 'uncertain', tone: 'skipped', icon: 'question' },
}

/** Why nothing was run, in a sentence. */
export const skipSentences: Record<SkipReason, string> = {
  overlap: 'The run before it had not ended.',
  no_recipients: 'Nobody to run it for: the job is per user, and it reaches no one.',
  action_missing: 'The action is not in the code.',
  missed: 'The service did not run at that time.',
  paused: 'The job or the scheduler was paused.',
  requested: 'Somebody asked to leave it out.',
}

export const reachabilityWords: Record<Reachability, string> = {
  ok: 'Reachable',
  not_started: 'Has not started the bot',
  blocked: 'Blocked the bot',
  deactivated: 'Account deactivated',
  not_found: 'Not found by Telegram',
}

export const actionLooks: Record<ActionState, Look> = {
  loaded: { word: 'loaded', tone: 'ok', icon: 'check' },
  broken: { word: 'broken', tone: 'danger', icon: 'cross' },
  archived: { word: 'archived', tone: 'idle', icon: 'square' },
}
