import type { Page } from '@kamihi/contracts'
import { type AnyColumn, and, asc, desc, eq, gt, lt, or, type SQL, sql } from 'drizzle-orm'

/** How a list is sorted: by a column, then by id, so that pages are stable while rows come and go. */
export interface Sorting {
  columns: Record<string, AnyColumn | SQL>
  default: string
  defaultOrder: 'asc' | 'desc'
  id: AnyColumn
}

export interface Asked {
  sort?: string | undefined
  order?: 'asc' | 'desc' | undefined
  limit?: number | undefined
  cursor?: string | undefined
}

export interface Keyset {
  limit: number
  orderBy: SQL[]
  /** Selects the rows behind the cursor. */
  after: SQL | undefined
  /** Column that the page is sorted by; select it as `sortKey`. */
  sortKey: SQL
}

/** Where the asked page begins. Unknown sort columns fall back to the default one; an unreadable cursor begins at the start. */
export function keyset(asked: Asked, sorting: Sorting): Keyset {
  const column =
    sorting.columns[asked.sort ?? sorting.default] ?? sorting.columns[sorting.default] ?? sorting.id
  const order = asked.order ?? (asked.sort ? 'asc' : sorting.defaultOrder)
  // Nulls sort as the empty string, so that a cursor can stand on one.
  const value = sql`coalesce(${column}, '')`
  const direction = order === 'asc' ? asc : desc
  const beyond = order === 'asc' ? gt : lt
  const at = decode(asked.cursor)
  return {
    limit: Math.min(asked.limit ?? 50, 200),
    orderBy: [direction(value), direction(sorting.id)],
    after: at ? or(beyond(value, at.value), and(eq(value, at.value), beyond(sorting.id, at.id))) : undefined,
    sortKey: value,
  }
}

/** A page of rows that were read with one more than the limit. */
export function pageOf<R extends { id: string; sortKey: unknown }, T>(
  rows: R[],
  limit: number,
  total: number,
  present: (row: R) => T,
): Page<T> {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  const nextCursor = rows.length > limit && last ? encode(last.sortKey, last.id) : null
  return { items: shown.map(present), nextCursor, total }
}

/** `LIKE` for text that people type: wildcards in it are literal. */
export function contains(column: AnyColumn | SQL, text: string): SQL {
  const pattern = `%${text.replace(/[\\%_]/g, (char) => `\\${char}`)}%`
  return sql`${column} like ${pattern} escape '\\'`
}

const encode = (value: unknown, id: string) => Buffer.from(JSON.stringify([value, id])).toString('base64url')

function decode(cursor: string | undefined): { value: string | number; id: string } | null {
  if (!cursor) return null
  try {
    const [value, id] = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as [unknown, unknown]
    const known = (typeof value === 'string' || typeof value === 'number') && typeof id === 'string'
    return known ? { value, id } : null
  } catch {
    return null
  }
}
