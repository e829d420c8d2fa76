import type { RunState } from '@kamihi/contracts'
import { isTerminalRun } from '../../states.ts'

/** How a delivery ends that would have to be taken up again, when nobody wants its run any more; null while the run goes on. */
export function endOfUnwanted(
  runState: RunState,
  cancelRequestedAt: number | null,
): 'cancelled' | 'expired' | null {
  if (cancelRequestedAt !== null) return 'cancelled'
  if (!isTerminalRun(runState)) return null
  return runState === 'expired' ? 'expired' : 'cancelled'
}
