import type { JobDraft } from '../../lib/jobs/jobDraft.ts'
import type { Texts } from '../../texts/index.ts'

type Chosen = Pick<JobDraft, 'perUser' | 'userIds' | 'roleIds'>

/** What "Per user" means for the people chosen; `people` is undefined until the server has counted them. */
export function perUserConsequence(
  { perUser, userIds, roleIds }: Chosen,
  people: number | undefined,
  words: Texts['jobs']['perUserHelp'],
): string {
  const nobody = userIds.length + roleIds.length === 0
  if (perUser) return nobody ? words.nobody : words.each(people ?? null)
  return nobody ? words.onceNobody : words.once(people ?? null)
}
