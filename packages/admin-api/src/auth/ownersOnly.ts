import type { Issue, User } from '@kamihi/contracts'
import type { Store } from '@kamihi/store'
import type { FastifyRequest } from 'fastify'
import { type ApiContext, principalIn } from '../context.ts'
import { ApiProblem } from '../refusals/problem.ts'
import { mayDo } from './principal.ts'

/** What is to become of a user: other fields, or nothing at all. */
type Wanted =
  | { kind: 'changed'; isAdmin?: boolean; telegramId?: number; roleIds?: string[] }
  | { kind: 'removed' }

/**
 * Why only an owner may do this to a user, or null. Operators say neither who is admin nor who has a locked role. They neither remove nor
 * replace somebody who is admin, has such a role, or gets the codes of an account: whoever has that Telegram id is that person to the bot.
 */
async function ownersOnly(store: Store, user: User | null, wanted: Wanted): Promise<Issue | null> {
  const isAdmin = user?.isAdmin ?? false
  if (wanted.kind === 'changed' && (wanted.isAdmin ?? isAdmin) !== isAdmin)
    return { kind: 'admins_by_owners' }
  const stays = wanted.kind === 'changed' && (wanted.telegramId ?? user?.telegramId) === user?.telegramId
  const goes = user !== null && !stays ? await ownersOnlyReplace(store, user) : null
  if (goes || wanted.kind === 'removed' || !wanted.roleIds) return goes
  const roles = await lockedAmong(store, onlyInOne(user?.roleIds ?? [], wanted.roleIds))
  return roles.length > 0 ? { kind: 'locked_by_owners', roles } : null
}

async function ownersOnlyReplace(store: Store, user: User): Promise<Issue | null> {
  if (user.isAdmin) return { kind: 'admin_by_owners' }
  const roles = await lockedAmong(store, user.roleIds)
  if (roles.length > 0) return { kind: 'member_by_owners', roles }
  const accounts = await store.accounts.linkedTo(user.id)
  return accounts.length > 0 ? { kind: 'linked_by_owners', accounts } : null
}

const lockedAmong = async (store: Store, ids: string[]): Promise<string[]> =>
  ids.length === 0 ? [] : (await store.roles.lockedAmong(ids)).map(({ name }) => name)

function onlyInOne(some: string[], others: string[]): string[] {
  const [a, b] = [new Set(some), new Set(others)]
  return [...some.filter((id) => !b.has(id)), ...others.filter((id) => !a.has(id))]
}

/** Refuses to operators what only owners may do to a user, given or by id; null for a new one. @throws ApiProblem `forbidden` */
export async function checkOwnersOnly(
  { kamihi: { store } }: ApiContext,
  request: FastifyRequest,
  given: User | string | null,
  wanted: Wanted,
): Promise<void> {
  if (isOwner(request)) return
  const user = typeof given === 'string' ? await store.users.get(given) : given
  refuse(await ownersOnly(store, user, wanted))
}

/** Refuses to operators to lock a role, and to change or remove one that is locked; null for a new one. @throws ApiProblem `forbidden` */
export async function checkLock(
  { kamihi: { store } }: ApiContext,
  request: FastifyRequest,
  roleId: string | null,
  { locked = false }: { locked?: boolean } = {},
): Promise<void> {
  if (isOwner(request)) return
  const roles = await lockedAmong(store, roleId === null ? [] : [roleId])
  if (roles.length > 0) refuse({ kind: 'locked_by_owners', roles })
  if (locked) refuse({ kind: 'locks_by_owners' })
}

const isOwner = (request: FastifyRequest): boolean => mayDo(principalIn(request).role, 'owner')

function refuse(issue: Issue | null): void {
  if (issue) throw new ApiProblem('forbidden', { issue })
}
