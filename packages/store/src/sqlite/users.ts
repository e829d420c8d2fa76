import type { Reachability, User } from '@kamihi/contracts'
import { and, eq, inArray, ne } from 'drizzle-orm'
import { newId } from '../ids.ts'
import type { UsersAsked } from '../peopleStore.ts'
import type { Change, Saved, Store } from '../store.ts'
import { allowedUsers, permittedActions } from './access.ts'
import { writeAudit } from './auditLog.ts'
import { type Db, read, type Tx, write } from './connection.ts'
import { chunks, orDuplicate } from './edit.ts'
import { jobCountsOf } from './jobs/reach.ts'
import { checkAudience, setLinks } from './links.ts'
import { idsWhere, listPage } from './listPage.ts'
import { userSorting, usersWhere } from './lists/users.ts'
import { keepingOwner, orLastOwner } from './owners.ts'
import { userRoles, users } from './schema.ts'
import { prepareWithRoles, withRoles } from './usersIn.ts'
import type { WriteTogether } from './writeTogether.ts'

type Row = typeof users.$inferSelect
type Patch = Partial<{
  telegramId: number
  isAdmin: boolean
  name: string | null
  profile: Record<string, unknown>
  roleIds: string[]
}>

/** Users: who they are, whether they can be reached and what they may use. */
export function createUsers(db: Db, together: WriteTogether): Store['users'] {
  const presentRows = prepareWithRoles(db)
  return {
    create: (input, change) => orDuplicate('telegramId', () => write(db, (tx) => create(tx, input, change))),
    update: (id, version, patch, change) =>
      orLastOwner(() =>
        orDuplicate('telegramId', () =>
          write(db, (tx) => keepingOwner(tx, () => update(tx, id, version, patch, change))),
        ),
      ),
    remove: async (id, change) => {
      const outcome = await orLastOwner(() =>
        write(db, (tx) => keepingOwner(tx, () => remove(tx, id, change))),
      )
      if (typeof outcome === 'object') return outcome.kind
      return outcome ? 'removed' : 'not_found'
    },
    get: (id) => read(() => getUser(db, id)),
    getMany: (ids) =>
      read(() =>
        chunks(ids).flatMap((chunk) =>
          present(db, db.select().from(users).where(inArray(users.id, chunk)).all()),
        ),
      ),
    getByTelegramId: (telegramId) =>
      read(
        () => present(db, db.select().from(users).where(eq(users.telegramId, telegramId)).all())[0] ?? null,
      ),
    list: (query) => read(() => list(db, query, presentRows)),
    matching: (query, limit) =>
      read(() => idsWhere(db, users, users.id, { where: usersWhere(query), limit })),
    jobCounts: (ids) => read(() => jobCountsOf(db, ids)),
    seen: (telegramId, now) =>
      together((tx) => {
        const isThey = eq(users.telegramId, telegramId)
        const away = tx
          .select({ id: users.id })
          .from(users)
          .where(and(isThey, ne(users.reachability, 'ok')))
          .get()
        tx.update(users)
          .set({ lastSeenAt: now, reachability: 'ok', unreachableSince: null })
          .where(isThey)
          .run()
        return away?.id ?? null
      }),
    checked: (id, reachability, change) => write(db, (tx) => checked(tx, id, reachability, change)),
    mayUse: (userId, action) => read(() => permittedActions(db, userId).includes(action)),
    allowedFor: (action) =>
      read(() => present(db, db.select().from(users).where(allowedUsers(action)).orderBy(users.id).all())),
    actionsOf: (userId) => read(() => permittedActions(db, userId)),
  }
}

export function getUser(db: Db | Tx, id: string): User | null {
  return present(db, db.select().from(users).where(eq(users.id, id)).all())[0] ?? null
}

function create(tx: Tx, input: Patch & { telegramId: number }, change: Change): Saved<User> {
  const { telegramId, isAdmin = false, name = null, profile = {}, roleIds = [] } = input
  const stamps = { createdAt: change.now, updatedAt: change.now }
  const id = newId(change.now)
  tx.insert(users)
    .values({ id, telegramId, chatId: telegramId, isAdmin, name, profile, ...stamps })
    .run()
  setRoles(tx, id, roleIds)
  const value = getUser(tx, id) as User
  writeAudit(tx, change, 'user.created', { kind: 'user', id, label: labelOf(value) }, {}, value)
  return { kind: 'saved', value }
}

function update(
  tx: Tx,
  id: string,
  version: number,
  { roleIds, ...fields }: Patch,
  change: Change,
): Saved<User> {
  const current = getUser(tx, id)
  if (!current) return { kind: 'not_found' }
  if (current.version !== version) return { kind: 'version_conflict', current }
  const moved = fields.telegramId === undefined ? {} : { chatId: fields.telegramId }
  tx.update(users)
    .set({ ...fields, ...moved, updatedAt: change.now, version: version + 1 })
    .where(eq(users.id, id))
    .run()
  if (roleIds) setRoles(tx, id, roleIds)
  const value = getUser(tx, id) as User
  writeAudit(tx, change, 'user.updated', { kind: 'user', id, label: labelOf(value) }, current, value)
  return { kind: 'saved', value }
}

function checked(tx: Tx, id: string, reachability: Reachability, change: Change): User | null {
  const current = getUser(tx, id)
  if (!current) return null
  // Undefined: it stays as it is.
  const since = current.reachability === 'ok' ? change.now : undefined
  tx.update(users)
    .set({ reachability, unreachableSince: reachability === 'ok' ? null : since })
    .where(eq(users.id, id))
    .run()
  const object = { kind: 'user', id, label: labelOf(current) }
  const before = { reachability: current.reachability }
  writeAudit(tx, change, 'user.checked', object, before, { reachability })
  return getUser(tx, id)
}

function remove(tx: Tx, id: string, change: Change): boolean {
  const current = getUser(tx, id)
  if (!current) return false
  tx.delete(users).where(eq(users.id, id)).run()
  writeAudit(tx, change, 'user.removed', { kind: 'user', id, label: labelOf(current) }, current, {})
  return true
}

function setRoles(tx: Tx, userId: string, roleIds: string[]): void {
  checkAudience(tx, { roleIds })
  setLinks(tx, userRoles, userRoles.userId, { userId }, 'roleId', roleIds)
}

const list = (db: Db, query: UsersAsked, presentRows: (rows: Row[]) => User[]) =>
  listPage(db, users, query, { sorting: userSorting, where: usersWhere, present: presentRows })

/** Rows of users with the roles they are members of. */
export function present(db: Db | Tx, rows: Row[]): User[] {
  const members = chunks(rows.map((row) => row.id)).flatMap((ids) =>
    db.select().from(userRoles).where(inArray(userRoles.userId, ids)).all(),
  )
  return withRoles(rows, members)
}

const labelOf = (user: User) => user.name ?? String(user.telegramId)
