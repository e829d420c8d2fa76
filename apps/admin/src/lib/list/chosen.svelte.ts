import type { Narrowing } from './filters.ts'
import type { Selection } from './selection.ts'

/** What a list shows now. */
export interface Shown {
  /** Ids of the rows of this page. */
  ids: readonly string[]
  filter: Narrowing
  /** How many rows the filter matches. */
  total: number
}

/** Rows of a list that somebody chose: one by one, a page, or all that match. */
export function createChosen(shown: () => Shown) {
  let ids = $state<string[]>([])
  let isMatching = $state(false)
  const has = (id: string) => isMatching || ids.includes(id)
  const isPage = $derived(shown().ids.length > 0 && shown().ids.every(has))
  const selection = $derived<Selection>(
    isMatching
      ? { kind: 'matching', filter: shown().filter, count: shown().total }
      : { kind: 'ids', ids, count: ids.length },
  )
  return {
    has,
    get selection() {
      return selection
    },
    /** Every row of this page is chosen. */
    get isPage() {
      return isPage
    },
    /** There are more that match than this page shows, so that all of them can be offered. */
    get canTakeAll() {
      return isPage && !isMatching && shown().total > ids.length
    },
    choose(these: readonly string[], on: boolean): void {
      const kept = isMatching ? shown().ids : ids
      isMatching = false
      ids = on ? [...new Set([...kept, ...these])] : kept.filter((id) => !these.includes(id))
    },
    takeAll(): void {
      isMatching = true
    },
    clear(): void {
      ids = []
      isMatching = false
    },
  }
}
export type Chosen = ReturnType<typeof createChosen>
