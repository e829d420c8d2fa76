const patterns: [RegExp, string][] = [
  // Of a long row of digits only 20 at a time: without that bound the time grows with the square of its length.
  [/\d{6,20}:[\w-]{30,}/g, '<token>'],
  [/kmh_\w+/g, '<api token>'],
  [/(\/\/[^/\s:@]+:)[^@/\s]+@/g, '$1***@'],
]

/** Takes secrets out of a text: tokens of bots and of the API, passwords in addresses. */
export const redact = (text: string): string =>
  patterns.reduce((rest, [pattern, by]) => rest.replace(pattern, by), text)

/** Whose an address is: its path and its query often hold secrets. */
export function maskedUrl(url: string): string {
  if (!URL.canParse(url)) return redact(url)
  const { origin, pathname, search } = new URL(url)
  return pathname === '/' && search === '' ? origin : `${origin}/…`
}

/** What lies deeper is not shown: it might hold secrets, or itself. */
const deepest = 6

const secretKeys = /(authorization|cookie|password|passwordhash|token|secret|apikey|privatekey)$/
/** `access_token`, `botToken` and `Set-Cookie` are secret like `token` and `cookie`. */
const isSecretKey = (key: string) => secretKeys.test(key.replaceAll(/[-_]/g, '').toLowerCase())

/** The same for a value that is logged: secret keys by name, texts by pattern; deep, but not without end. */
export function redactValue(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return redact(value)
  if (typeof value !== 'object' || value === null) return value
  if (depth > deepest) return '…'
  if (value instanceof Date || value instanceof URL) return redactValue(value.toJSON())
  if (value instanceof Error)
    return { type: value.name, message: redact(value.message), stack: redact(value.stack ?? '') }
  if (Array.isArray(value)) return value.map((item) => redactValue(item, depth + 1))
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      isSecretKey(key) ? '***' : redactValue(item, depth + 1),
    ]),
  )
}
