import type { Job } from '@kamihi/contracts'

/** What is asked before something is done with a run. */
export type RunAsk = { verb: 'cancel' } | { verb: 'retry' } | { verb: 'again'; job: Job }
