import { countedTo, type Page } from '@kamihi/contracts'
import { type AnyColumn, and, asc, getTableColumns, getTableName, type SQL, sql } from 'drizzle-orm'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import type { Db } from './connection.ts'
import { type Asked, type Place, pageOf, placeOf, type Sorting, stretchesFrom } from './listing.ts'
import { type QuickRows, quickRows } from './quickRows.ts'
import { rememberLast } from './rememberLast.ts'

interface Listed<T extends SQLiteTable, Given, Item> {
  sorting: Sorting
  /** Made of what is given and of nothing else. */
  where: (given: Given) => SQL | undefined
  /** All rows of the page at once, in their order, so that what belongs to them is read once. */
  present: (rows: T['$inferSelect'][]) => Item[]
}

/** What reads a page: its statements, with all of the filter bound to them. */
interface Reading<Row> {
  stretches: QuickRows<Row>[]
  count: QuickRows<{ n: number }>
}

/** Pages are asked for again and again, and to put their statements together takes longer than to run them. */
const readings = new WeakMap<Db, (key: string, make: () => unknown) => unknown>()

/** One page of a table: counted, sorted and cut at the cursor. `given` is the query, and what else its filter needs. @throws BadCursor */
export function listPage<T extends SQLiteTable, Given extends Asked, Item>(
  db: Db,
  table: T,
  given: Given,
  { sorting, where, present }: Listed<T, Given, Item>,
): Page<Item> {
  const remembered = readings.get(db) ?? rememberLast(200)
  readings.set(db, remembered)
  const place = placeOf(given, sorting)
  const { limit, behind } = place
  const make = () => prepareReading(db, table, place, where(given))
  const { stretches, count } = remembered(keyOf(table, given, place), make) as Reading<T['$inferSelect']>
  const begin = { behindId: behind?.id, behindValue: behind?.value }
  const found: ReturnType<(typeof stretches)[number]['pairs']> = []
  for (const stretch of stretches)
    if (found.length <= limit) found.push(...stretch.pairs({ ...begin, limit: limit + 1 - found.length }))
  const keys = found.map(({ behind: [sortId, sortValue] }) => ({ sortId: String(sortId), sortValue }))
  const rows = found.slice(0, limit).map(({ row }) => row)
  return pageOf(keys, place, count.get({})?.n ?? 0, present(rows))
}

/** Which statements read it: those of all pages behind a value are the same, however long. */
function keyOf(table: SQLiteTable, given: Asked, { behind }: Place): string {
  const { cursor: _, limit: __, ...rest } = given
  const begins = behind === null ? 'first' : behind.value === null ? 'without' : 'behind'
  return `${getTableName(table)} ${begins} ${JSON.stringify(rest)}`
}

function prepareReading<T extends SQLiteTable>(
  db: Db,
  table: T,
  place: Place,
  where: SQL | undefined,
): Reading<T['$inferSelect']> {
  const fields = getTableColumns(table)
  // Where a page is cut is nothing that its reader shows.
  const keys = { sortId: sql`${place.id}`, sortValue: sql`${place.column.value}` }
  const stretches = stretchesFrom(place).map((stretch) => {
    const select = db
      .select({ ...fields, ...keys })
      .from(table as SQLiteTable)
      .where(and(where, stretch.where))
      .orderBy(...stretch.orderBy)
      .limit(sql.placeholder('limit'))
      .prepare()
    return quickRows(select as unknown as Parameters<typeof quickRows<T['$inferSelect']>>[0], fields)
  })
  return { stretches, count: prepareCount(db, table, where) }
}

/** How many rows a filter finds, at most one more than are counted. */
function prepareCount(db: Db, table: SQLiteTable, where: SQL | undefined): QuickRows<{ n: number }> {
  const some = db
    .select({ one: sql`1`.as('one') })
    .from(table)
    .where(where)
    .limit(countedTo + 1)
    .as('some')
  const n = sql<number>`count(*)`
  return quickRows(db.select({ n }).from(some).prepare(), { n })
}

/** Ids of the rows that a filter finds, at most so many, in their order. */
export const idsWhere = (
  db: Db,
  table: SQLiteTable,
  id: AnyColumn,
  { where, limit }: { where: SQL | undefined; limit: number },
): string[] =>
  db
    .select({ id: sql<string>`${id}` })
    .from(table)
    .where(where)
    .orderBy(asc(id))
    .limit(limit)
    .all()
    .map((row) => row.id)
