import type { ScheduleLoad } from '@kamihi/contracts'
import { addDays, isDate, startOfDayIso, wallClock, weekdayOf } from '../display/zone.ts'
import { addOutcomes, endedOf } from '../schedule/weekGrid.ts'

/** A month that is shown, as its address tells it. */
export interface MonthAsked {
  /** `2026-11`. */
  month: string
  /** When it begins and ends in the zone that is shown, as ISO instants. */
  from: string
  to: string
  previous: string
  next: string
  isThisMonth: boolean
}

/** A day of a month: what became of the runs of a job, and how many are to come. */
export interface MonthDay {
  date: string
  /** When it begins and ends, as ISO instants. */
  from: string
  to: string
  when: 'past' | 'today' | 'future'
  planned: number
  /** How many ended in each state. */
  outcomes: Record<string, number>
}

/** The month that the address asks for, else this one. */
export function monthAsked(given: string, now: number, zone: string): MonthAsked {
  const thisMonth = monthOf(wallClock(now, zone).date)
  const month = /^\d{4}-\d{2}$/.test(given) && isDate(`${given}-01`) ? given : thisMonth
  const next = monthOf(addDays(`${month}-01`, 31))
  return {
    month,
    from: startOfDayIso(`${month}-01`, zone),
    to: startOfDayIso(`${next}-01`, zone),
    previous: monthOf(addDays(`${month}-01`, -1)),
    next,
    isThisMonth: month === thisMonth,
  }
}

/** The weeks of a month, from Monday to Sunday; null: a day of the month before or after. */
export function monthGrid(load: ScheduleLoad, month: string, zone: string): (MonthDay | null)[][] {
  const today = wallClock(Date.parse(load.now), zone).date
  const days = new Map(datesOf(month).map((date) => [date, emptyDay(date, today, zone)]))
  for (const { hour, runs, outcomes } of load.hours) {
    const day = days.get(wallClock(Date.parse(hour), zone).date)
    if (!day) continue
    addOutcomes(day.outcomes, outcomes)
    day.planned += runs - endedOf(outcomes)
  }
  return weeksOf([...days.values()])
}

const monthOf = (date: string): string => date.slice(0, 7)

function datesOf(month: string): string[] {
  const dates: string[] = []
  for (let date = `${month}-01`; monthOf(date) === month; date = addDays(date, 1)) dates.push(date)
  return dates
}

const emptyDay = (date: string, today: string, zone: string): MonthDay => ({
  date,
  from: startOfDayIso(date, zone),
  to: startOfDayIso(addDays(date, 1), zone),
  when: date < today ? 'past' : date === today ? 'today' : 'future',
  planned: 0,
  outcomes: {},
})

function weeksOf(days: MonthDay[]): (MonthDay | null)[][] {
  const before = (weekdayOf(days[0]?.date ?? '') + 6) % 7
  const cells = [...Array.from({ length: before }, () => null), ...days]
  const weeks = Array.from({ length: Math.ceil(cells.length / 7) }, (_, week) =>
    cells.slice(7 * week, 7 * week + 7),
  )
  return weeks.map((week) => [...week, ...Array.from({ length: 7 - week.length }, () => null)])
}
