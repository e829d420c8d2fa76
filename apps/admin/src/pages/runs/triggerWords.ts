import type { Run } from '@kamihi/contracts'

/** Who or what started a run. */
export function triggerWords({ trigger, requestedBy }: Pick<Run, 'trigger' | 'requestedBy'>): string {
  const by = requestedBy ? `, ${requestedBy}` : ''
  const words = { schedule: 'Schedule', manual: `By hand${by}`, retry: `Retry${by}` }
  return words[trigger]
}
