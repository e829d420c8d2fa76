import type { AuditEntry } from '@kamihi/contracts'

type Entry = Pick<AuditEntry, 'verb' | 'changes'>

/** Fields that somebody changed; what went from nothing to nothing is no change. */
export const changesOf = ({ changes }: Entry): [string, AuditEntry['changes'][string]][] =>
  Object.entries(changes).filter(([, { before, after }]) => !(isNothing(before) && isNothing(after)))

const isNothing = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)

/** What somebody did, in words. */
export function verbOf(
  { verb, changes }: Entry,
  words: { verbs: Readonly<Record<string, string>>; tried: string },
): string {
  if (verb === 'job.run' && changes.dryRun?.after === true) return words.tried
  return words.verbs[verb] ?? verb
}

/** The instant that a field holds, in epoch milliseconds; null where it holds something else. */
export function instantIn(field: string, value: unknown): number | null {
  if (!/At$/.test(field) && field !== 'scheduledFor') return null
  const at = typeof value === 'number' ? value : typeof value === 'string' ? Date.parse(value) : Number.NaN
  return Number.isNaN(at) ? null : at
}
