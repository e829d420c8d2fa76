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

type Read<T extends SQLiteTable> = T['$inferSelect'] & { sortId: string; sortValue: unknown }

/** What reads a page: its statements with all that is bound to them. */
interface Reading<Row> {
  place: Place
  stretches: ((limit: number) => Row[])[]
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
  const key = `${getTableName(table)} ${JSON.stringify(given)}`
  const make = () => prepareReading(db, table, placeOf(given, sorting), where(given))
  const { place, stretches, count } = remembered(key, make) as Reading<Read<T>>
  const rows: Read<T>[] = []
  for (const read of stretches)
    if (rows.length <= place.limit) rows.push(...read(place.limit + 1 - rows.length))
  return pageOf(rows, place, count.get({})?.n ?? 0, present(rows.slice(0, place.limit).map(withoutKeys)))
}

/** The row alone: where a page is cut is nothing that its reader shows. */
function withoutKeys<T extends SQLiteTable>({
  sortId: _,
  sortValue: __,
  ...row
}: Read<T>): T['$inferSelect'] {
  return row as T['$inferSelect']
}

function prepareReading<T extends SQLiteTable>(
  db: Db,
  table: T,
  place: Place,
  where: SQL | undefined,
): Reading<Read<T>> {
  const fields = {
    ...getTableColumns(table),
    sortId: sql`${place.id}`,
    sortValue: sql`${place.column.value}`,
  }
  const stretches = stretchesFrom(place).map((stretch) => {
    const select = db
      .select(fields)
      .from(table as SQLiteTable)
      .where(and(where, stretch.where))
      .orderBy(...stretch.orderBy)
      .limit(sql.placeholder('limit'))
      .prepare()
    const rows = quickRows(select as unknown as Parameters<typeof quickRows<Read<T>>>[0], fields)
    return (limit: number) => rows.all({ limit })
  })
  return { place, stretches, count: prepareCount(db, table, where) }
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
