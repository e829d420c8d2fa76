import { type RunCause, runCauseWords, type SkipReason, wordsOfCause } from '@kamihi/contracts'

/** What a run can be skipped for. */
export type SkipCause = Exclude<RunCause, { kind: 'restored' }>

/** What a run keeps of a cause: itself, and the sentence for it. */
export const keptCause = (cause: RunCause) => ({
  cause,
  reasonDetail: wordsOfCause(cause, runCauseWords),
})

/** What a skipped run keeps of why it was. */
export const becauseOf = (cause: SkipCause) => ({
  reason: (cause.kind === 'displaced' ? 'overlap' : cause.kind) satisfies SkipReason,
  ...keptCause(cause),
})
