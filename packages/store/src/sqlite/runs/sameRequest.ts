import { isDeepStrictEqual } from 'node:util'
import type { JobRecord, ManualEnqueue } from '../../store.ts'
import type { RunRow } from './present.ts'

type Asked = Pick<ManualEnqueue, 'args' | 'onlyUserIds' | 'dryRun' | 'scheduledFor'>
type Before = Pick<RunRow, 'args' | 'onlyUserIds' | 'dryRun' | 'createdAt' | 'scheduledFor'>

/**
 * True when a request asks for what its key was first used for. A key that comes with another request is a mistake of the caller: to
 * answer with the first run would hide it.
 */
export function isSameRequest(
  before: Before,
  asked: Asked,
  job: Pick<JobRecord, 'args' | 'updatedAt'>,
): boolean {
  return (
    before.dryRun === asked.dryRun &&
    before.scheduledFor === (asked.scheduledFor ?? before.createdAt) &&
    isDeepStrictEqual(peopleOf(before.onlyUserIds), peopleOf(asked.onlyUserIds)) &&
    hasSameArgs(before, asked, job)
  )
}

/** Args that are not given are those of the job, which may have been changed since. */
const hasSameArgs = (before: Before, { args }: Asked, job: Pick<JobRecord, 'args' | 'updatedAt'>): boolean =>
  args === null
    ? job.updatedAt > before.createdAt || isDeepStrictEqual(before.args, job.args)
    : isDeepStrictEqual(before.args, args)

const peopleOf = (ids: string[] | null | undefined): string[] | null =>
  ids ? [...new Set(ids)].sort() : null
