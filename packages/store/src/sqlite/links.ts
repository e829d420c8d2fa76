import { eq, inArray, sql } from 'drizzle-orm'
import type { AnySQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core'
import type { Db, Tx } from './connection.ts'
import { checkReferences, chunks, groupBy } from './edit.ts'
import { quickRows } from './quickRows.ts'
import { roles, users } from './schema.ts'

/** Refuses users and roles that do not exist. */
export function checkAudience(
  tx: Tx,
  audience: { userIds?: string[] | undefined; roleIds?: string[] | undefined },
): void {
  checkReferences(tx, 'userIds', audience.userIds ?? [], (inner, ids) =>
    inner
      .select({ id: users.id })
      .from(users)
      .where(inArray(users.id, ids))
      .all()
      .map((row) => row.id),
  )
  checkReferences(tx, 'roleIds', audience.roleIds ?? [], (inner, ids) =>
    inner
      .select({ id: roles.id })
      .from(roles)
      .where(inArray(roles.id, ids))
      .all()
      .map((row) => row.id),
  )
}

/** Replaces the links of an owner; `undefined` leaves them as they are. */
export function setLinks(
  tx: Tx,
  table: SQLiteTable,
  ownerColumn: AnySQLiteColumn,
  owner: Record<string, string>,
  target: string,
  ids: string[] | undefined,
): void {
  if (ids === undefined) return
  const ownerId = Object.values(owner)[0] as string
  tx.delete(table).where(eq(ownerColumn, ownerId)).run()
  for (const chunk of chunks([...new Set(ids)]))
    tx.insert(table)
      .values(chunk.map((id) => ({ ...owner, [target]: id })))
      .run()
}

/** Links of the owners that are given, sorted, by one statement that is prepared once. */
export function prepareLinksOf(
  db: Db,
  table: SQLiteTable,
  owner: AnySQLiteColumn,
  target: AnySQLiteColumn,
): (ownerIds: string[]) => (ownerId: string) => string[] {
  const fields = { owner: sql<string>`${owner}`, target: sql<string>`${target}` }
  const given = sql`(select value from json_each(${sql.placeholder('ids')}))`
  const links = quickRows(db.select(fields).from(table).where(sql`${owner} in ${given}`).prepare(), fields)
  return (ownerIds) => {
    const grouped = groupBy(links.all({ ids: JSON.stringify(ownerIds) }), (link) => link.owner)
    return (id) => (grouped.get(id) ?? []).map((link) => link.target).sort()
  }
}

/** Links of several owners, by owner. */
export function linksOf(
  db: Db | Tx,
  table: SQLiteTable,
  owner: AnySQLiteColumn,
  target: AnySQLiteColumn,
  ownerIds: string[],
): Map<string, string[]> {
  const rows = chunks(ownerIds).flatMap(
    (ids) =>
      db.select({ owner, target }).from(table).where(inArray(owner, ids)).all() as {
        owner: string
        target: string
      }[],
  )
  const grouped = groupBy(rows, (row) => row.owner)
  return new Map(ownerIds.map((id) => [id, (grouped.get(id) ?? []).map((row) => row.target).sort()]))
}
