import type { Role, RoleQuery, RoleSummary } from '@kamihi/contracts'
import { and, count, eq, inArray, isNull, ne, type SQL, sql } from 'drizzle-orm'
import type { AnySQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core'
import { newId } from '../ids.ts'
import type { Change, Saved, Store } from '../store.ts'
import { writeAudit } from './auditLog.ts'
import { type Db, iso, read, type Tx, write } from './connection.ts'
import { orDuplicate } from './edit.ts'
import { lossOf } from './jobs/reach.ts'
import { checkAudience, linksOf, setLinks } from './links.ts'
import { contains, type Sorting } from './listing.ts'
import { idsWhere, listPage } from './listPage.ts'
import { jobRoles, jobs, permissionRoles, roles, userRoles, users } from './schema.ts'

type Row = typeof roles.$inferSelect

/** Roles: named groups of users. */
export function createRoles(db: Db): Store['roles'] {
  return {
    create: (input, change) => orDuplicate('name', () => write(db, (tx) => create(tx, input, change))),
    update: (id, version, patch, change) =>
      orDuplicate('name', () => write(db, (tx) => update(tx, id, version, patch, change))),
    remove: (id, change) => write(db, (tx) => remove(tx, id, change)),
    get: (id) => read(() => getRole(db, eq(roles.id, id))),
    getByName: (name) => read(() => getRole(db, eq(roles.name, name))),
    list: (query) => read(() => list(db, query)),
    matching: (query, limit) =>
      read(() => idsWhere(db, roles, roles.id, { where: rolesWhere(query), limit })),
    lockedAmong: (ids) => read(() => lockedAmong(db, ids)),
    lossOf: (id) => lossOf(db, id),
    assign: (roleId, userId, change) => write(db, (tx) => assign(tx, roleId, userId, change)),
    unassign: (roleId, userId, change) => write(db, (tx) => unassign(tx, roleId, userId, change)),
  }
}

function create(
  tx: Tx,
  { name, locked = false, userIds = [] }: { name: string; locked?: boolean; userIds?: string[] },
  change: Change,
): Saved<Role> {
  if (isTaken(tx, name)) return { kind: 'duplicate', field: 'name' }
  const id = newId(change.now)
  tx.insert(roles).values({ id, name, locked, createdAt: change.now, updatedAt: change.now }).run()
  setMembers(tx, id, userIds)
  const value = getRole(tx, eq(roles.id, id)) as Role
  writeAudit(tx, change, 'role.created', { kind: 'role', id, label: name }, {}, value)
  return { kind: 'saved', value }
}

function update(
  tx: Tx,
  id: string,
  version: number,
  { userIds, ...fields }: { name?: string; locked?: boolean; userIds?: string[] },
  change: Change,
): Saved<Role> {
  const current = getRole(tx, eq(roles.id, id))
  if (!current) return { kind: 'not_found' }
  if (current.version !== version) return { kind: 'version_conflict', current }
  if (fields.name !== undefined && isTaken(tx, fields.name, id)) return { kind: 'duplicate', field: 'name' }
  tx.update(roles)
    .set({ ...fields, updatedAt: change.now, version: version + 1 })
    .where(eq(roles.id, id))
    .run()
  if (userIds) setMembers(tx, id, userIds)
  const value = getRole(tx, eq(roles.id, id)) as Role
  writeAudit(tx, change, 'role.updated', { kind: 'role', id, label: value.name }, current, value)
  return { kind: 'saved', value }
}

/** Whether another role is called so, whatever the case: nobody tells "Team" from "team". SQLite itself knows the case of ASCII only. */
function isTaken(tx: Tx, name: string, except = ''): boolean {
  const same = name.toLowerCase()
  return tx
    .select({ name: roles.name })
    .from(roles)
    .where(ne(roles.id, except))
    .all()
    .some((role) => role.name.toLowerCase() === same)
}

function remove(tx: Tx, id: string, change: Change): boolean {
  const current = getRole(tx, eq(roles.id, id))
  if (!current) return false
  tx.delete(roles).where(eq(roles.id, id)).run()
  writeAudit(tx, change, 'role.removed', { kind: 'role', id, label: current.name }, current, {})
  return true
}

function lockedAmong(db: Db, ids: string[]): { id: string; name: string }[] {
  const { id, name, locked } = roles
  const isGiven = sql`${id} in (select value from json_each(${JSON.stringify(ids)}))`
  return db
    .select({ id, name })
    .from(roles)
    .where(and(eq(locked, true), isGiven))
    .orderBy(name)
    .all()
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
  const role = getRole(tx, eq(roles.id, roleId))
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
  const role = getRole(tx, eq(roles.id, roleId))
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
  listPage(db, roles, query, { sorting, where: rolesWhere, present: (rows) => summarise(db, rows) })

/** Roles with how many there are of what belongs to them. */
function summarise(db: Db | Tx, rows: Row[]): RoleSummary[] {
  const ids = rows.map(({ id }) => id)
  const people = countsOf(db, userRoles, userRoles.roleId, ids)
  const permitted = countsOf(db, permissionRoles, permissionRoles.roleId, ids)
  const used = jobCountsOf(db, ids)
  return rows.map((row) => ({
    ...row,
    userCount: people.get(row.id) ?? 0,
    permissionCount: permitted.get(row.id) ?? 0,
    jobCount: used.get(row.id) ?? 0,
    createdAt: iso(row.createdAt),
    updatedAt: iso(row.updatedAt),
  }))
}

type Counts = Map<string, number>

/** How often each role is linked; those that are not are left out. */
function countsOf(
  db: Db | Tx,
  table: SQLiteTable,
  role: AnySQLiteColumn<{ data: string }>,
  ids: string[],
): Counts {
  const rows = db.select({ id: role, n: count() }).from(table).where(inArray(role, ids)).groupBy(role).all()
  return new Map(rows.map(({ id, n }) => [id as string, n]))
}

/** Jobs that are deleted keep their roles, for whoever restores them, and do not count. */
function jobCountsOf(db: Db | Tx, ids: string[]): Counts {
  const { roleId } = jobRoles
  const rows = db
    .select({ id: roleId, n: count() })
    .from(jobRoles)
    .innerJoin(jobs, eq(jobs.id, jobRoles.jobId))
    .where(and(inArray(roleId, ids), isNull(jobs.archivedAt)))
    .groupBy(roleId)
    .all()
  return new Map(rows.map(({ id, n }) => [id, n]))
}

/** One role with its members. */
function getRole(db: Db | Tx, which: SQL): Role | null {
  const [role] = summarise(db, db.select().from(roles).where(which).all())
  if (!role) return null
  const members = linksOf(db, userRoles, userRoles.roleId, userRoles.userId, [role.id])
  return { ...role, userIds: members.get(role.id) ?? [] }
}
