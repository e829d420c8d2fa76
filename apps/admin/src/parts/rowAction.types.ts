/** What can be done with the thing of a row. */
export interface RowAction {
  label: string
  run: () => void
  danger?: boolean
  /** The key that does it: `e` or `r`. */
  key?: 'edit' | 'run'
  /** Why it cannot be chosen now. */
  disabled?: string | null
}
