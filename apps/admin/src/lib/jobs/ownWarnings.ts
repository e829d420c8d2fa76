import type { Job, Warning } from '@kamihi/contracts'

type Warned = Pick<Job, 'warnings' | 'enabled' | 'archivedAt' | 'recipientCount'>

/** Warnings about the job itself; that jobs are off is said once for all of them. */
export const ownWarnings = ({ warnings, enabled, archivedAt, recipientCount }: Warned): Warning[] =>
  withNobody(
    warnings.filter(({ code }) => code !== 'jobs_disabled'),
    enabled && archivedAt === null ? recipientCount : null,
  )

/**
 * The same warnings, and one more where a job that runs by itself reaches nobody: the server warns of that only where nobody makes the job
 * do nothing. `people`: how many it reaches; null where it does not run by itself.
 */
export function withNobody(warnings: readonly Warning[], people: number | null): Warning[] {
  const isTold = warnings.some(({ code }) => code === 'no_recipients')
  if (people !== 0 || isTold) return [...warnings]
  return [...warnings, { code: 'nobody', path: '/userIds', message: 'Nobody is in its audience.' }]
}
