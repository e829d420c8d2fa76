import { CronPattern } from 'croner'

/** What a cron expression names, without a zone: times of the day and days of the month. */
export interface Pattern {
  /** Ascending. */
  seconds: readonly number[]
  minutes: readonly number[]
  hours: readonly number[]
  /** Days of a month that are named: bit 0 is the first. Zero when the month is not named. */
  daysOf(month: Month): number
  /** Names times of the wall clock (no `*` or step in second, minute and hour); else it is an interval. */
  isWallClock: boolean
}

export interface Month {
  /** From 0. */
  month: number
  /** Weekday of the first; Sunday is 0. */
  firstWeekday: number
  length: number
}

/** Bits of croner in `dayOfWeek`: the first to the fifth of a month, and the last. */
const lastOfMonth = 32
const everyOne = 63
/** Of the months from January on, and of February in a leap year. */
const lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31, 29]

/** Reads an expression with croner's grammar and keeps of it what the walk needs; null when croner does not understand it. */
export function readPattern(text: string): Pattern | null {
  const cron = readWithCroner(text)
  if (!cron) return null
  const rules = dayRulesOf(cron)
  const months = indexesOf(cron.month)
  // A month is one of 28: it begins on one of seven weekdays and has one of four lengths.
  const named = new Map<number, number>()
  return {
    seconds: indexesOf(cron.second),
    minutes: indexesOf(cron.minute),
    hours: indexesOf(cron.hour),
    isWallClock: cron.isFixedTime,
    daysOf({ month, firstWeekday, length }) {
      if (!months.includes(month)) return 0
      const key = length * 7 + firstWeekday
      const days = named.get(key) ?? daysNamed(rules, firstWeekday, length)
      named.set(key, days)
      return days
    },
  }
}

function readWithCroner(text: string): CronPattern | null {
  try {
    return new CronPattern(text, undefined, { mode: '5-or-6-parts', fixedTimeRule: 'no-wildcard' })
  } catch {
    return null
  }
}

/** Whether there is any day that it names; the calendar holds every weekday for the first of every month. */
export function everFires(pattern: Pattern): boolean {
  return lengths.some((length, index) => {
    const month = index === 12 ? 1 : index
    return [0, 1, 2, 3, 4, 5, 6].some((firstWeekday) => pattern.daysOf({ month, firstWeekday, length }) !== 0)
  })
}

type DayRules = Pick<
  CronPattern,
  | 'day'
  | 'dayOfWeek'
  | 'nearestWeekdays'
  | 'lastDayOfMonth'
  | 'lastWeekday'
  | 'starDOM'
  | 'starDOW'
  | 'useAndLogic'
>

/** A whole CronPattern takes 80 KB, most of it a list of years. */
function dayRulesOf(cron: CronPattern): DayRules {
  const { day, dayOfWeek, nearestWeekdays, lastDayOfMonth, lastWeekday, starDOM, starDOW, useAndLogic } = cron
  return { day, dayOfWeek, nearestWeekdays, lastDayOfMonth, lastWeekday, starDOM, starDOW, useAndLogic }
}

function daysNamed(rules: DayRules, firstWeekday: number, length: number): number {
  const weekdayOf = (date: number) => (firstWeekday + date - 1) % 7
  let days = 0
  for (let date = 1; date <= length; date += 1) {
    const byMonth = isDateNamed(rules, date, length, weekdayOf)
    if (joined(rules, byMonth, isWeekdayNamed(rules, date, length, weekdayOf(date)))) days |= 1 << (date - 1)
  }
  return days
}

function joined({ starDOM, starDOW, useAndLogic }: DayRules, byMonth: boolean, byWeek: boolean): boolean {
  if (starDOW) return byMonth
  return useAndLogic || starDOM ? byMonth && byWeek : byMonth || byWeek
}

function isDateNamed(
  { day, nearestWeekdays, lastDayOfMonth, lastWeekday }: DayRules,
  date: number,
  length: number,
  weekdayOf: (date: number) => number,
): boolean {
  if (day[date - 1]) return true
  if (lastDayOfMonth && date === length) return true
  if (lastWeekday && date === nearestWorkday(length, length, weekdayOf)) return true
  return nearestWeekdays.some(
    (isNamed, index) => isNamed && index < length && nearestWorkday(index + 1, length, weekdayOf) === date,
  )
}

/** Saturday becomes the day before, Sunday the day after, without leaving the month. */
function nearestWorkday(date: number, length: number, weekdayOf: (date: number) => number): number {
  const weekday = weekdayOf(date)
  if (weekday === 6) return date === 1 ? 3 : date - 1
  if (weekday === 0) return date === length ? date - 2 : date + 1
  return date
}

function isWeekdayNamed({ dayOfWeek }: DayRules, date: number, length: number, weekday: number): boolean {
  const which = dayOfWeek[weekday] ?? 0
  const nth = 1 << (Math.ceil(date / 7) - 1)
  return which === everyOne || (which & nth) !== 0 || ((which & lastOfMonth) !== 0 && date + 7 > length)
}

function indexesOf(flags: readonly number[]): number[] {
  return flags.flatMap((isSet, index) => (isSet ? [index] : []))
}
