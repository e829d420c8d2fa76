/** Which columns of which list are hidden on this device; kept by the browser, never sent. */
const prefix = 'kamihi.columns.'

function stored(): Record<string, string[]> {
  const names = Object.keys(localStorage).filter((name) => name.startsWith(prefix))
  return Object.fromEntries(
    names.map((name) => [name.slice(prefix.length), localStorage.getItem(name)?.split(' ') ?? []]),
  )
}

const hidden = $state(stored())

/** What is asked of a column here. */
interface Hideable {
  key?: string
  /** It stays hidden until somebody asks for it. */
  extra?: boolean
}
const usual = (columns: readonly Hideable[]): string[] =>
  columns.flatMap(({ key, extra }) => (extra && key !== undefined ? [key] : []))

/** Keys of the columns of a list that are hidden. */
export const hiddenColumns = (list: string, columns: readonly Hideable[]): readonly string[] =>
  hidden[list] ?? usual(columns)

/** Hides a column of a list or shows it again, and remembers it. */
export function toggleColumn(list: string, columns: readonly Hideable[], key: string): void {
  const before = hiddenColumns(list, columns)
  keep(list, before.includes(key) ? before.filter((one) => one !== key) : [...before, key])
}

/** Shows all columns of a list. */
export const showAllColumns = (list: string): void => keep(list, [])

function keep(list: string, keys: string[]): void {
  hidden[list] = keys
  localStorage.setItem(prefix + list, keys.join(' '))
}
