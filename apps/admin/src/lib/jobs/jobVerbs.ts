import type { Job } from '@kamihi/contracts'

/** What can be done with a job, as the menu of its row names it. */
export type JobVerb =
  | 'view'
  | 'edit'
  | 'restore'
  | 'run'
  | 'dryRun'
  | 'skipNext'
  | 'pause'
  | 'resume'
  | 'duplicate'
  | 'enable'
  | 'disable'
  | 'runs'
  | 'why'
  | 'exportJson'
  | 'delete'

/** What can be done with a job, in the order of the menu: one that was deleted neither runs nor changes until it is restored. */
export function jobVerbs({
  archivedAt,
  enabled,
  nextRunAt,
  paused,
}: Pick<Job, 'archivedAt' | 'enabled' | 'nextRunAt' | 'paused'>): JobVerb[] {
  if (archivedAt) return ['view', 'restore', 'duplicate', 'runs', 'exportJson']
  return [
    'view',
    'edit',
    'run',
    'dryRun',
    ...(nextRunAt ? ['skipNext' as const] : []),
    paused ? 'resume' : 'pause',
    'duplicate',
    enabled ? 'disable' : 'enable',
    'runs',
    'why',
    'exportJson',
    'delete',
  ]
}
