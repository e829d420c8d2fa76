import { countedTo, type Page } from '@kamihi/contracts'
import { type AnyColumn, asc, desc, gt, lt, type SQL, sql } from 'drizzle-orm'
import { BadCursor } from '../badCursor.ts'

export type Order = 'asc' | 'desc'

/** One way to sort a list. The value and the id together should be an index, so that a page is read and nothing is sorted. */
export interface SortColumn {
  value: AnyColumn | SQL
  /** Set where there may be no value: the least one there can be. Rows without a value come last in either order. */
  least?: string | number
  /** When nothing is asked. Default: asc. */
  order?: Order
}

/** How a list can be sorted: by a value, then by id, so that pages are stable while rows come and go. */
export interface Sorting {
  columns: Record<string, SortColumn>
  default: string
  id: AnyColumn
}

export interface Asked {
  sort?: string | undefined
  order?: Order | undefined
  limit?: number | undefined
  cursor?: string | undefined
}

type Value = string | number | null

/** Which page is asked for. */
export interface Place {
  sort: string
  order: Order
  limit: number
  column: SortColumn
  id: AnyColumn
  /** The row that the page begins behind. */
  behind: { value: Value; id: string } | null
}

/** A stretch of a list that one statement reads: rows with a value, or rows without one. */
export interface Stretch {
  where: SQL | undefined
  orderBy: SQL[]
}

const mostOfPage = 200

/** Where the asked page begins. An unknown column is the default one. @throws BadCursor */
export function placeOf(asked: Asked, { columns, default: usual, id }: Sorting): Place {
  const sort = asked.sort !== undefined && asked.sort in columns ? asked.sort : usual
  const column = columns[sort] ?? { value: id }
  const order = asked.order ?? column.order ?? 'asc'
  const limit = Math.min(asked.limit ?? 50, mostOfPage)
  const place = { sort, order, limit, column, id }
  return { ...place, behind: asked.cursor ? decode(asked.cursor, place) : null }
}

/**
 * The stretches of a list from its place on. Where the page begins is bound as `behindValue` and `behindId`, so that the same statements
 * read every page.
 */
export function stretchesFrom({ column, order, id, behind }: Place): Stretch[] {
  const direction = order === 'asc' ? asc : desc
  const beyond = order === 'asc' ? gt : lt
  const { value, least } = column
  const behindId = sql.placeholder('behindId')
  if (value === id) return [{ where: behind ? beyond(id, behindId) : undefined, orderBy: [direction(id)] }]
  const orderBy = [direction(value), direction(id)]
  const without = { where: sql`${value} is null`, orderBy: [direction(id)] }
  if (behind?.value === null)
    return [{ ...without, where: sql`${without.where} and ${beyond(id, behindId)}` }]
  // Compared as a pair, which SQLite looks up in the index as a pair.
  const pair = behind && beyond(sql`(${value}, ${id})`, sql`(${sql.placeholder('behindValue')}, ${behindId})`)
  if (least === undefined) return [{ where: pair ?? undefined, orderBy }]
  // Literal and as a range: SQLite would read through all that have no value to find the first that has one.
  const there = sql`${value} >= ${sql.raw(typeof least === 'string' ? "''" : String(least))}`
  return [{ where: pair ? sql`${there} and ${pair}` : there, orderBy }, without]
}

/** The page of rows that were read with one more than the limit. */
export function pageOf<R extends { sortId: string; sortValue: unknown }, T>(
  rows: R[],
  { sort, order, limit }: Place,
  counted: number,
  items: T[],
): Page<T> {
  const last = rows[limit - 1]
  const nextCursor =
    rows.length > limit && last ? encode([sort, order, last.sortValue as Value, last.sortId]) : null
  return { items, nextCursor, total: Math.min(counted, countedTo), totalIsExact: counted <= countedTo }
}

/** `LIKE` for text that people type: wildcards in it are literal. Nothing holds a NUL, at which SQLite would end the pattern. */
export function contains(column: AnyColumn | SQL, text: string): SQL {
  if (text.includes('\0')) return sql`false`
  const pattern = `%${text.replace(/[\\%_]/g, (char) => `\\${char}`)}%`
  return sql`${column} like ${pattern} escape '\\'`
}

type Encoded = [sort: string, order: Order, value: Value, id: string]

const encode = (parts: Encoded): string => Buffer.from(JSON.stringify(parts)).toString('base64url')

function decode(cursor: string, place: Omit<Place, 'behind'>): Place['behind'] {
  const [sort, order, value, id] = parse(cursor)
  const ofThisList = sort === place.sort && order === place.order && typeof id === 'string'
  const isValue =
    typeof value === 'string' ||
    typeof value === 'number' ||
    (value === null && place.column.least !== undefined)
  if (!ofThisList || !isValue) throw new BadCursor()
  return { value, id }
}

function parse(cursor: string): unknown[] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    return Array.isArray(parts) ? parts : []
  } catch {
    return []
  }
}
