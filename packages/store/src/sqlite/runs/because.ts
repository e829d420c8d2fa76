import { type RunCause, runCauseWords, type SkipReason, wordsOfCause } from '@kamihi/contracts'

/** What a run can be skipped for. */
export type SkipCause = Exclude<RunCause, { kind: 'restored' }>

/** What a skipped run keeps of why it was. */
export const becauseOf = (cause: SkipCause) => ({
  reason: (cause.kind === 'displaced' ? 'overlap' : cause.kind) satisfies SkipReason,
  cause,
  reasonDetail: wordsOfCause(cause, runCauseWords),
})
