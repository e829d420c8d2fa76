import { fieldIssue, type ThingName } from '@kamihi/contracts'
import type { Refusal } from '@kamihi/jobs'
import type { LastOwner, Saved } from '@kamihi/store'
import { ApiProblem } from './problem.ts'

/** The value of an edit that was taken; every other outcome is a refusal that tells why. */
export function savedValue<T>(saved: Saved<T> | LastOwner, what: ThingName): T {
  switch (saved.kind) {
    case 'saved':
      return saved.value
    case 'not_found':
      throw new ApiProblem('not_found', { issue: { kind: 'no_such', thing: what } })
    case 'version_conflict':
      throw new ApiProblem('version_conflict', {
        issue: { kind: 'changed_meanwhile', thing: what },
        current: saved.current,
      })
    case 'last_owner':
      throw lastOwner()
    case 'duplicate':
      throw new ApiProblem('duplicate', {
        issue: { kind: 'taken', thing: what, field: saved.field },
        errors: [fieldIssue(`/${saved.field}`, { kind: 'is_taken' })],
      })
    case 'unknown_reference':
      throw new ApiProblem('unknown_reference', {
        issue: { kind: 'unknown_ids', field: saved.field, ids: saved.ids.slice(0, 5) },
        errors: [
          fieldIssue(`/${saved.field}`, { kind: 'does_not_exist' }, { given: saved.ids.slice(0, 20) }),
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
export function found<T>(value: T | null, what: ThingName): T {
  if (value === null) throw new ApiProblem('not_found', { issue: { kind: 'no_such', thing: what } })
  return value
}

/** Refuses what would leave nobody who can sign in as owner. */
const lastOwner = () => new ApiProblem('last_owner', { issue: { kind: 'other_owner_first' } })

/** @throws ApiProblem when it was not removed, with the reason */
export function checkRemoved(outcome: 'removed' | 'not_found' | 'last_owner', what: ThingName): void {
  if (outcome === 'last_owner') throw lastOwner()
  found(outcome === 'removed' || null, what)
}
