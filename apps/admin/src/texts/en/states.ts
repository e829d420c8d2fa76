import { spoken } from '../spoken.ts'
/** What states are called, and what stands behind them. */
export const states = spoken('states', {
  run: {
    queued: 'queued',
    running: 'running',
    paused: 'paused',
    completed: 'completed',
    partial: 'partial',
    failed: 'failed',
    cancelled: 'cancelled',
    skipped: 'skipped',
    expired: 'expired',
  },
  missed: 'missed',
  delivery: {
    pending: 'pending',
    acting: 'in progress',
    acted: 'in progress',
    sending: 'in progress',
    retrying: 'retrying',
    sent: 'sent',
    no_output: 'no output',
    failed: 'failed',
    unreachable: 'unreachable',
    cancelled: 'cancelled',
    expired: 'expired',
    uncertain: 'uncertain',
  },
  inProgress: 'in progress',
  /** Of a dry run: the action had its say, and nothing was sent. */
  tried: 'tried, not sent',
  skip: {
    overlap: 'The run before it had not ended.',
    no_recipients: 'Nobody to run it for: the job is per user, and it reaches no one.',
    action_missing: 'The action is not in the code.',
    missed: 'The service did not run at that time.',
    paused: 'The job or the scheduler was paused.',
    requested: 'Somebody asked to leave it out.',
  },
  reachability: {
    ok: 'Reachable',
    not_started: 'Has not started the bot',
    blocked: 'Blocked the bot',
    deactivated: 'Account deactivated',
    not_found: 'Not found by Telegram',
  },
  /** Telegram has refused nothing, and they have not told of themselves either. */
  notWrittenYet: 'Has not written yet',
  action: { loaded: 'loaded', broken: 'broken', archived: 'archived' },
  trigger: { schedule: 'Schedule', manual: 'By hand', retry: 'Retry' },
  triggerBy: (trigger: string, who: string) => `${trigger}, ${who}`,
})
