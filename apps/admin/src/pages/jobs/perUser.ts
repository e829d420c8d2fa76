import { count } from '../../lib/format.ts'
import type { JobDraft } from '../../lib/jobDraft.ts'

type Chosen = Pick<JobDraft, 'perUser' | 'userIds' | 'roleIds'>

/** What "Per user" means for the people chosen; `people` is undefined until the server has counted them. */
export function perUserConsequence(
  { perUser, userIds, roleIds }: Chosen,
  people: number | undefined,
): string {
  const nobody = userIds.length + roleIds.length === 0
  if (perUser && nobody)
    return 'Nobody is chosen: the job will not run at all. Choose people, or leave this off.'
  const many = people === undefined ? 'everyone chosen' : count(people, 'person', 'people')
  if (perUser) {
    const times = people === undefined ? 'once for each of them' : count(people, 'time')
    return `The action runs ${times}; user is each person in turn, and each gets their own result.`
  }
  const whom = nobody ? 'nobody gets a message' : `the same result goes to ${many}`
  return `The action runs once; user is null, users are all of them, and ${whom}.`
}
