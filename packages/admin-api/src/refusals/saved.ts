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
      throw noSuch(what)
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
      throw unknownReference(saved)
  }
}

/** The refusal of what names users or roles that do not exist. */
export const unknownReference = ({ field, ids }: { field: string; ids: string[] }) =>
  new ApiProblem('unknown_reference', {
    issue: { kind: 'unknown_ids', field, ids: ids.slice(0, 5) },
    errors: [fieldIssue(`/${field}`, { kind: 'does_not_exist' }, { given: ids.slice(0, 20) })],
  })

/** What was validated. @throws ApiProblem that names each field which was refused */
export function accepted<T extends object>(outcome: T | Refusal): T {
  if (isRefused(outcome)) throw refused(outcome)
  return outcome
}

const isRefused = (outcome: object): outcome is Refusal => 'kind' in outcome && outcome.kind === 'refused'

/** Each field tells what is wrong with it, so that clients can say it in the language of their reader. */
export const refused = ({ code, errors }: Refusal) => new ApiProblem(code, { errors })

/** The refusal of what names a thing that is not there. */
export const noSuch = (thing: ThingName) => new ApiProblem('not_found', { issue: { kind: 'no_such', thing } })

/** The thing itself, or 404. */
export function found<T>(value: T | null, what: ThingName): T {
  if (value === null) throw noSuch(what)
  return value
}

/** @throws ApiProblem 404 when what was to be removed or ended was not there */
export function checkFound(wasThere: boolean, what: ThingName): void {
  if (!wasThere) throw noSuch(what)
}

/** Refuses what would leave nobody who can sign in as owner. */
const lastOwner = () => new ApiProblem('last_owner', { issue: { kind: 'other_owner_first' } })

/** @throws ApiProblem when it was not removed, with the reason */
export function checkRemoved(outcome: 'removed' | 'not_found' | 'last_owner', what: ThingName): void {
  if (outcome === 'last_owner') throw lastOwner()
  checkFound(outcome === 'removed', what)
}
