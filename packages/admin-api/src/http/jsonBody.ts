import { boundsIssue, depthOf, fieldIssue, jsonBounds } from '@kamihi/contracts'
import { ApiProblem, type FieldError } from '../refusals/problem.ts'

/** Fields in which callers may put any JSON they like. */
const freeFields: ReadonlySet<string> = new Set(['args', 'profile'])

/** The levels around a free field: a list in the request, an entry of it, the field. */
const around = 4

/**
 * Refuses JSON that would be too much for whatever comes after.
 * @throws ApiProblem `invalid_request`, which names the fields
 */
export function refuseBoundlessJson(body: unknown): void {
  const limit = jsonBounds.depth + around
  const errors =
    depthOf(body, limit) > limit
      ? [fieldIssue('/', { kind: 'json_too_much', of: 'levels', limit })]
      : wrongFields(body)
  if (errors.length > 0) throw new ApiProblem('invalid_request', { errors })
}

/** Recursion is safe here: the levels are counted. */
function wrongFields(value: unknown, path = ''): FieldError[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, child]) => {
    const at = `${path}/${key}`
    if (!freeFields.has(key)) return wrongFields(child, at)
    const issue = boundsIssue(child)
    return issue ? [fieldIssue(at, issue)] : []
  })
}
