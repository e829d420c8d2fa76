import type { TSchema } from '@sinclair/typebox'

/** A column of a table: the field that it shows, e.g. `counts.sent`. */
export interface Column {
  name: string
  path: string[]
}

/** The columns of what a schema describes: one a field, those of an object apart. Lists and free JSON stay in one cell. */
export function columnsOf(schema: TSchema, path: string[] = []): Column[] {
  return Object.entries<TSchema>(objectIn(schema)?.properties ?? {}).flatMap(([name, field]) => {
    const at = [...path, name]
    return objectIn(field)?.properties ? columnsOf(field, at) : [{ name: at.join('.'), path: at }]
  })
}

/** The schema itself, or what it is when it is not null. */
const objectIn = (schema: TSchema): TSchema | undefined =>
  (schema.anyOf as TSchema[] | undefined)?.find(({ type }) => type === 'object') ?? schema

/** The value that a column shows. */
export const valueAt = (row: unknown, { path }: Column): unknown =>
  path.reduce<unknown>((value, name) => (value as Record<string, unknown> | null | undefined)?.[name], row)

/** A line of a CSV file (RFC 4180). */
export const csvLine = (values: readonly unknown[]): string => `${values.map(cellOf).join(',')}\r\n`

/** Text that a spreadsheet would take for a formula, and run. */
const formula = /^[=+\-@\t\r]/
/** What no program can take for more than one cell, whatever it separates them by. */
const plain = /^[\w.:-]*$/

function cellOf(value: unknown): string {
  const text = textOf(value)
  const harmless = formula.test(text) ? `'${text}` : text
  return plain.test(harmless) ? harmless : `"${harmless.replaceAll('"', '""')}"`
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return ''
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
