import { allShown, askedFor, type Hideable, hiddenBy, toggled } from './columnChoice.ts'

/** Which columns of which list are hidden on this device; kept by the browser, never sent. */
const prefix = 'kamihi.columns.'

function stored(): Record<string, string[]> {
  const names = Object.keys(localStorage).filter((name) => name.startsWith(prefix))
  return Object.fromEntries(
    names.map((name) => [
      name.slice(prefix.length),
      (localStorage.getItem(name) ?? '').split(' ').filter((choice) => choice !== ''),
    ]),
  )
}

const chosen = $state(stored())
const chosenOf = (list: string): readonly string[] => chosen[list] ?? []

/** Keys of the columns of a list that are hidden. */
export const hiddenColumns = (list: string, columns: readonly Hideable[]): readonly string[] =>
  hiddenBy(columns, chosenOf(list))

/** Keys of the extra columns of a list that somebody asked for. */
export const extraColumns = (list: string): readonly string[] => askedFor(chosenOf(list))

/** Hides a column of a list or shows it again, and remembers it. */
export const toggleColumn = (list: string, columns: readonly Hideable[], key: string): void =>
  keep(list, toggled(columns, chosenOf(list), key))

/** Shows all columns of a list. */
export const showAllColumns = (list: string, columns: readonly Hideable[]): void =>
  keep(list, allShown(columns, chosenOf(list)))

function keep(list: string, choices: string[]): void {
  chosen[list] = choices
  localStorage.setItem(prefix + list, choices.join(' '))
}
