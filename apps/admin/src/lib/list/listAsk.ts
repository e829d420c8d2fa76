import {
  apartOf,
  type Filter,
  knownSort,
  type Narrowing,
  narrowingOf,
  sortOut,
  type UnknownValue,
} from './filters.ts'
import type { Asked } from './listUrl.ts'

/** What a list is, whatever its address says. */
interface OfList {
  filters: readonly Filter[]
  columns: readonly { sort?: string }[]
  /** What narrows it wherever it stands. */
  fixed: Narrowing
  /** The zone in which it shows times. */
  zone: string
}

/** What a list asks the server for. */
export interface ListAsk {
  /** Values of filters, by name; and those of the address that make no sense. */
  known: Record<string, string>
  unknown: UnknownValue[]
  /** The column that the address sorts by; empty: none, or none that the list has. */
  sortedBy: string
  /** What narrows it now. */
  narrowing: Narrowing
  /** Somebody searched it or set a filter. */
  isNarrowed: boolean
  /** It is narrowed by more than what chooses the things it holds. */
  isFiltered: boolean
  /** What it is asked for when nothing narrows it. */
  usual: Narrowing
  /** All that it finds, in its order. */
  whole: Narrowing
  /** The page of all that which is shown. */
  query: Record<string, unknown>
}

/** What a list asks the server for, by what its address says. */
export function listAsk(asked: Asked, { filters, columns, fixed, zone }: OfList): ListAsk {
  const { known, unknown } = sortOut(filters, asked.filters)
  const sortedBy = knownSort(columns, asked.sort)
  const apart = apartOf(filters, known)
  const by = (values: Record<string, string>): Narrowing => ({
    ...narrowingOf(filters, values, zone),
    ...fixed,
  })
  const narrowing = { ...(asked.q ? { q: asked.q } : {}), ...by(known) }
  const whole = {
    ...narrowing,
    ...(sortedBy ? { sort: sortedBy } : {}),
    ...(asked.order ? { order: asked.order } : {}),
  }
  return {
    known,
    unknown,
    sortedBy,
    narrowing,
    isNarrowed: asked.q !== '' || Object.keys(known).length > 0,
    isFiltered: asked.q !== '' || Object.keys(apart).length < Object.keys(known).length,
    usual: by(apart),
    whole,
    query: { ...whole, ...(asked.cursor ? { cursor: asked.cursor } : {}), limit: asked.limit },
  }
}
