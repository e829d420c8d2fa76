import { setImmediate } from 'node:timers/promises'
import { type BulkResult, fieldIssue, type Issue, mostAtOnce } from '@kamihi/contracts'
import { ApiProblem } from './refusals/problem.ts'

/** Room for ten thousand ids, or as many new users. */
export const bulkBodyLimit = 8 * 1024 * 1024

export type Change = { kind: 'changed'; runId?: string } | { kind: 'unchanged' }

export const changed: Change = { kind: 'changed' }
export const unchanged: Change = { kind: 'unchanged' }

interface Target<Filter> {
  ids?: string[]
  filter?: Filter
}

/**
 * The ids that a bulk request is about.
 * @throws ApiProblem when it names both or neither, or when its filter finds more than may be changed at once
 */
export async function idsOf<Filter>(
  { ids, filter }: Target<Filter>,
  matching: (filter: Filter, limit: number) => Promise<string[]>,
): Promise<string[]> {
  if (ids && filter === undefined) return [...new Set(ids)]
  if (ids || filter === undefined) throw refused('/ids', { kind: 'ids_or_filter' })
  const found = await matching(filter, mostAtOnce + 1)
  if (found.length > mostAtOnce) throw refused('/filter', { kind: 'finds_too_many', limit: mostAtOnce })
  return found
}

const refused = (path: string, issue: Issue) =>
  new ApiProblem('invalid_request', { errors: [fieldIssue(path, issue)] })

/**
 * Changes each by itself, one after the other; what is refused is told, and the others are changed all the same. `tell` is given those
 * that were changed, also when the work broke off.
 */
export async function changeEach(
  ids: string[],
  change: (id: string) => Promise<Change>,
  tell: (changedIds: string[]) => void = () => {},
): Promise<BulkResult> {
  const changedIds: string[] = []
  const runIds: string[] = []
  const refusals: BulkResult['refused'] = []
  try {
    for (const id of ids) {
      await letOthersIn()
      const outcome = await orRefusal(change(id))
      if (outcome.kind === 'refused') refusals.push({ id, ...outcome.reason })
      if (outcome.kind === 'changed') changedIds.push(id)
      if (outcome.kind === 'changed' && outcome.runId) runIds.push(outcome.runId)
    }
  } finally {
    tell(changedIds)
  }
  const unchanged = ids.length - changedIds.length - refusals.length
  const { length: changed } = changedIds
  return { matched: ids.length, changed, unchanged, refused: refusals, changedIds, runIds }
}

/**
 * What is to be awaited between two of many changes: the database answers at once, so that nothing else of the bot, which beats and sends
 * beside, would get a turn before the last.
 */
export const letOthersIn = (): Promise<void> => setImmediate()

type Reason = Pick<BulkResult['refused'][number], 'code' | 'message'>

/** One of many that was refused. */
export interface Refused {
  kind: 'refused'
  reason: Reason
}

/** What somebody would be told who had asked for this one alone. */
export async function orRefusal<T>(work: Promise<T>): Promise<T | Refused> {
  try {
    return await work
  } catch (error) {
    if (!(error instanceof ApiProblem)) throw error
    return { kind: 'refused', reason: { code: error.code, message: error.message } }
  }
}
