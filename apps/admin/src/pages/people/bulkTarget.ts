import type { User, UserQuery } from '@kamihi/contracts'
import type { Selection } from '../../lib/selection.ts'

type Filter = Pick<UserQuery, 'q' | 'roleId' | 'jobId' | 'isAdmin' | 'reachability'>
/** The users that a bulk request is about. */
export type UserTarget = { ids: string[] } | { filter: Filter }

/** A selection of users as the API takes it: what stands in an address is text, what stands in a body is not. */
export function userTargetOf(selection: Selection): UserTarget {
  if (selection.kind === 'ids') return { ids: selection.ids }
  const { isAdmin, reachability, ...rest } = selection.filter
  return {
    filter: {
      ...rest,
      ...(isAdmin === undefined ? {} : { isAdmin: isAdmin === 'true' }),
      ...(reachability === undefined ? {} : { reachability: reachability as User['reachability'] }),
    },
  }
}
