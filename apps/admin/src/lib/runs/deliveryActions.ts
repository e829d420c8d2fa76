import type { Delivery, Run } from '@kamihi/contracts'
import { hasEnded } from '../home/verdict.ts'

const sentAgain: ReadonlySet<Delivery['state']> = new Set([
  'failed',
  'unreachable',
  'uncertain',
  'no_output',
  'cancelled',
  'expired',
])

/** Whether one recipient can be left out: neither the action nor Telegram has them in hand. */
export const canLeaveOut = ({ state }: Pick<Delivery, 'state'>): boolean =>
  state === 'pending' || state === 'acted' || state === 'retrying'

/** Whether one delivery can be sent again: it did not arrive, and nothing of its run is under way. What a dry run shows is never sent. */
export const canSendAgain = (
  run: Pick<Run, 'state' | 'dryRun'>,
  { state }: Pick<Delivery, 'state'>,
): boolean => !run.dryRun && hasEnded(run) && sentAgain.has(state)
