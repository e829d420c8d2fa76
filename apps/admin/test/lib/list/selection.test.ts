import { expect, it } from 'vitest'
import { choicesFrom, type Filter, narrowingOf } from '../../../src/lib/list/filters.ts'
import { targetOf } from '../../../src/lib/list/selection.ts'

const choice = (name: string, ...values: string[]): Filter => ({
  kind: 'choice',
  name,
  label: name,
  choices: choicesFrom(Object.fromEntries(values.map((value) => [value, value]))),
})

it('sends the ids of rows that were chosen', () => {
  expect(targetOf({ kind: 'ids', ids: ['a', 'b'], count: 2 })).toEqual({ ids: ['a', 'b'] })
})

it.each([
  ['true', true],
  ['false', false],
])('sends the filter of a whole list, in the types of the API: admins %s', (typed, isAdmin) => {
  const filter = {
    q: 'true',
    roleId: 'r',
    ...narrowingOf(
      [choice('isAdmin', 'true', 'false'), choice('reachability', 'ok', 'blocked')],
      { isAdmin: typed, reachability: 'blocked' },
      'UTC',
    ),
  }
  expect(targetOf({ kind: 'matching', filter, count: 9 })).toEqual({
    filter: { q: 'true', roleId: 'r', isAdmin, reachability: 'blocked' },
  })
})
