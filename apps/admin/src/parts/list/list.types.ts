import type { Choices } from '../../lib/list/choices.ts'

/** A column of a list. */
export interface Column {
  label: string
  /** Name by which it can be hidden; left out: it always stays, as the first one does. */
  key?: string
  /** Name by which the server sorts by it; left out: it does not. */
  sort?: string
  /** Numbers stand at the right. */
  right?: boolean
  /** Left out where there is no room for all. */
  optional?: boolean
  /** Hidden until somebody asks for it. */
  extra?: boolean
  /** A heading only screen readers need. */
  hidden?: boolean
}

export interface Sort {
  column: string
  order: 'asc' | 'desc'
}

/** What a filter chooses of many things. */
export interface Picking {
  label: string
  choices: Choices
  value: string
  onChoose: (value: string) => void
}
