import type { Pattern } from './pattern.ts'
import type { Wall } from './zone.ts'

const dayMs = 86_400_000
/** 29 February falls on each weekday at least once in 40 years, also around 2100. */
const farthestMonths = 41 * 12

/** A month of a year, with what decides the days of it that a pattern names. */
interface Month {
  year: number
  /** From 0. */
  month: number
  /** Its first midnight. */
  start: Wall
  /** Days. */
  length: number
}

/** Midnight of a day, in floating milliseconds. */
export const startOfDay = (wall: Wall): Wall => Math.floor(wall / dayMs) * dayMs

export function isDayNamed(pattern: Pattern, day: Wall): boolean {
  const month = monthOf(day)
  return (daysNamed(pattern, month) & bitOf(month, day)) !== 0
}

/** The first day that is named after a day, or null when there is none. */
export function nextDay(pattern: Pattern, day: Wall): Wall | null {
  let month = monthOf(day)
  // What is not after the day is left out.
  let days = daysNamed(pattern, month) & -(bitOf(month, day) << 1)
  for (let looked = 0; days === 0; looked += 1) {
    if (looked === farthestMonths) return null
    month = following(month)
    days = daysNamed(pattern, month)
  }
  return month.start + lowest(days) * dayMs
}

/** The last day that is named before a day, or null when there is none. */
export function previousDay(pattern: Pattern, day: Wall): Wall | null {
  let month = monthOf(day)
  let days = daysNamed(pattern, month) & (bitOf(month, day) - 1)
  for (let looked = 0; days === 0; looked += 1) {
    if (looked === farthestMonths) return null
    month = preceding(month)
    days = daysNamed(pattern, month)
  }
  return month.start + highest(days) * dayMs
}

/** How many days that are named lie in [from, to). */
export function countDays(pattern: Pattern, from: Wall, to: Wall): number {
  let month = monthOf(from)
  let count = -countBits(daysNamed(pattern, month) & (bitOf(month, from) - 1))
  for (; to >= month.start + month.length * dayMs; month = following(month))
    count += countBits(daysNamed(pattern, month))
  return count + countBits(daysNamed(pattern, month) & (bitOf(month, to) - 1))
}

/** The days of a month as bits: bit 0 is the first. */
function daysNamed(pattern: Pattern, { month, start, length }: Month): number {
  return pattern.daysOf({ month, firstWeekday: weekdayOf(start), length })
}

function monthOf(day: Wall): Month {
  const date = new Date(day)
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()]
  return { year, month, start: day - (date.getUTCDate() - 1) * dayMs, length: lengthOf(year, month) }
}

function following({ year, month, start, length }: Month): Month {
  const [nextYear, next] = month === 11 ? [year + 1, 0] : [year, month + 1]
  return { year: nextYear, month: next, start: start + length * dayMs, length: lengthOf(nextYear, next) }
}

function preceding({ year, month, start }: Month): Month {
  const [lastYear, last] = month === 0 ? [year - 1, 11] : [year, month - 1]
  const length = lengthOf(lastYear, last)
  return { year: lastYear, month: last, start: start - length * dayMs, length }
}

const lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

function lengthOf(year: number, month: number): number {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  return month === 1 && isLeap ? 29 : (lengths[month] ?? 31)
}

/** Sunday is 0; 1 January 1970 was a Thursday. */
const weekdayOf = (day: Wall): number => (((day / dayMs + 4) % 7) + 7) % 7

const bitOf = ({ start }: Month, day: Wall): number => 1 << ((day - start) / dayMs)
const lowest = (bits: number): number => 31 - Math.clz32(bits & -bits)
const highest = (bits: number): number => 31 - Math.clz32(bits)

function countBits(bits: number): number {
  let count = 0
  for (let left = bits; left !== 0; left &= left - 1) count += 1
  return count
}
