import type { Reachability, User } from '@kamihi/contracts'
import { and, eq, inArray, ne, sql } from 'drizzle-orm'
import type { UserOutcome, UsersAsked, UserWrite } from '../peopleStore.ts'
import type { Change, LastOwner, Store } from '../store.ts'
import { allowedUsers, permittedActions } from './access.ts'
import { writeAudit } from './auditLog.ts'
import { type Db, read, type Tx, write } from './connection.ts'
import { chunks } from './edit.ts'
import { jobCountsOf } from './jobs/reach.ts'
import { idsWhere, listPage } from './listPage.ts'
import { userSorting, usersWhere } from './lists/users.ts'
import { keepingOwner, orLastOwner } from './owners.ts'
import { labelOf, prepareSaveUsers } from './saveUsers.ts'
import { userRoles, users } from './schema.ts'
import { prepareUsersIn, prepareWithRoles, withRoles } from './usersIn.ts'
import type { WriteTogether } from './writeTogether.ts'

type Row = typeof users.$inferSelect

const idsOfTelegram = sql`(select ${users.id} from ${users}
  where ${users.telegramId} in (select value from json_each(${sql.placeholder('telegramIds')})))`

/** Users: who they are, whether they can be reached and what they may use. */
export function createUsers(db: Db, together: WriteTogether): Store['users'] {
  const presentRows = prepareWithRoles(db)
  const save = prepareSaveUsers(db)
  const saveMany = (writes: readonly UserWrite[], change: Change) =>
    write(db, (tx) => save(tx, writes, change))
  const saveOne = async (one: UserWrite, change: Change) => (await saveMany([one], change))[0] as UserOutcome
  const withTelegramIds = prepareUsersIn(db, idsOfTelegram)
  return {
    // Nobody's way in rests on who is not there yet.
    create: async (input, change) =>
      (await saveOne({ kind: 'create', input }, change)) as Exclude<UserOutcome, LastOwner>,
    update: (id, version, patch, change) => saveOne({ kind: 'update', id, version, patch }, change),
    saveMany,
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
    getManyByTelegramId: (telegramIds) =>
      read(() => withTelegramIds({ telegramIds: JSON.stringify(telegramIds) })),
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
    markReachable: (id, change) =>
      write(db, (tx) => {
        const current = getUser(tx, id)
        if (!current) return 'not_found'
        if (current.reachability === 'ok') return 'unchanged'
        setReachability(tx, current, 'ok', change, 'user.marked_reachable')
        return 'marked'
      }),
    mayUse: (userId, action) => read(() => permittedActions(db, userId).includes(action)),
    allowedFor: (action) =>
      read(() => present(db, db.select().from(users).where(allowedUsers(action)).orderBy(users.id).all())),
    actionsOf: (userId) => read(() => permittedActions(db, userId)),
  }
}

export function getUser(db: Db | Tx, id: string): User | null {
  return present(db, db.select().from(users).where(eq(users.id, id)).all())[0] ?? null
}

function checked(tx: Tx, id: string, reachability: Reachability, change: Change): User | null {
  const current = getUser(tx, id)
  if (!current) return null
  setReachability(tx, current, reachability, change, 'user.checked')
  return getUser(tx, id)
}

function setReachability(
  tx: Tx,
  current: User,
  reachability: Reachability,
  change: Change,
  verb: 'user.checked' | 'user.marked_reachable',
): void {
  // Undefined: it stays as it is.
  const since = current.reachability === 'ok' ? change.now : undefined
  tx.update(users)
    .set({ reachability, unreachableSince: reachability === 'ok' ? null : since })
    .where(eq(users.id, current.id))
    .run()
  const object = { kind: 'user', id: current.id, label: labelOf(current) }
  writeAudit(tx, change, verb, object, { reachability: current.reachability }, { reachability })
}

function remove(tx: Tx, id: string, change: Change): boolean {
  const current = getUser(tx, id)
  if (!current) return false
  tx.delete(users).where(eq(users.id, id)).run()
  writeAudit(tx, change, 'user.removed', { kind: 'user', id, label: labelOf(current) }, current, {})
  return true
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
