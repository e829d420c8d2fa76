import { type Run, type RunCounts, terminalRunStates } from '@kamihi/contracts'
import { count } from './format.ts'
import { skipSentences } from './states.ts'

export const hasEnded = (run: Pick<Run, 'state'>): boolean =>
  (terminalRunStates as readonly string[]).includes(run.state)

/** How many recipients did not get it, for whatever reason. */
export const missedOut = (counts: RunCounts): number =>
  counts.failed + counts.unreachable + counts.cancelled + counts.expired + counts.uncertain

/** How a run ended, or what it does, in a sentence. */
export function verdictOf(run: Pick<Run, 'state' | 'reason' | 'counts' | 'dryRun' | 'pausedBy'>): string {
  const { state, counts } = run
  const done = counts.total - counts.pending - counts.inProgress
  switch (state) {
    case 'queued':
      return 'Waits for its turn.'
    case 'running':
      return counts.total === 0
        ? 'The action is running.'
        : `${done} of ${count(counts.total, 'person', 'people')} done.`
    case 'paused':
      return `Paused${run.pausedBy ? ` by ${run.pausedBy}` : ''}; ${counts.pending} are waiting.`
    case 'skipped':
      return run.reason ? skipSentences[run.reason] : 'Nothing was run.'
    case 'expired':
      return 'It could not be finished within its deadline.'
    case 'cancelled':
      return `Cancelled: ${counts.sent} got it, ${counts.cancelled} did not.`
    case 'completed':
      return completed(run)
    case 'partial':
    case 'failed':
      return failed(run)
  }
}

function completed({ counts, dryRun }: Pick<Run, 'counts' | 'dryRun'>): string {
  if (dryRun) return 'Dry run: nothing was sent. Below is what each person would get.'
  if (counts.total === 0) return 'The action ran; there was nobody to send to.'
  if (counts.sent === 0) return 'The action ran and returned nothing to send.'
  const silent = counts.noOutput > 0 ? ` For ${counts.noOutput} there was nothing to send.` : ''
  return `Sent to ${count(counts.sent, 'person', 'people')}.${silent}`
}

function failed({ counts }: Pick<Run, 'counts'>): string {
  if (counts.total === 0) return 'The action failed.'
  const fine = counts.sent + counts.noOutput
  return `${missedOut(counts)} of ${count(counts.total, 'person', 'people')} did not get it${fine > 0 ? `; ${fine} did` : ''}.`
}
