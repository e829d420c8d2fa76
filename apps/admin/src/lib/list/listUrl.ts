import { searchParams } from 'sv-router'

/** Sizes a page can have; the first is the default. */
export const pageSizes = [50, 25, 100] as const

/** What a list shows, as its address tells it: defaults are left out of the address. */
export interface Asked {
  q: string
  /** Column and direction, when they are not the default. */
  sort: string
  order: 'asc' | 'desc' | ''
  limit: number
  cursor: string
  /** Number of the first row of the page among all. */
  row: number
  filters: Record<string, string>
}

/** Reads what a list is asked for; a page that is read by a component is read again when the address changes. */
export function readAsked(filterNames: readonly string[]): Asked {
  const params = searchParams.toURLSearchParams()
  const given = (name: string) => params.get(name) ?? ''
  const order = given('order')
  const limit = Number(given('limit'))
  const row = Number(given('row'))
  return {
    q: given('q'),
    sort: given('sort'),
    order: order === 'asc' || order === 'desc' ? order : '',
    limit: pageSizes.find((size) => size === limit) ?? pageSizes[0],
    cursor: given('cursor'),
    row: given('cursor') && Number.isInteger(row) && row > 0 ? row : 1,
    filters: Object.fromEntries(
      filterNames.flatMap((name) => (params.has(name) ? [[name, given(name)]] : [])),
    ),
  }
}

/** Writes into the address; an empty value is taken out. One entry of the history, or none with `replace`. */
export function writeAsked(changes: Record<string, string>, { replace = false } = {}): void {
  let settled = replace
  for (const [name, value] of Object.entries(changes)) {
    const now = searchParams.toURLSearchParams().get(name) ?? ''
    if (now === value) continue
    if (value === '') searchParams.delete(name, undefined, { replace: settled })
    else searchParams.set(name, value, { replace: settled })
    settled = true
  }
}

/** The cursor of the page before that of a cursor, as far as this visit has seen it. */
const before = new Map<string, string>()
export const cursorBefore = (cursor: string): string => before.get(cursor) ?? ''
export const rememberCursor = (cursor: string, previous: string): void => void before.set(cursor, previous)
