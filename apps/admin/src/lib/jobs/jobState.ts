import type { Job } from '@kamihi/contracts'
import type { Look } from '../display/states.ts'

/** Whether a job runs by itself, and if not, why. */
export type JobState = 'enabled' | 'disabled' | 'paused' | 'missing' | 'broken' | 'archived'

/** Whether a job runs by itself: the first of the reasons for which it does not, beginning with what lasts longest. */
export function jobStateOf({
  archivedAt,
  actionState,
  enabled,
  paused,
}: Pick<Job, 'archivedAt' | 'actionState' | 'enabled' | 'paused'>): JobState {
  if (archivedAt) return 'archived'
  if (actionState !== 'loaded') return actionState === 'broken' ? 'broken' : 'missing'
  if (!enabled) return 'disabled'
  return paused ? 'paused' : 'enabled'
}

export const jobLooks: Record<JobState, Look> = {
  enabled: { tone: 'ok', icon: 'check' },
  disabled: { tone: 'idle', icon: 'ban' },
  paused: { tone: 'warn', icon: 'clock' },
  missing: { tone: 'danger', icon: 'cross' },
  broken: { tone: 'danger', icon: 'cross' },
  archived: { tone: 'idle', icon: 'square' },
}
