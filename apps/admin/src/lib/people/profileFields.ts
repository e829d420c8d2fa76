import type { User } from '@kamihi/contracts'

/** So many fields are offered as columns. */
export const mostFields = 12

const prefix = 'profile.'

/** The key of the column that shows a field; it holds no space. */
export const keyOfField = (field: string): string => prefix + encodeURIComponent(field)

const fieldOfKey = (key: string): string[] => {
  try {
    return key.startsWith(prefix) ? [decodeURIComponent(key.slice(prefix.length))] : []
  } catch {
    return []
  }
}

/** Fields of profiles that can be shown: those of somebody on the page, and those that were asked for before, which come first if there are too many. */
export function profileFields(
  users: readonly Pick<User, 'profile'>[],
  askedFor: readonly string[],
): string[] {
  const there = users.flatMap(({ profile }) => Object.keys(profile))
  const all = [...new Set([...askedFor.flatMap(fieldOfKey), ...there])]
  return all.slice(0, mostFields).sort((a, b) => a.localeCompare(b))
}

/** The fields that columns show, in their order. */
export const fieldsIn = (columns: readonly { key?: string }[]): string[] =>
  columns.flatMap(({ key }) => (key === undefined ? [] : fieldOfKey(key)))

/** The value of a field as text. */
export const profileText = (value: unknown): string =>
  value === null || value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value)
