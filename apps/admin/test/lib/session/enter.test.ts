import type { Session } from '@kamihi/contracts'
import { QueryClient } from '@tanstack/svelte-query'
import { expect, it } from 'vitest'
import { takeOver } from '../../../src/lib/session/enter.ts'

const sessionOf = (id: string) => ({ account: { id, username: id, role: 'viewer' } }) as Session

function shownTo(id: string): QueryClient {
  const queries = new QueryClient()
  queries.setQueryData(['session'], sessionOf(id))
  queries.setQueryData(['tokens', 'list'], { items: ['secret'] })
  return queries
}

it('what one account was shown is forgotten when another takes over', () => {
  const queries = shownTo('ana')
  expect(takeOver(queries, sessionOf('luis'))).toEqual(sessionOf('luis'))
  expect(queries.getQueryData(['tokens', 'list'])).toBeUndefined()
})

it('what an account was shown stays when the same one signs in again', () => {
  const queries = shownTo('ana')
  takeOver(queries, sessionOf('ana'))
  expect(queries.getQueryData(['tokens', 'list'])).toEqual({ items: ['secret'] })
})

it('the first who signs in takes over from nobody', () => {
  const queries = new QueryClient()
  queries.setQueryData(['sign-in options'], { require: 'password' })
  takeOver(queries, sessionOf('ana'))
  expect(queries.getQueryData(['sign-in options'])).toEqual({ require: 'password' })
})
