import type { User } from '@kamihi/contracts'
import { eq, sql } from 'drizzle-orm'
import { newId } from '../ids.ts'
import type { NewUser, UserOutcome, UserPatch, UserWrite } from '../peopleStore.ts'
import type { Change } from '../store.ts'
import { type Audited, writeAudits } from './auditLog.ts'
import type { Db, Tx } from './connection.ts'
import { refusalIn } from './edit.ts'
import { setLinks } from './links.ts'
import { keepingOwner, lastOwnerIn } from './owners.ts'
import { roles, userRoles, users } from './schema.ts'
import { prepareUsersIn } from './usersIn.ts'

type Written = { kind: 'written'; id: string } | Exclude<UserOutcome, { kind: 'saved' }>
type Update = Extract<UserWrite, { kind: 'update' }>
type Known = ReadonlyMap<string, User>
/** What is there before: those who are changed, and the roles that are given. */
interface There {
  users: Known
  roleIds: ReadonlySet<string>
}

/**
 * Adds and changes users, each by itself: what is refused leaves those beside it as they are. What they were, what they are and what is
 * told of it in the audit log is read and written for all of them at once.
 */
export function prepareSaveUsers(db: Db) {
  const usersIn = prepareUsersIn(db, sql`(select value from json_each(${sql.placeholder('ids')}))`)
  const known = (ids: string[]): Known =>
    new Map(usersIn({ ids: JSON.stringify(ids) }).map((user) => [user.id, user]))
  const rolesIn = prepareRoleIds(db)
  return (tx: Tx, writes: readonly UserWrite[], change: Change): UserOutcome[] => {
    const there: There = {
      users: known(writes.flatMap((one) => (one.kind === 'update' ? one.id : []))),
      roleIds: rolesIn(writes.flatMap((one) => fieldsOf(one).roleIds ?? [])),
    }
    const written = writes.map((one) => writeAlone(tx, one, there, change))
    const after = known(written.flatMap((one) => (one.kind === 'written' ? one.id : [])))
    const saved = written.flatMap((one) => (one.kind === 'written' ? (after.get(one.id) ?? []) : []))
    writeAudits(
      tx,
      change,
      saved.map((user) => auditedOf(there.users.get(user.id), user)),
    )
    return written.map((one) => outcomeOf(one, after))
  }
}

const fieldsOf = (one: UserWrite): UserPatch => (one.kind === 'create' ? one.input : one.patch)

/** Finds out which of some roles are there. */
function prepareRoleIds(db: Db): (ids: string[]) => ReadonlySet<string> {
  const { id } = roles
  const given = sql`(select value from json_each(${sql.placeholder('ids')}))`
  const there = db.select({ id }).from(roles).where(sql`${id} in ${given}`).prepare()
  return (ids) => {
    const rows = ids.length === 0 ? [] : there.all({ ids: JSON.stringify([...new Set(ids)]) })
    return new Set(rows.map((role) => role.id))
  }
}

function unknownRoles(one: UserWrite, { roleIds }: There): Written | null {
  const ids = [...new Set(fieldsOf(one).roleIds)].filter((id) => !roleIds.has(id))
  return ids.length === 0 ? null : { kind: 'unknown_reference', field: 'roleIds', ids }
}

/** In a transaction within that of the others, which is rolled back alone. */
function writeAlone(tx: Tx, one: UserWrite, there: There, change: Change): Written {
  const refusal = refusalOf(one, there)
  if (refusal) return refusal
  let cause: unknown = null
  try {
    return tx.transaction((own) => {
      try {
        return { kind: 'written', id: writeIt(own, one, change) }
      } catch (error) {
        cause = error
        throw error
      }
    })
  } catch (error) {
    // A full disk has rolled back everything by then, and to roll back this part of it is another error.
    return lastOwnerIn(cause ?? error) ?? refusalIn(cause ?? error, 'telegramId')
  }
}

/** Why it cannot be written as it was asked for; null where it can. */
function refusalOf(one: UserWrite, there: There): Written | null {
  if (one.kind === 'update') {
    const current = there.users.get(one.id)
    if (!current) return { kind: 'not_found' }
    if (current.version !== one.version) return { kind: 'version_conflict', current }
  }
  return unknownRoles(one, there)
}

/** Gives the id. */
function writeIt(tx: Tx, one: UserWrite, change: Change): string {
  if (one.kind === 'create') return insert(tx, one.input, change)
  // The way in of an owner rests on nothing else of a user.
  if (one.patch.telegramId === undefined) set(tx, one, change)
  else keepingOwner(tx, () => set(tx, one, change))
  return one.id
}

function insert(tx: Tx, input: NewUser, change: Change): string {
  const { telegramId, isAdmin = false, name = null, profile = {}, roleIds = [] } = input
  const stamps = { createdAt: change.now, updatedAt: change.now }
  const id = newId(change.now)
  tx.insert(users)
    .values({ id, telegramId, chatId: telegramId, isAdmin, name, profile, ...stamps })
    .run()
  setRoles(tx, id, roleIds)
  return id
}

function set(tx: Tx, { id, version, patch }: Update, change: Change): void {
  const { roleIds, ...fields } = patch
  const moved = fields.telegramId === undefined ? {} : { chatId: fields.telegramId }
  tx.update(users)
    .set({ ...fields, ...moved, updatedAt: change.now, version: version + 1 })
    .where(eq(users.id, id))
    .run()
  if (roleIds) setRoles(tx, id, roleIds)
}

const setRoles = (tx: Tx, userId: string, roleIds: string[]): void =>
  setLinks(tx, userRoles, userRoles.userId, { userId }, 'roleId', roleIds)

const auditedOf = (before: User | undefined, after: User): Audited => ({
  verb: before ? 'user.updated' : 'user.created',
  object: { kind: 'user', id: after.id, label: labelOf(after) },
  before: { ...before },
  after: { ...after },
})

function outcomeOf(written: Written, after: Known): UserOutcome {
  if (written.kind !== 'written') return written
  const value = after.get(written.id)
  return value ? { kind: 'saved', value } : { kind: 'not_found' }
}

/** What a user is called in the audit log. */
export const labelOf = (user: User): string => user.name ?? String(user.telegramId)
