import type { Permission, User } from '@kamihi/contracts'
import type { Texts } from '../../texts/index.ts'

/** Why somebody may use an action. */
export type Reason =
  | { kind: 'admin' }
  | { kind: 'direct'; permissionId: string }
  | { kind: 'role'; permissionId: string; roleId: string }

type Person = Pick<User, 'id' | 'isAdmin' | 'roleIds'>

/** Answers who may use what, and why; made once for all permissions, as lists of people are long. */
export function grantsOf(permissions: readonly Permission[]) {
  const byAction = new Map<string, { id: string; users: Set<string>; roles: Set<string> }[]>()
  for (const { id, action, userIds, roleIds } of permissions) {
    const others = byAction.get(action) ?? []
    byAction.set(action, [...others, { id, users: new Set(userIds), roles: new Set(roleIds) }])
  }
  const of = (action: string) => byAction.get(action) ?? []

  return {
    /** Why a person may use an action; empty: they may not. */
    ofUser(person: Person, action: string): Reason[] {
      const granted = of(action).flatMap(({ id, users, roles }): Reason[] => [
        ...(users.has(person.id) ? [{ kind: 'direct' as const, permissionId: id }] : []),
        ...person.roleIds
          .filter((roleId) => roles.has(roleId))
          .map((roleId) => ({ kind: 'role' as const, permissionId: id, roleId })),
      ])
      return person.isAdmin ? [{ kind: 'admin' }, ...granted] : granted
    },
    /** Permissions that give an action to a role. */
    ofRole: (roleId: string, action: string): Reason[] =>
      of(action)
        .filter(({ roles }) => roles.has(roleId))
        .map(({ id }) => ({ kind: 'role' as const, permissionId: id, roleId })),
  }
}

/** Reasons as words: `admin · by role Sales`. */
export function reasonWords(
  reasons: readonly Reason[],
  roleNames: ReadonlyMap<string, string>,
  texts: Texts['people']['matrix'],
): string {
  const words = reasons.map((reason) =>
    reason.kind === 'admin'
      ? texts.admin
      : reason.kind === 'direct'
        ? texts.directly
        : texts.byRole(roleNames.get(reason.roleId) ?? '…'),
  )
  return texts.reasons([...new Set(words)])
}

/** People that a permission reaches, by how it reaches them. */
export interface Reached {
  total: number
  direct: number
  byRole: number
  /** Chosen themselves and by a role: counted once. */
  both: number
}

/** Counts people who are chosen themselves or have one of some roles, each once. */
export function reachedBy(userIds: readonly string[], roles: readonly { userIds: string[] }[]): Reached {
  const direct = new Set(userIds)
  const byRole = new Set(roles.flatMap((role) => role.userIds))
  const both = [...direct].filter((id) => byRole.has(id)).length
  return { total: direct.size + byRole.size - both, direct: direct.size, byRole: byRole.size, both }
}

/** Whom a permission names. */
export type Named = Pick<Permission, 'userIds' | 'roleIds'>

/** Who may use an action once a permission is saved. */
export interface Usable {
  total: number
  /** Who may use it by this permission only. */
  added: number
  /** Who may use it by others already. */
  already: number
}

/** Counts who may use an action by one permission and by the others of the same action, each once; `members`: who has which role. */
export function usableBy(
  mine: Named,
  others: readonly Named[],
  members: ReadonlyMap<string, readonly string[]>,
): Usable {
  const peopleOf = ({ userIds, roleIds }: Named) => [
    ...userIds,
    ...roleIds.flatMap((id) => members.get(id) ?? []),
  ]
  const already = new Set(others.flatMap(peopleOf))
  const total = new Set([...already, ...peopleOf(mine)]).size
  return { total, added: total - already.size, already: already.size }
}
