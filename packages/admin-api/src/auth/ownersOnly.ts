import type { Issue, User } from '@kamihi/contracts'
import type { FastifyRequest } from 'fastify'
import { type ApiContext, principalIn } from '../context.ts'
import { ApiProblem } from '../problem.ts'
import { mayDo } from './principal.ts'

/** What is to become of a user: other fields, or nothing at all. */
type Wanted = { kind: 'changed'; isAdmin?: boolean; telegramId?: number } | { kind: 'removed' }

/**
 * Why only an owner may do this to a user, or null. Operators do not say who is admin. They neither remove nor replace somebody who is
 * admin, or who gets the codes of an account: whoever has that Telegram id is that person to the bot.
 */
export function ownersOnly(user: User | null, accounts: string[], wanted: Wanted): Issue | null {
  const isAdmin = user?.isAdmin ?? false
  if (wanted.kind === 'changed' && (wanted.isAdmin ?? isAdmin) !== isAdmin)
    return { kind: 'admins_by_owners' }
  const stays = wanted.kind === 'changed' && (wanted.telegramId ?? user?.telegramId) === user?.telegramId
  if (user === null || stays) return null
  if (user.isAdmin) return { kind: 'admin_by_owners' }
  return accounts.length > 0 ? { kind: 'linked_by_owners', accounts } : null
}

/** Refuses to operators what only owners may do to a user; `id` is null for a new one. @throws ApiProblem `forbidden` */
export async function checkOwnersOnly(
  { kamihi: { store } }: ApiContext,
  request: FastifyRequest,
  id: string | null,
  wanted: Wanted,
): Promise<void> {
  if (mayDo(principalIn(request).role, 'owner')) return
  const user = id === null ? null : await store.users.get(id)
  const issue = ownersOnly(user, id === null ? [] : await store.accounts.linkedTo(id), wanted)
  if (issue) throw new ApiProblem('forbidden', { issue })
}
