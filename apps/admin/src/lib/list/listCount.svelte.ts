import type { Page } from '@kamihi/contracts'
import { createQuery } from '@tanstack/svelte-query'
import * as t from '../../texts/index.ts'
import { show } from '../display/show.svelte.ts'
import type { Narrowing } from './filters.ts'

type Counted = Pick<Page<unknown>, 'total' | 'totalIsExact'>

/** How many things a list finds, in words. */
export interface ListCount {
  found: string
  /** How many there are without what narrows the list; null: nothing narrows it. */
  of: string | null
}

interface Options {
  queryKey: () => readonly unknown[]
  /** What the list found; undefined: it is not known yet. */
  found: () => Counted | undefined
  isFiltered: () => boolean
  /** What the list is asked for when nothing narrows it. */
  usual: () => Narrowing
  find: (query: object) => Promise<Counted>
}

let shown = $state.raw<ListCount | null>(null)

/** How long the list of this page is; null: it has none, or it is not known yet. */
export const shownCount = (): ListCount | null => shown

/** How many a page says that there are, in words. */
export const totalWords = ({ total, totalIsExact }: Counted): string =>
  totalIsExact ? show.number(total) : t.list.atLeast(show.number(total))

/** Tells the heading of the page how long its list is, as long as the list is there. */
export function countList({ queryKey, found, isFiltered, usual, find }: Options): void {
  const every = createQuery(() => ({
    queryKey: [...queryKey(), 'count', usual()],
    queryFn: () => find({ ...usual(), limit: 1 }),
    enabled: isFiltered(),
  }))
  const count = $derived.by((): ListCount | null => {
    const page = found()
    if (!page) return null
    if (!isFiltered()) return { found: totalWords(page), of: null }
    return every.data ? { found: totalWords(page), of: totalWords(every.data) } : null
  })
  $effect(() => {
    const mine = count
    shown = mine
    return () => {
      // The list of the next page may have told already.
      if (shown === mine) shown = null
    }
  })
}
