/** Which columns of which list somebody hid on this device; kept by the browser, never sent. */
const prefix = 'kamihi.columns.'

function stored(): Record<string, string[]> {
  const names = Object.keys(localStorage).filter((name) => name.startsWith(prefix))
  return Object.fromEntries(
    names.map((name) => [name.slice(prefix.length), localStorage.getItem(name)?.split(' ') ?? []]),
  )
}

const hidden = $state(stored())

/** Keys of the columns of a list that are hidden. */
export const hiddenColumns = (list: string): readonly string[] => hidden[list] ?? []

/** Hides a column of a list or shows it again, and remembers it. */
export function toggleColumn(list: string, key: string): void {
  const before = hiddenColumns(list)
  const after = before.includes(key) ? before.filter((one) => one !== key) : [...before, key]
  hidden[list] = after
  if (after.length === 0) localStorage.removeItem(prefix + list)
  else localStorage.setItem(prefix + list, after.join(' '))
}

/** Shows all columns of a list. */
export function showAllColumns(list: string): void {
  hidden[list] = []
  localStorage.removeItem(prefix + list)
}
