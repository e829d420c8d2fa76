import { fieldIssue, type Issue } from '@kamihi/contracts'
import { ApiProblem } from '../refusals/problem.ts'

const dayMs = 86_400_000

/** A stretch of time that a query asks for, as epoch milliseconds. @throws ApiProblem where it is empty, turned round or too long */
export function stretchOf(
  query: { from: string; to: string },
  longestDays: number,
): { from: number; to: number } {
  const [from, to] = [Date.parse(query.from), Date.parse(query.to)]
  if (to <= from) throw turnedRound(query.from)
  if (to - from > longestDays * dayMs)
    throw refused('to', { kind: 'too_long_after', other: 'from', days: longestDays }, query.to)
  return { from, to }
}

/** The refusal of a stretch that ends before it begins. */
export const turnedRound = (from: string | undefined) =>
  refused('from', { kind: 'not_before', other: 'to' }, from)

const refused = (parameter: string, issue: Issue, given: string | undefined) =>
  new ApiProblem('invalid_request', { errors: [fieldIssue(parameter, issue, { given })] })
