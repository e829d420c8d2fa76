import type { Job } from '@kamihi/contracts'

/** For whom a run by hand is: all of the job's people, some, or nobody: what they would get is shown. */
export type RunMode = 'everyone' | 'chosen' | 'dry'

/** From here on the number of people has to be typed before a run by hand begins. */
const manyPeople = 500

/** How many a run by hand reaches. */
export const peopleOf = (mode: RunMode, chosen: number, everyone: number): number =>
  mode === 'chosen' ? chosen : everyone

/** True when so many are reached that a click is too easily done. */
export const needsTyping = (mode: RunMode, people: number): boolean => mode !== 'dry' && people > manyPeople

/** As many people as a dry run is for where none are chosen: the code of the action runs for each. */
export const triedPeople = 5

/** True when a dry run is for some of the job's people only, because nobody is chosen and they are many. */
export const triesFew = (
  mode: RunMode,
  chosen: number,
  job: Pick<Job, 'perUser' | 'recipientCount'>,
): boolean => mode === 'dry' && chosen === 0 && job.perUser && job.recipientCount > triedPeople

/** True when there is nobody for whom the job would run. */
export const hasNobody = (mode: RunMode, chosen: number, everyone: number): boolean =>
  mode !== 'chosen' && everyone === 0 && (mode === 'everyone' || chosen === 0)

/** How long a run will take: as long as sending takes at the permitted speed, or as long as the last runs took. */
export type Takes = { kind: 'paced' | 'usual'; ms: number }

/** How long a run will take, as far as it is known. */
export function takesOf(
  mode: RunMode,
  people: number,
  messagesPerSecond: number,
  p95Ms: number | null,
): Takes | null {
  if (mode === 'dry') return null
  const sendingMs = people > messagesPerSecond ? (people / messagesPerSecond) * 1000 : 0
  const usualMs = mode === 'everyone' ? (p95Ms ?? 0) : 0
  if (usualMs > sendingMs) return { kind: 'usual', ms: usualMs }
  return sendingMs > 0 ? { kind: 'paced', ms: sendingMs } : null
}
