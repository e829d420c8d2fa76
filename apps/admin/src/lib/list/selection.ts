import type { Narrowing } from './filters.ts'

/** Rows that were chosen: some of them by id, or all that the filter matches. */
export type Selection =
  | { kind: 'ids'; ids: string[]; count: number }
  | { kind: 'matching'; filter: Narrowing; count: number }

/** Something that can be done with several rows at once. */
export interface BulkAction {
  label: string
  danger?: boolean
  /** Why it cannot be done now. */
  disabled?: string | null
  run: (selection: Selection, done: () => void) => void
}

/** A selection as the bulk endpoints of the API take it. */
export const targetOf = (selection: Selection) =>
  selection.kind === 'ids' ? { ids: selection.ids } : { filter: selection.filter }
