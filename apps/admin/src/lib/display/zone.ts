import { isTimezone } from '@kamihi/contracts'

/** A moment as the clocks and calendars of a zone show it. */
export interface WallClock {
  /** `2026-11-26`. */
  date: string
  hour: number
  minute: number
}

const formats = new Map<string, Intl.DateTimeFormat>()
function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone)
  if (known) return known
  const digits = {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  } as const
  const made = new Intl.DateTimeFormat('en-CA', { ...digits, hourCycle: 'h23', timeZone: zone })
  formats.set(zone, made)
  return made
}

/** Whether the bot takes a name as that of a time zone; it does not mind how `utc` is written. */
export const isZone = (name: string): boolean => /^utc$/i.test(name) || isTimezone(name)

/** What the clocks of a zone show at an instant. */
export function wallClock(at: number, zone: string): WallClock {
  const parts = Object.fromEntries(
    formatOf(zone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  )
  return {
    date: `${parts.year?.padStart(4, '0')}-${parts.month}-${parts.day}`,
    hour: Number(parts.hour),
    minute: Number(parts.minute),
  }
}

const minuteMs = 60_000
const hourMs = 3_600_000
const dayMs = 24 * hourMs

/** How far the clocks of a zone are ahead of UTC at an instant. */
function offsetAt(at: number, zone: string): number {
  const { date, hour, minute } = wallClock(at, zone)
  return Date.parse(date) + hour * hourMs + minute * minuteMs - Math.floor(at / minuteMs) * minuteMs
}

/** When the clocks of a zone show what those of UTC show at `shown`; where they jump over it, as long after the jump. */
function whenShown(shown: number, zone: string): number {
  const roughly = shown - offsetAt(shown, zone)
  return shown - offsetAt(roughly, zone)
}

/** What is typed into a field for date and time, which has no zone, as an ISO instant; null: that is no time. */
export function clockInstant(typed: string, zone: string): string | null {
  const shown = Date.parse(`${typed}Z`)
  return Number.isNaN(shown) ? null : new Date(whenShown(shown, zone)).toISOString()
}

/** An ISO instant as such a field shows it; empty where it is none. */
export function clockInput(iso: string, zone: string): string {
  const at = Date.parse(iso)
  if (Number.isNaN(at)) return ''
  const { date, hour, minute } = wallClock(at, zone)
  return `${date}T${twoDigits(hour)}:${twoDigits(minute)}`
}

/** When a day of the calendar begins in a zone; where clocks jump over midnight, when they have jumped. */
export function startOfDay(date: string, zone: string): number {
  const at = whenShown(Date.parse(date), zone)
  return wallClock(at, zone).date < date ? at + hourMs : at
}

/** The same as an ISO instant. */
export const startOfDayIso = (date: string, zone: string): string =>
  new Date(startOfDay(date, zone)).toISOString()

/** The day so many days later. */
export const addDays = (date: string, days: number): string => dateOf(Date.parse(date) + days * dayMs)

/** By how many days the date in one zone is ahead of that in another at the same instant: −1, 0 or 1. */
export const dayDistance = (at: number, from: string, to: string): number =>
  Math.round((Date.parse(wallClock(at, to).date) - Date.parse(wallClock(at, from).date)) / dayMs)

/** 0 is Sunday. */
export const weekdayOf = (date: string): number => (Math.floor(Date.parse(date) / dayMs) + 4) % 7

/** The Monday of the week of a day. */
export const mondayOf = (date: string): string => addDays(date, -((weekdayOf(date) + 6) % 7))

/** True for `2026-11-26`, false for `2026-02-30` and anything else. */
export const isDate = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) && dateOf(Date.parse(text)) === text

const twoDigits = (n: number): string => String(n).padStart(2, '0')
const dateOf = (at: number): string => new Date(at).toISOString().slice(0, 10)
