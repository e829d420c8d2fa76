/** What is asked of a column here. */
export interface Hideable {
  key?: string
  /** It stays hidden until somebody asks for it. */
  extra?: boolean
}

/** How it is kept that somebody chose otherwise than usual: the key of a column that is hidden, `+key` of an extra one that is shown. */
const choiceOf = ({ key, extra }: Hideable): string => (extra ? `+${key}` : `${key}`)

/** Keys of the columns that are hidden, by what somebody chose. */
export const hiddenBy = (columns: readonly Hideable[], chosen: readonly string[]): string[] =>
  columns.flatMap((column) =>
    column.key !== undefined && chosen.includes(choiceOf(column)) !== (column.extra ?? false)
      ? [column.key]
      : [],
  )

/** The choices after one column was hidden or shown again; those about columns that are not there now are kept. */
export function toggled(columns: readonly Hideable[], chosen: readonly string[], key: string): string[] {
  const choices = columns.filter((column) => column.key === key).map(choiceOf)
  return [
    ...chosen.filter((choice) => !choices.includes(choice)),
    ...choices.filter((choice) => !chosen.includes(choice)),
  ]
}

/** The choices with which all columns are shown. */
export const allShown = (columns: readonly Hideable[], chosen: readonly string[]): string[] => {
  const extras = columns.filter(({ extra }) => extra).map(choiceOf)
  return [...new Set([...chosen.filter((choice) => choice.startsWith('+')), ...extras])]
}

/** Keys of the extra columns that somebody asked for, whether they are there now or not. */
export const askedFor = (chosen: readonly string[]): string[] =>
  chosen.filter((choice) => choice.startsWith('+')).map((choice) => choice.slice(1))
