import type { Session } from '@kamihi/contracts'
import type { QueryClient } from '@tanstack/svelte-query'

/** The key of who is signed in. */
export const sessionKey = ['session'] as const

/** Makes room for who is signed in now: what another account was shown before is forgotten. */
export function takeOver(queries: QueryClient, session: Session): Session {
  const before = queries.getQueryData<Session>(sessionKey)
  if (before && before.account.id !== session.account.id)
    queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionKey[0] })
  return session
}

/** Lets in who has just signed in; whatever is shown is asked for again. */
export async function enter(queries: QueryClient, session: Session): Promise<void> {
  queries.setQueryData(sessionKey, takeOver(queries, session))
  await queries.invalidateQueries()
}
