import type { Page } from '@kamihi/contracts'
import { and, count, getTableColumns, type SQL, sql } from 'drizzle-orm'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import type { Db } from './connection.ts'
import { type Asked, keyset, pageOf, type Sorting } from './listing.ts'

interface Listed<T extends SQLiteTable, Item> {
  sorting: Sorting
  where: SQL | undefined
  /** All rows of the page at once, in their order, so that what belongs to them is read once. */
  present: (rows: T['$inferSelect'][]) => Item[]
}

/** One page of a table: counted, sorted and cut at the cursor. */
export function listPage<T extends SQLiteTable, Item>(
  db: Db,
  table: T,
  query: Asked,
  { sorting, where, present }: Listed<T, Item>,
): Page<Item> {
  const { limit, orderBy, after, sortKey } = keyset(query, sorting)
  const rows = db
    .select({ id: sql`${sorting.id}`, sortKey, row: getTableColumns(table) })
    .from(table as SQLiteTable)
    .where(and(where, after))
    .orderBy(...orderBy)
    .limit(limit + 1)
    .all() as { id: string; sortKey: unknown; row: T['$inferSelect'] }[]
  const total =
    db
      .select({ n: count() })
      .from(table as SQLiteTable)
      .where(where)
      .get()?.n ?? 0
  const items = present(rows.slice(0, limit).map(({ row }) => row))
  const { nextCursor } = pageOf(rows, limit, total, ({ id }) => id)
  return { items, nextCursor, total }
}
