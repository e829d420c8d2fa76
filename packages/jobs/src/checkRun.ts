import type { Kamihi } from '@kamihi/core'
import type { ManualEnqueue } from '@kamihi/store'
import type { Refusal } from './jobs.types.ts'
import { argIssues, refusedArgs } from './validate.ts'

/** People that a run is asked for, of whom some do not exist. */
export type UnknownPeople = { kind: 'unknown_reference'; field: 'onlyUserIds'; ids: string[] }

/** Why a run by hand cannot be what it is asked to be; null when it can. Whether it may begin now is for the store to say. */
export async function refusedRun(
  kamihi: Kamihi,
  { jobId, args, onlyUserIds }: Pick<ManualEnqueue, 'jobId' | 'args' | 'onlyUserIds'>,
): Promise<Refusal | UnknownPeople | null> {
  const refused = args === null ? null : await refusedArgsOf(kamihi, jobId, args)
  if (refused) return refused
  const ids = await unknownOf(kamihi, onlyUserIds ?? [])
  return ids.length === 0 ? null : { kind: 'unknown_reference', field: 'onlyUserIds', ids }
}

/** The args of the job itself were checked when it was saved. */
async function refusedArgsOf(
  kamihi: Kamihi,
  jobId: string,
  args: Record<string, unknown>,
): Promise<Refusal | null> {
  const job = kamihi.config.jobs.strictArgs ? await kamihi.store.jobs.get(jobId) : null
  return job && refusedArgs(argIssues(kamihi, job.action, args))
}

async function unknownOf({ store }: Kamihi, userIds: string[]): Promise<string[]> {
  if (userIds.length === 0) return []
  const wanted = new Set(userIds)
  for (const { id } of await store.users.getMany([...wanted])) wanted.delete(id)
  return [...wanted]
}
