import { and, eq, type SQL, sql } from 'drizzle-orm'
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

/** True where a permission reaches a user, directly or by a role. */
function reaches(userId: SQL): SQL {
  return sql`(exists (select 1 from ${permissionUsers} where ${permissionUsers.permissionId} = ${permissions.id} and ${permissionUsers.userId} = ${userId})
    or exists (select 1 from ${permissionRoles} join ${userRoles} on ${userRoles.roleId} = ${permissionRoles.roleId}
      where ${permissionRoles.permissionId} = ${permissions.id} and ${userRoles.userId} = ${userId}))`
}
