/** A day of a zone: its date and the instants at which it begins and ends. */
export interface Day {
  /** `2026-11-24` */
  date: string
  from: number
  to: number
}

const hourMs = 3_600_000
const dayMs = 24 * hourMs

/** The last days of a zone with today, oldest first. A day is as long as the clocks make it. */
export function lastDays(count: number, zone: string, now: number): Day[] {
  const dateOf = dateIn(zone)
  const today = dateOf(now)
  const dates = Array.from({ length: count + 1 }, (_, index) => shift(today, index - count + 1))
  const begins = dates.map((date) => beginOf(date, dateOf))
  return dates
    .slice(0, count)
    .map((date, index) => ({ date, from: begins[index] ?? now, to: begins[index + 1] ?? now }))
}

const dateIn = (zone: string) => {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  })
  return (at: number): string => format.format(at)
}

const shift = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10)

/** The first instant of a date, found by halving: no clock change of any zone has to be known. */
function beginOf(date: string, dateOf: (at: number) => string): number {
  const noon = Date.parse(`${date}T12:00:00Z`)
  let [before, within] = [noon - 40 * hourMs, noon + 16 * hourMs]
  while (within - before > 1) {
    const middle = Math.floor((before + within) / 2)
    if (dateOf(middle) >= date) within = middle
    else before = middle
  }
  return within
}
