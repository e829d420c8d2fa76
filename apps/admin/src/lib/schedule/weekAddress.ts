import { addDays, isDate, mondayOf, startOfDayIso, wallClock } from '../display/zone.ts'

/** What the calendar shows, as its address tells it. */
export interface WeekAsked {
  monday: string
  /** When the week begins and ends in the zone that is shown, as ISO instants. */
  from: string
  to: string
  isThisWeek: boolean
}

/** The week that the address asks for: that of the day given, else this one. */
export function weekAsked(given: string, now: number, zone: string): WeekAsked {
  const thisMonday = mondayOf(wallClock(now, zone).date)
  const monday = isDate(given) ? mondayOf(given) : thisMonday
  return {
    monday,
    from: startOfDayIso(monday, zone),
    to: startOfDayIso(addDays(monday, 7), zone),
    isThisWeek: monday === thisMonday,
  }
}

/** A cron expression that fires at a time of a weekday; 0 is Sunday. */
export const cronOfSlot = ({
  weekday,
  hour,
  minute,
}: {
  weekday: number
  hour: number
  minute: number
}): string => `${minute} ${hour} * * ${weekday}`
