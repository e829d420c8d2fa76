/** UTC, and every name with a slash that Intl knows; abbreviations like CET and offsets like +02:00 are refused, since they hide clock changes. */
export function isTimezone(name: string): boolean {
  if (name === 'UTC') return true
  if (!name.includes('/') || name.length > 64) return false
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}
