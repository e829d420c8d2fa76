import { type Job, type JobSettings, jobDefaults } from '@kamihi/contracts'

/** A job as it stands in the form. */
export type JobDraft = JobSettings

/** A job that nobody has filled in yet. */
export const emptyDraft = (action = ''): JobDraft => ({
  ...jobDefaults,
  userIds: [],
  roleIds: [],
  args: {},
  action,
  cronExpression: '',
})

const keys = Object.keys(emptyDraft()) as (keyof JobDraft)[]

const longestName = 200

/** A copy to begin with: called otherwise, and off, so that nothing is sent twice. `called`: the name of a copy. */
export const copyOf = (job: Job, called: (name: string) => string): JobDraft => ({
  ...draftOf(job),
  name: called(titleOf(job).slice(0, longestName - called('').length)),
  enabled: false,
})

/** What of a job can be edited: a copy, also of a job that a page watches, which `structuredClone` would refuse. */
export function draftOf(job: Job): JobDraft {
  const draft = Object.fromEntries(keys.map((key) => [key, job[key]]))
  return JSON.parse(JSON.stringify(draft)) as JobDraft
}

/** What a change that is in the audit log replaced, as far as it can be edited. */
export function draftBefore(changes: Record<string, { before: unknown }>): Partial<JobDraft> {
  const editable = Object.entries(changes).filter(([key]) => (keys as string[]).includes(key))
  return Object.fromEntries(editable.map(([key, { before }]) => [key, before])) as Partial<JobDraft>
}

/** The fields that differ: a save touches nothing else, so edits of two people to different fields both stay. */
export function changesBetween<T extends object>(before: T, after: T): Partial<T> {
  const changed = Object.entries(after).filter(
    ([key, value]) => JSON.stringify(value) !== JSON.stringify(before[key as keyof T]),
  )
  return Object.fromEntries(changed) as Partial<T>
}

/** How a job is called: by its name, else by what it runs. */
export const titleOf = ({ name, action }: Pick<JobSettings, 'name' | 'action'>): string =>
  name || `/${action}`

/** What most jobs leave as it comes: shown under "More options". */
export const optionKeys = [
  'timezone',
  'startsAt',
  'endsAt',
  'overlap',
  'catchUp',
  'catchUpWindowSeconds',
  'retries',
  'timeoutSeconds',
  'deadlineSeconds',
  'delivery',
  'notes',
] as const satisfies (keyof JobDraft)[]

/** True when something under "More options" is not as it comes. */
export const hasOptions = (draft: JobDraft): boolean =>
  optionKeys.some((key) => draft[key] !== jobDefaults[key])
