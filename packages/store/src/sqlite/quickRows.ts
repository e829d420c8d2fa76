import { Column, type SQL } from 'drizzle-orm'

/** A prepared select of drizzle, as much of it as is used here. */
interface Select<Row> {
  all(values: Record<string, unknown>): Row[]
  values(values: Record<string, unknown>): unknown[][]
}

export interface QuickRows<Row> {
  all(values: Record<string, unknown>): Row[]
  /** Rows, and apart from them what was selected behind their fields. */
  pairs(values: Record<string, unknown>): { row: Row; behind: unknown[] }[]
  get(values: Record<string, unknown>): Row | undefined
}

/**
 * A prepared select whose rows are put together by what was worked out once about its columns. drizzle finds that out anew for every
 * column of every row, which costs several times as much as SQLite's own work.
 * @param fields what was selected, or the first of it, in that order; no columns of tables that are joined and may be missing
 */
export function quickRows<Row>(select: Select<Row>, fields: Record<string, Column | SQL>): QuickRows<Row> {
  const readers = Object.entries(fields).map(([name, field]) => ({ name, decode: decoderOf(field) }))
  const rowOf = (values: unknown[]): Row => {
    const row: Record<string, unknown> = {}
    for (let at = 0; at < readers.length; at += 1) {
      const { name, decode } = readers[at] as (typeof readers)[number]
      const value = values[at]
      row[name] = decode === null || value === null ? value : decode(value)
    }
    return row as Row
  }
  return {
    all: (values) => select.values(values).map(rowOf),
    pairs: (values) =>
      select.values(values).map((found) => ({ row: rowOf(found), behind: found.slice(readers.length) })),
    get(values) {
      const [found] = select.values(values)
      return found && rowOf(found)
    },
  }
}

/** How a column reads what the database holds; null where it is taken as it is. */
function decoderOf(field: Column | SQL): ((value: unknown) => unknown) | null {
  if (!(field instanceof Column) || field.mapFromDriverValue === Column.prototype.mapFromDriverValue)
    return null
  return (value) => field.mapFromDriverValue(value)
}
