import type { RunCause, RunCauseWords } from './runCause.ts'

/** Causes in English, as the server writes them. */
export const runCauseWords: RunCauseWords = {
  overlap: ({ runId }) => `Run ${runId} had not ended.`,
  displaced: () => 'A newer occurrence took its place in the queue.',
  no_recipients: () => 'It runs for each user, and nobody is chosen.',
  action_missing: ({ action }) => `The action ${action} is not in the code.`,
  missed: ({ count }) => `${count} missed`,
  paused: ({ scope, by, reason }) =>
    `${scope === 'job' ? 'Paused' : 'The scheduler was paused'} by ${by}${reason ? `: ${reason}` : '.'}`,
  requested: ({ by, reason }) => `${by} asked to leave it out${reason ? `: ${reason}` : '.'}`,
  restored: () => 'It was open when the backup was made that the database was restored from.',
}

/** The sentence for a cause. */
export const wordsOfCause = (cause: RunCause, words: RunCauseWords): string =>
  (words[cause.kind] as (cause: RunCause) => string)(cause)
