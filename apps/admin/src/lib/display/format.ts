/** How numbers and times are written: by language, and by what somebody chose. */
export interface Style {
  /** BCP 47, e.g. `en-GB`. */
  locale: string
  /** IANA name; left out: the zone of this device. */
  zone?: string | undefined
  /** 12 or 24; left out: as the language has it. */
  clock?: '12' | '24' | undefined
}

const cached = <T>(make: (key: string) => T) => {
  const made = new Map<string, T>()
  return (key: string): T => {
    const known = made.get(key) ?? make(key)
    made.set(key, known)
    return known
  }
}

const units = [
  [86_400, 'day'],
  [3600, 'hour'],
  [60, 'minute'],
] as const
const relativeFormat = cached((locale) => new Intl.RelativeTimeFormat(locale, { style: 'short' }))
const nowWord = cached((locale) =>
  new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(0, 'second'),
)

/** `in 5 min`, `12 sec ago`, `now`; the largest unit that fits. */
export function relativeTime(at: number, now: number, locale: string): string {
  const seconds = Math.round((at - now) / 1000)
  if (seconds === 0) return nowWord(locale)
  const [size, unit] = units.find(([limit]) => Math.abs(seconds) >= limit) ?? [1, 'second' as const]
  return relativeFormat(locale).format(Math.round(seconds / size), unit)
}

interface Precision {
  seconds: boolean
  date: boolean
  year?: boolean
  /** Without the name of the zone, beside an instant that has it. */
  bare?: boolean
}
const instantFormat = cached((key) => {
  const { locale, zone, clock, seconds, date, year, bare } = JSON.parse(key) as Style & Precision
  return new Intl.DateTimeFormat(locale, {
    ...(date ? { weekday: 'short', day: 'numeric', month: 'short' } : {}),
    ...(year ? { year: 'numeric' } : {}),
    hour: '2-digit',
    minute: '2-digit',
    ...(seconds ? { second: '2-digit' } : {}),
    ...(bare ? {} : { timeZoneName: 'short' }),
    ...(zone ? { timeZone: zone } : {}),
    ...(clock ? { hourCycle: clock === '24' ? 'h23' : 'h12' } : {}),
  })
})

const yearFormat = cached(
  (zone) => new Intl.DateTimeFormat('en', { year: 'numeric', ...(zone ? { timeZone: zone } : {}) }),
)
const yearOf = (at: number, zone = ''): string => yearFormat(zone).format(at)

/**
 * `Wed 25 Nov, 09:00:05 CET`, without seconds on a full minute, and with the year where it is another than that of `now`: an instant never
 * stands without its zone.
 */
export function formatInstant(at: number, { locale, zone, clock }: Style, now: number): string {
  const year = yearOf(at, zone) !== yearOf(now, zone)
  return instantFormat(
    JSON.stringify({ locale, zone, clock, seconds: at % 60_000 !== 0, date: true, year }),
  ).format(at)
}

/** `09:00 CET`. */
export function formatTime(at: number, { locale, zone, clock }: Style): string {
  return instantFormat(
    JSON.stringify({ locale, zone, clock, seconds: at % 60_000 !== 0, date: false }),
  ).format(at)
}

/** `09:00`, beside an instant that names the zone. */
export const formatClock = (at: number, { locale, zone, clock }: Style): string =>
  instantFormat(JSON.stringify({ locale, zone, clock, seconds: false, date: false, bare: true })).format(at)

const dayFormat = cached((key) => {
  const { locale, zone } = JSON.parse(key) as Style
  return new Intl.DateTimeFormat(locale, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    ...(zone ? { timeZone: zone } : {}),
  })
})

/** `Wed 25 Nov`. */
export const formatDay = (at: number, { locale, zone }: Style): string =>
  dayFormat(JSON.stringify({ locale, zone })).format(at)

const weekdayFormat = cached((key) => {
  const { locale, zone, width } = JSON.parse(key) as Style & { width: 'long' | 'short' }
  return new Intl.DateTimeFormat(locale, { weekday: width, ...(zone ? { timeZone: zone } : {}) })
})
/** `Wednesday`; `Wed` where there is little room. */
export const formatWeekday = (
  at: number,
  { locale, zone }: Style,
  width: 'long' | 'short' = 'long',
): string => weekdayFormat(JSON.stringify({ locale, zone, width })).format(at)

const monthFormat = cached((key) => {
  const { locale, zone } = JSON.parse(key) as Style
  return new Intl.DateTimeFormat(locale, {
    month: 'long',
    year: 'numeric',
    ...(zone ? { timeZone: zone } : {}),
  })
})
/** `November 2026`. */
export const formatMonth = (at: number, { locale, zone }: Style): string =>
  monthFormat(JSON.stringify({ locale, zone })).format(at)

const numberFormat = cached((locale) => new Intl.NumberFormat(locale))
/** `1,204`. */
export const formatNumber = (n: number, locale: string): string => numberFormat(locale).format(n)

const shortFormat = cached(
  (locale) => new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 }),
)
/** `1.2K`, where there is little room. */
export const formatShort = (n: number, locale: string): string => shortFormat(locale).format(n)

const percentFormat = cached(
  (locale) => new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 }),
)
/** `98.9%` of 0.989. */
export const formatPercent = (share: number, locale: string): string => percentFormat(locale).format(share)

const tenths = cached(
  (locale) => new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 }),
)

/** `0.4 s`, `12 s`, `3 min 5 s`, `2 h 4 min`: `Intl.DurationFormat` is not everywhere yet. */
export function formatDuration(ms: number, locale: string): string {
  if (ms < 10_000) return `${tenths(locale).format(ms / 1000)} s`
  const seconds = Math.round(ms / 1000)
  if (seconds < 60) return `${seconds} s`
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`
  return `${Math.floor(seconds / 86_400)} d ${Math.floor((seconds % 86_400) / 3600)} h`
}

const byteUnits = ['B', 'KiB', 'MiB', 'GiB', 'TiB']
/** `4.2 MiB`. */
export function formatBytes(bytes: number, locale: string): string {
  const power = bytes < 1024 ? 0 : Math.min(byteUnits.length - 1, Math.floor(Math.log2(bytes) / 10))
  const amount = bytes / 1024 ** power
  const digits =
    power === 0 || amount >= 100 ? formatNumber(Math.round(amount), locale) : tenths(locale).format(amount)
  return `${digits} ${byteUnits[power]}`
}
