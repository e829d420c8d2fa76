import type { Refusal } from '@kamihi/jobs'
import type { Saved } from '@kamihi/store'
import { ApiProblem } from './problem.ts'

/** The value of an edit that was taken; every other outcome is a refusal that tells why. */
export function savedValue<T>(saved: Saved<T>, what: string): T {
  switch (saved.kind) {
    case 'saved':
      return saved.value
    case 'not_found':
      throw new ApiProblem('not_found', { detail: `There is no such ${what}.` })
    case 'version_conflict':
      throw new ApiProblem('version_conflict', {
        detail: `This ${what} was changed meanwhile. Load it again, or send the version you want to replace.`,
        current: saved.current,
      })
    case 'duplicate':
      throw new ApiProblem('duplicate', {
        detail: `There is a ${what} with this ${saved.field} already.`,
        errors: [{ path: `/${saved.field}`, message: 'is taken' }],
      })
    case 'unknown_reference':
      throw new ApiProblem('unknown_reference', {
        detail: `Unknown ${saved.field}: ${saved.ids.slice(0, 5).join(', ')}.`,
        errors: [
          {
            path: `/${saved.field}`,
            message: 'names something that does not exist',
            given: saved.ids.slice(0, 20),
          },
        ],
      })
  }
}

/** What was validated. @throws ApiProblem that names each field which was refused */
export function accepted<T extends object>(outcome: T | Refusal): T {
  if ('kind' in outcome && outcome.kind === 'refused') {
    const { code, errors } = outcome as Refusal
    throw new ApiProblem(code, { detail: errors.map((error) => error.message).join(' '), errors })
  }
  return outcome as T
}

/** The thing itself, or 404. */
export function found<T>(value: T | null, what: string): T {
  if (value === null) throw new ApiProblem('not_found', { detail: `There is no such ${what}.` })
  return value
}
