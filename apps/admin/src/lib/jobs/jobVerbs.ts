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
  | 'runs'
  | 'why'
  | 'exportJson'
  | 'delete'

/** What can be done with a job, in the order of the menu: one that was deleted neither runs nor changes until it is restored. */
export function jobVerbs({
  archivedAt,
  nextRunAt,
  paused,
}: Pick<Job, 'archivedAt' | 'nextRunAt' | 'paused'>): JobVerb[] {
  if (archivedAt) return ['view', 'restore', 'duplicate', 'runs', 'exportJson']
  return [
    'view',
    'edit',
    'run',
    'dryRun',
    ...(nextRunAt ? ['skipNext' as const] : []),
    paused ? 'resume' : 'pause',
    'duplicate',
    'runs',
    'why',
    'exportJson',
    'delete',
  ]
}
