import type { User } from '@kamihi/contracts'
import { asc, getTableColumns, type SQL, sql } from 'drizzle-orm'
import { type Db, iso, isoOrNull } from './connection.ts'
import { quickRows } from './quickRows.ts'
import { userRoles, users } from './schema.ts'

type Row = typeof users.$inferSelect
type Member = typeof userRoles.$inferSelect

/**
 * Users whose ids SQLite finds by itself, in the order of their ids: one statement for them and one for their roles, however many
 * they are.
 * @param ids like `(select …)`, with placeholders
 */
export function prepareUsersIn(db: Db, ids: SQL): (values: Record<string, unknown>) => User[] {
  const people = quickRows(
    db.select().from(users).where(sql`${users.id} in ${ids}`).orderBy(asc(users.id)).prepare(),
    getTableColumns(users),
  )
  const members = quickRows(
    db.select().from(userRoles).where(sql`${userRoles.userId} in ${ids}`).prepare(),
    getTableColumns(userRoles),
  )
  return (values) => withRoles(people.all(values), members.all(values))
}

/** Rows of users with the roles they are members of, which one statement reads. */
export function prepareWithRoles(db: Db): (rows: Row[]) => User[] {
  const given = sql`(select value from json_each(${sql.placeholder('ids')}))`
  const members = quickRows(
    db.select().from(userRoles).where(sql`${userRoles.userId} in ${given}`).prepare(),
    getTableColumns(userRoles),
  )
  return (rows) => withRoles(rows, members.all({ ids: JSON.stringify(rows.map((row) => row.id)) }))
}

/** Rows of users with the roles they are members of. */
export function withRoles(rows: Row[], members: Member[]): User[] {
  const roleIds = rolesOf(members)
  return rows.map((row) => userOf(row, roleIds.get(row.id) ?? []))
}

/** Written out, because there may be a hundred thousand: made by a spread each would take twice the memory. */
function userOf(row: Row, roleIds: string[]): User {
  const createdAt = iso(row.createdAt)
  return {
    id: row.id,
    telegramId: row.telegramId,
    isAdmin: row.isAdmin,
    name: row.name,
    profile: row.profile,
    reachability: row.reachability,
    unreachableSince: isoOrNull(row.unreachableSince),
    lastSeenAt: isoOrNull(row.lastSeenAt),
    roleIds,
    createdAt,
    updatedAt: row.updatedAt === row.createdAt ? createdAt : iso(row.updatedAt),
    version: row.version,
  }
}

/** Ids of roles by user; each id is one string, whoever has it. */
function rolesOf(members: Member[]): Map<string, string[]> {
  const one = new Map<string, string>()
  const byUser = new Map<string, string[]>()
  for (const { userId, roleId } of members) {
    const id = one.get(roleId) ?? roleId
    one.set(roleId, id)
    const known = byUser.get(userId)
    if (known) known.push(id)
    else byUser.set(userId, [id])
  }
  for (const ids of byUser.values()) ids.sort()
  return byUser
}
