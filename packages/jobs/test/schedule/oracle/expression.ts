/** What a cron expression means, read in the plainest way and without the library that the product uses. */
export interface Meaning {
  /** No `*`, `?` or step in second, minute and hour. */
  isWallClock: boolean
  hasSeconds: boolean
  /** Whether a time of the day is named; `second` counts from midnight. */
  firesAt(second: number): boolean
  /** Whether a day is named; `day` is its midnight in floating milliseconds. */
  firesOn(day: number): boolean
}

const day = 86_400_000
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']
const nicknames: Record<string, string> = {
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * 0',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@hourly': '0 * * * *',
}

/** Reads an expression that is known to be right; it checks nothing. */
export function meaningOf(expression: string): Meaning {
  const text = nicknames[expression.toLowerCase()] ?? expression
  const fields = text.toLowerCase().replaceAll('?', '*').trim().split(/\s+/)
  const hasSeconds = fields.length === 6
  const [second = '', minute = '', hour = '', dayOfMonth = '', month = '', weekday = ''] = hasSeconds
    ? fields
    : ['0', ...fields]
  const seconds = valuesOf(second, 0, 59)
  const minutes = valuesOf(minute, 0, 59)
  const hours = valuesOf(hour, 0, 23)
  const named = valuesOf(numbered(month, months, 1), 1, 12)
  const namesDay = daysOf(dayOfMonth, weekday)
  return {
    isWallClock: ![second, minute, hour].some((field) => /[*/]/.test(field)),
    hasSeconds,
    firesAt: (at) =>
      hours.has(Math.floor(at / 3600)) && minutes.has(Math.floor(at / 60) % 60) && seconds.has(at % 60),
    firesOn: remember((at) => named.has(new Date(at).getUTCMonth() + 1) && namesDay(at)),
  }
}

function remember(decide: (at: number) => boolean): (at: number) => boolean {
  const known = new Map<number, boolean>()
  return (at) => {
    const decided = known.get(at) ?? decide(at)
    known.set(at, decided)
    return decided
  }
}

/** Day of month or weekday when both are given, both with a `+`, else the one that is given. */
function daysOf(dayOfMonth: string, weekday: string): (at: number) => boolean {
  const both = weekday.startsWith('+')
  const ofWeek = both ? weekday.slice(1) : weekday
  const byMonth = (at: number) => dayOfMonth.split(',').some((item) => isDayOfMonth(item, at))
  const byWeek = (at: number) =>
    numbered(ofWeek, weekdays, 0)
      .split(',')
      .some((item) => isWeekday(item, at))
  if (ofWeek === '*') return byMonth
  if (both) return (at) => byMonth(at) && byWeek(at)
  // Every day of the month says nothing, with the last one added or not.
  if (dayOfMonth.replace(/^(l,)+/, '').replaceAll(',l', '') === '*') return byWeek
  return (at) => byMonth(at) || byWeek(at)
}

function isDayOfMonth(item: string, at: number): boolean {
  const date = new Date(at).getUTCDate()
  if (item === 'l') return isLastOf(monthOf(at), at)
  if (item === 'lw') return isLastOf(monthOf(at).filter(isWorkday), at)
  if (item.endsWith('w')) return nearestWorkday(monthOf(at), Number(item.slice(0, -1))) === at
  return admits(item, 1, 31)(date)
}

function isWeekday(item: string, at: number): boolean {
  const [range = '', which] = item.endsWith('l') ? [item.slice(0, -1), 'l'] : item.split('#')
  const weekday = new Date(at).getUTCDay()
  const named = admits(range, 0, 6)
  if (!named(weekday) && !(weekday === 0 && range !== '*' && !range.startsWith('*/') && named(7)))
    return false
  if (which === undefined) return true
  const same = monthOf(at).filter((one) => new Date(one).getUTCDay() === weekday)
  return which === 'l' ? isLastOf(same, at) : same[Number(which) - 1] === at
}

const isWorkday = (at: number): boolean => ![0, 6].includes(new Date(at).getUTCDay())
const isLastOf = (days: number[], at: number): boolean => days.at(-1) === at

/** The working day of the month that is closest to a date of it. */
function nearestWorkday(days: number[], date: number): number | undefined {
  const wanted = days[date - 1]
  if (wanted === undefined) return undefined
  return days.filter(isWorkday).sort((a, b) => Math.abs(a - wanted) - Math.abs(b - wanted))[0]
}

const calendar = new Map<number, number[]>()

/** Every day of the month of a day. */
function monthOf(at: number): number[] {
  const date = new Date(at)
  const first = Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1)
  const known = calendar.get(first)
  if (known) return known
  const days: number[] = []
  for (let one = first; new Date(one).getUTCMonth() === date.getUTCMonth(); one += day) days.push(one)
  calendar.set(first, days)
  return days
}

/** Names as numbers; Sunday at the end of a range is 7. */
function numbered(field: string, names: string[], first: number): string {
  return field
    .replaceAll('-sun', '-7')
    .replace(/[a-z]{3}/g, (name) => (names.includes(name) ? String(names.indexOf(name) + first) : name))
}

function valuesOf(field: string, low: number, high: number): Set<number> {
  const all = Array.from({ length: high - low + 1 }, (_, index) => low + index)
  return new Set(all.filter(admits(field, low, high)))
}

/** Whether a list of numbers, ranges and steps admits a value. */
function admits(field: string, low: number, high: number): (value: number) => boolean {
  return (value) =>
    field.split(',').some((item) => {
      const [range = '', step = '1'] = item.split('/')
      const [from, to] = range === '*' ? [low, high] : range.split('-').map(Number)
      if (from === undefined || Number.isNaN(from)) return false
      const last = to ?? (item.includes('/') ? high : from)
      return value >= from && value <= last && (value - from) % Number(step) === 0
    })
}
