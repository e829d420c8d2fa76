import type { Permission, PermissionQuery } from '@kamihi/contracts'
import { and, eq, type SQL, sql } from 'drizzle-orm'
import { newId } from '../ids.ts'
import type { Change, Saved, Store } from '../store.ts'
import { prepareCountAudiences } from './audience.ts'
import { writeAudit } from './auditLog.ts'
import { type Db, iso, read, type Tx, write } from './connection.ts'
import { orDuplicate, Refused } from './edit.ts'
import { checkAudience, linksOf, setLinks } from './links.ts'
import { contains, type Sorting } from './listing.ts'
import { idsWhere, listPage } from './listPage.ts'
import { actions, permissionRoles, permissions, permissionUsers } from './schema.ts'

interface Grant {
  action?: string
  userIds?: string[]
  roleIds?: string[]
}

/** Permissions: each grants one action to users and to members of roles. */
export function createPermissions(db: Db): Store['permissions'] {
  return {
    create: (input, change) => orDuplicate('action', () => write(db, (tx) => create(tx, input, change))),
    update: (id, version, patch, change) =>
      orDuplicate('action', () => write(db, (tx) => update(tx, id, version, patch, change))),
    remove: (id, change) => write(db, (tx) => remove(tx, id, change)),
    get: (id) => read(() => getPermission(db, id)),
    list: (query) => read(() => list(db, query)),
    matching: (query, limit) =>
      read(() => idsWhere(db, permissions, permissions.id, { where: permissionsWhere(query), limit })),
  }
}

function getPermission(db: Db | Tx, id: string): Permission | null {
  return present(db, db.select().from(permissions).where(eq(permissions.id, id)).all())[0] ?? null
}

function create(tx: Tx, input: Grant & { action: string }, change: Change): Saved<Permission> {
  check(tx, input)
  const id = newId(change.now)
  tx.insert(permissions)
    .values({ id, action: input.action, createdAt: change.now, updatedAt: change.now })
    .run()
  link(tx, id, input)
  const value = getPermission(tx, id) as Permission
  writeAudit(tx, change, 'permission.created', { kind: 'permission', id, label: value.action }, {}, value)
  return { kind: 'saved', value }
}

function update(tx: Tx, id: string, version: number, patch: Grant, change: Change): Saved<Permission> {
  const current = getPermission(tx, id)
  if (!current) return { kind: 'not_found' }
  if (current.version !== version) return { kind: 'version_conflict', current }
  check(tx, patch)
  const action = patch.action ?? current.action
  tx.update(permissions)
    .set({ action, updatedAt: change.now, version: version + 1 })
    .where(eq(permissions.id, id))
    .run()
  link(tx, id, patch)
  const value = getPermission(tx, id) as Permission
  writeAudit(
    tx,
    change,
    'permission.updated',
    { kind: 'permission', id, label: value.action },
    current,
    value,
  )
  return { kind: 'saved', value }
}

function remove(tx: Tx, id: string, change: Change): boolean {
  const current = getPermission(tx, id)
  if (!current) return false
  tx.delete(permissions).where(eq(permissions.id, id)).run()
  writeAudit(tx, change, 'permission.removed', { kind: 'permission', id, label: current.action }, current, {})
  return true
}

function check(tx: Tx, grant: Grant): void {
  if (
    grant.action !== undefined &&
    !tx.select({ name: actions.name }).from(actions).where(eq(actions.name, grant.action)).get()
  )
    throw new Refused('action', [grant.action])
  checkAudience(tx, grant)
}

function link(tx: Tx, permissionId: string, grant: Grant): void {
  setLinks(tx, permissionUsers, permissionUsers.permissionId, { permissionId }, 'userId', grant.userIds)
  setLinks(tx, permissionRoles, permissionRoles.permissionId, { permissionId }, 'roleId', grant.roleIds)
}

const sorting: Sorting = {
  columns: {
    action: { value: permissions.action },
    createdAt: { value: permissions.id },
    updatedAt: { value: permissions.updatedAt },
  },
  default: 'action',
  id: permissions.id,
}

const list = (db: Db, query: PermissionQuery) =>
  listPage(db, permissions, query, {
    sorting,
    where: permissionsWhere,
    present: (rows) => present(db, rows),
  })

const permissionsWhere = ({ action, q, userId, roleId }: PermissionQuery): SQL | undefined =>
  and(
    action ? eq(permissions.action, action) : undefined,
    q ? contains(permissions.action, q) : undefined,
    userId ? linkedTo(sql`${permissionUsers} where ${permissionUsers.userId} = ${userId}`) : undefined,
    roleId ? linkedTo(sql`${permissionRoles} where ${permissionRoles.roleId} = ${roleId}`) : undefined,
  )

const linkedTo = (links: SQL): SQL => sql`${permissions.id} in (select permission_id from ${links})`

function present(db: Db | Tx, rows: (typeof permissions.$inferSelect)[]): Permission[] {
  const ids = rows.map((row) => row.id)
  const users = linksOf(db, permissionUsers, permissionUsers.permissionId, permissionUsers.userId, ids)
  const roles = linksOf(db, permissionRoles, permissionRoles.permissionId, permissionRoles.roleId, ids)
  const audienceOf = (id: string) => ({ userIds: users.get(id) ?? [], roleIds: roles.get(id) ?? [] })
  const counted = prepareCountAudiences(db)(ids.map(audienceOf))
  return rows.map((row) => {
    const audience = audienceOf(row.id)
    return {
      ...row,
      ...audience,
      peopleCount: counted(audience).total,
      createdAt: iso(row.createdAt),
      updatedAt: iso(row.updatedAt),
    }
  })
}
