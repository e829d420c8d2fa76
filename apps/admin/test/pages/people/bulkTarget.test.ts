import { expect, it } from 'vitest'
import { userTargetOf } from '../../../src/pages/people/bulkTarget.ts'

it('sends the ids of rows that were chosen', () => {
  expect(userTargetOf({ kind: 'ids', ids: ['a', 'b'], count: 2 })).toEqual({ ids: ['a', 'b'] })
})

it('sends the filter of a whole list, in the types of the API', () => {
  const filter = { q: 'true', roleId: 'r', isAdmin: 'false', reachability: 'blocked' }
  expect(userTargetOf({ kind: 'matching', filter, count: 9 })).toEqual({
    filter: { q: 'true', roleId: 'r', isAdmin: false, reachability: 'blocked' },
  })
})
