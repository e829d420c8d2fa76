import type { Issue, User } from '@kamihi/contracts'
import type { Store } from '@kamihi/store'
import type { FastifyRequest } from 'fastify'
import { type ApiContext, principalIn } from '../context.ts'
import { ApiProblem } from '../refusals/problem.ts'
import { mayDo } from './principal.ts'

/** What is to become of a user: other fields, or nothing at all. */
type Wanted = { kind: 'changed'; isAdmin?: boolean; telegramId?: number } | { kind: 'removed' }

/**
 * Why only an owner may do this to a user, or null. Operators do not say who is admin. They neither remove nor replace somebody who is
 * admin, or who gets the codes of an account: whoever has that Telegram id is that person to the bot.
 */
async function ownersOnly(store: Store, user: User | null, wanted: Wanted): Promise<Issue | null> {
  const isAdmin = user?.isAdmin ?? false
  if (wanted.kind === 'changed' && (wanted.isAdmin ?? isAdmin) !== isAdmin)
    return { kind: 'admins_by_owners' }
  const stays = wanted.kind === 'changed' && (wanted.telegramId ?? user?.telegramId) === user?.telegramId
  if (user === null || stays) return null
  if (user.isAdmin) return { kind: 'admin_by_owners' }
  const accounts = await store.accounts.linkedTo(user.id)
  return accounts.length > 0 ? { kind: 'linked_by_owners', accounts } : null
}

/** Refuses to operators what only owners may do to a user, given or by id; null for a new one. @throws ApiProblem `forbidden` */
export async function checkOwnersOnly(
  { kamihi: { store } }: ApiContext,
  request: FastifyRequest,
  given: User | string | null,
  wanted: Wanted,
): Promise<void> {
  if (mayDo(principalIn(request).role, 'owner')) return
  const user = typeof given === 'string' ? await store.users.get(given) : given
  const issue = await ownersOnly(store, user, wanted)
  if (issue) throw new ApiProblem('forbidden', { issue })
}
