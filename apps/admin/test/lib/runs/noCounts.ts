import type { RunCounts } from '@kamihi/contracts'

/** A run for nobody yet. */
export const none: RunCounts = {
  total: 0,
  pending: 0,
  inProgress: 0,
  sent: 0,
  noOutput: 0,
  failed: 0,
  unreachable: 0,
  cancelled: 0,
  expired: 0,
  uncertain: 0,
}
