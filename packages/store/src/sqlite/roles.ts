import type { Role, RoleQuery } from '@kamihi/contracts'
import { and, count, eq, inArray, sql } from 'drizzle-orm'
import { newId } from '../ids.ts'
import type { Change, Saved, Store } from '../store.ts'
import { writeAudit } from './auditLog.ts'
import { type Db, iso, read, type Tx, write } from './connection.ts'
import { chunks, groupBy, orDuplicate } from './edit.ts'
import { checkAudience, setLinks } from './links.ts'
import { contains, type Sorting } from './listing.ts'
import { idsWhere, listPage } from './listPage.ts'
import { jobRoles, permissionRoles, roles, userRoles, users } from './schema.ts'

type Row = typeof roles.$inferSelect

/** Roles: named groups of users. */
export function createRoles(db: Db): Store['roles'] {
  return {
    create: (input, change) => orDuplicate('name', () => write(db, (tx) => create(tx, input, change))),
    update: (id, version, patch, change) =>
      orDuplicate('name', () => write(db, (tx) => update(tx, id, version, patch, change))),
    remove: (id, change) => write(db, (tx) => remove(tx, id, change)),
    get: (id) => read(() => getRole(db, id)),
    getByName: (name) =>
      read(() => present(db, db.select().from(roles).where(eq(roles.name, name)).all())[0] ?? null),
    list: (query) => read(() => list(db, query)),
    matching: (query, limit) =>
      read(() => idsWhere(db, roles, roles.id, { where: rolesWhere(query), limit })),
    assign: (roleId, userId, change) => write(db, (tx) => assign(tx, roleId, userId, change)),
    unassign: (roleId, userId, change) => write(db, (tx) => unassign(tx, roleId, userId, change)),
  }
}

function getRole(db: Db | Tx, id: string): Role | null {
  return present(db, db.select().from(roles).where(eq(roles.id, id)).all())[0] ?? null
}

function create(
  tx: Tx,
  { name, userIds = [] }: { name: string; userIds?: string[] },
  change: Change,
): Saved<Role> {
  const id = newId(change.now)
  tx.insert(roles).values({ id, name, createdAt: change.now, updatedAt: change.now }).run()
  setMembers(tx, id, userIds)
  const value = getRole(tx, id) as Role
  writeAudit(tx, change, 'role.created', { kind: 'role', id, label: name }, {}, value)
  return { kind: 'saved', value }
}

function update(
  tx: Tx,
  id: string,
  version: number,
  { name, userIds }: { name?: string; userIds?: string[] },
  change: Change,
): Saved<Role> {
  const current = getRole(tx, id)
  if (!current) return { kind: 'not_found' }
  if (current.version !== version) return { kind: 'version_conflict', current }
  tx.update(roles)
    .set({ ...(name === undefined ? {} : { name }), updatedAt: change.now, version: version + 1 })
    .where(eq(roles.id, id))
    .run()
  if (userIds) setMembers(tx, id, userIds)
  const value = getRole(tx, id) as Role
  writeAudit(tx, change, 'role.updated', { kind: 'role', id, label: value.name }, current, value)
  return { kind: 'saved', value }
}

function remove(tx: Tx, id: string, change: Change): boolean {
  const current = getRole(tx, id)
  if (!current) return false
  tx.delete(roles).where(eq(roles.id, id)).run()
  writeAudit(tx, change, 'role.removed', { kind: 'role', id, label: current.name }, current, {})
  return true
}

function setMembers(tx: Tx, roleId: string, userIds: string[]): void {
  checkAudience(tx, { userIds })
  setLinks(tx, userRoles, userRoles.roleId, { roleId }, 'userId', userIds)
}

function assign(
  tx: Tx,
  roleId: string,
  userId: string,
  change: Change,
): 'assigned' | 'already' | 'not_found' {
  const role = getRole(tx, roleId)
  const user = tx.select({ id: users.id }).from(users).where(eq(users.id, userId)).get()
  if (!role || !user) return 'not_found'
  if (role.userIds.includes(userId)) return 'already'
  tx.insert(userRoles).values({ userId, roleId }).run()
  const object = { kind: 'role', id: roleId, label: role.name }
  writeAudit(
    tx,
    change,
    'role.assigned',
    object,
    { userIds: role.userIds },
    { userIds: [...role.userIds, userId] },
  )
  return 'assigned'
}

function unassign(tx: Tx, roleId: string, userId: string, change: Change): boolean {
  const role = getRole(tx, roleId)
  if (!role?.userIds.includes(userId)) return false
  tx.delete(userRoles)
    .where(and(eq(userRoles.roleId, roleId), eq(userRoles.userId, userId)))
    .run()
  const object = { kind: 'role', id: roleId, label: role.name }
  writeAudit(
    tx,
    change,
    'role.unassigned',
    object,
    { userIds: role.userIds },
    { userIds: role.userIds.filter((id) => id !== userId) },
  )
  return true
}

const sorting: Sorting = {
  columns: {
    name: { value: sql`lower(${roles.name})` },
    createdAt: { value: roles.id },
    updatedAt: { value: roles.updatedAt },
    userCount: {
      value: sql`(select count(*) from ${userRoles} where ${userRoles.roleId} = ${roles.id})`,
    },
  },
  default: 'name',
  id: roles.id,
}

const rolesWhere = ({ q }: RoleQuery) => (q ? contains(roles.name, q) : undefined)

const list = (db: Db, query: RoleQuery) =>
  listPage(db, roles, query, { sorting, where: rolesWhere, present: (rows) => present(db, rows) })

function present(db: Db | Tx, rows: Row[]): Role[] {
  const members = chunks(rows.map((row) => row.id)).flatMap((ids) =>
    db.select().from(userRoles).where(inArray(userRoles.roleId, ids)).all(),
  )
  const byRole = groupBy(members, (member) => member.roleId)
  return rows.map((row) => {
    const userIds = (byRole.get(row.id) ?? []).map((member) => member.userId).sort()
    const permissionCount =
      db.select({ n: count() }).from(permissionRoles).where(eq(permissionRoles.roleId, row.id)).get()?.n ?? 0
    const jobCount = db.select({ n: count() }).from(jobRoles).where(eq(jobRoles.roleId, row.id)).get()?.n ?? 0
    return {
      ...row,
      userIds,
      userCount: userIds.length,
      permissionCount,
      jobCount,
      createdAt: iso(row.createdAt),
      updatedAt: iso(row.updatedAt),
    }
  })
}
