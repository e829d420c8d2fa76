import { isTimezone } from '@kamihi/core'

/**
 * The name of a time zone as it is usually written: `europe/madrid` is `Europe/Madrid`. A name that is a link to another stays what it is,
 * because `Asia/Kolkata` is what people know and not `Asia/Calcutta`, which Intl makes of it. Null when there is no such zone.
 */
export function mendZone(name: string): string | null {
  if (/^utc$/i.test(name)) return 'UTC'
  if (!isTimezone(name)) return null
  const known = new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone
  if (isSame(known, name)) return known
  return oddNames.find((one) => isSame(one, name)) ?? name.toLowerCase().replace(/[a-z]+/g, capital)
}

const isSame = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase()

const small = new Set(['of', 'es', 'au'])
const abbreviations = new Set(['act', 'gmt', 'lhi', 'nsw', 'uct', 'us', 'utc'])

function capital(word: string): string {
  if (small.has(word)) return word
  return abbreviations.has(word) ? word.toUpperCase() : `${word.charAt(0).toUpperCase()}${word.slice(1)}`
}

/** Links of the time zone database that do not follow the rule. */
const oddNames = [
  'America/Argentina/ComodRivadavia',
  'America/Knox_IN',
  'Brazil/DeNoronha',
  'Chile/EasterIsland',
  'Mexico/BajaNorte',
  'Mexico/BajaSur',
]

/** The same settings with the zone as it is usually written; one that is none is left for the check to refuse. */
export function withMendedZone<T extends { timezone?: string | null }>(settings: T): T {
  const { timezone } = settings
  return typeof timezone === 'string' ? { ...settings, timezone: mendZone(timezone) ?? timezone } : settings
}
