import { and, eq, type SQL, sql } from 'drizzle-orm'
import { type Audience, audienceIds } from './audience.ts'
import type { Db, Tx } from './connection.ts'
import { actions, permissionRoles, permissions, permissionUsers, userRoles, users } from './schema.ts'

/** Names of the loaded actions that a user may use: all of them for an admin, else those permitted directly or by a role. */
export function permittedActions(db: Db | Tx, userId: string): string[] {
  const rows = db
    .select({ name: actions.name })
    .from(actions)
    .where(
      and(
        eq(actions.state, 'loaded'),
        sql`(exists (select 1 from ${users} where ${users.id} = ${userId} and ${users.isAdmin} = 1) or exists (
          select 1 from ${permissions} where ${permissions.action} = ${actions.name} and ${reaches(sql`${userId}`)}))`,
      ),
    )
    .orderBy(actions.name)
    .all()
  return rows.map((row) => row.name)
}

/** Selects everyone who may use an action, admins included. */
export function allowedUsers(action: string): SQL {
  return sql`(${users.isAdmin} = 1 or exists (
    select 1 from ${permissions} where ${permissions.action} = ${action} and ${reaches(sql`${users.id}`)}))`
}

/** How many people may use an action, admins included; actions that are granted to the same people are counted once. */
export function countAllowed(db: Db | Tx): (action: string) => number {
  const known = new Map<string, number>()
  return (action) => {
    const granted = grantsOf(db, action)
    const key = JSON.stringify(granted)
    const counted = known.get(key) ?? countGranted(db, granted)
    known.set(key, counted)
    return counted
  }
}

const grantsOf = (db: Db | Tx, action: string): Audience => {
  const ids = (links: SQL) =>
    db
      .all<{ id: string }>(
        sql`select distinct l.id from ${permissions} join ${links} l on l.permission_id = ${permissions.id}
          where ${permissions.action} = ${action} order by l.id`,
      )
      .map(({ id }) => id)
  return {
    userIds: ids(sql`(select permission_id, user_id as id from ${permissionUsers})`),
    roleIds: ids(sql`(select permission_id, role_id as id from ${permissionRoles})`),
  }
}

const countGranted = (db: Db | Tx, granted: Audience): number =>
  db.get<{ n: number }>(
    sql`select count(*) as n from ${users} where ${users.isAdmin} = 1 or ${users.id} in ${audienceIds(granted)}`,
  )?.n ?? 0

/** True where a permission reaches a user, directly or by a role. */
function reaches(userId: SQL): SQL {
  return sql`(exists (select 1 from ${permissionUsers} where ${permissionUsers.permissionId} = ${permissions.id} and ${permissionUsers.userId} = ${userId})
    or exists (select 1 from ${permissionRoles} join ${userRoles} on ${userRoles.roleId} = ${permissionRoles.roleId}
      where ${permissionRoles.permissionId} = ${permissions.id} and ${userRoles.userId} = ${userId}))`
}
