import type { DegradedReason } from '@kamihi/contracts'
import type { StoreError } from '@kamihi/store'

/** Whether what the bot does can be recorded. */
export type HealthStatus =
  | { state: 'ok' }
  | {
      state: 'degraded'
      reason: DegradedReason
      /** Epoch milliseconds. */
      since: number
      /** For whoever runs the bot: names files. */
      message: string
    }

const reasons: Partial<Record<StoreError['code'], DegradedReason>> = {
  full: 'full',
  readonly: 'readonly',
  io: 'io',
  cannot_open: 'io',
  corrupt: 'corrupt',
  vanished: 'vanished',
}

/** What a refusal of the database says about it; null when it says nothing, as a lock that is held. */
export const reasonOf = (failure: StoreError): DegradedReason | null => reasons[failure.code] ?? null

/** True when waiting does not help: the bot has to be stopped and a backup restored. The others pass when their cause is gone. */
export const isFatal = (reason: DegradedReason): boolean => reason === 'corrupt' || reason === 'vanished'

/** The status after a failure. Worse news replace what was known, the same and better ones do not. */
export function afterFailure(status: HealthStatus, failure: StoreError, now: number): HealthStatus {
  const reason = reasonOf(failure)
  if (reason === null) return status
  const isKnown = status.state === 'degraded' && (isFatal(status.reason) || !isFatal(reason))
  return isKnown ? status : { state: 'degraded', reason, since: now, message: failure.message }
}

/** What is the matter, for anybody: names no files. */
export { degradedWords as explanations } from '@kamihi/contracts'
