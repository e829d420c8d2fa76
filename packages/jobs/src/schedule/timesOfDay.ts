import type { Pattern } from './pattern.ts'

/** Times of the day of a pattern, in seconds from midnight of the wall clock. */
type Times = Pick<Pattern, 'hours' | 'minutes' | 'seconds'>

export const firstTime = ({ hours, minutes, seconds }: Times): number =>
  timeOf(hours[0], minutes[0], seconds[0])

export const lastTime = ({ hours, minutes, seconds }: Times): number =>
  timeOf(hours.at(-1), minutes.at(-1), seconds.at(-1))

/** The first at or after a time, or null when the day has none left. */
export function timeFrom({ hours, minutes, seconds }: Times, time: number): number | null {
  const { hour, minute, second } = split(time)
  if (hours.includes(hour)) {
    const later = minutes.includes(minute) ? seconds.find((one) => one >= second) : undefined
    if (later !== undefined) return timeOf(hour, minute, later)
    const next = minutes.find((one) => one > minute)
    if (next !== undefined) return timeOf(hour, next, seconds[0])
  }
  const next = hours.find((one) => one > hour)
  return next === undefined ? null : timeOf(next, minutes[0], seconds[0])
}

/** The last at or before a time, or null when the day had none yet. */
export function timeUntil({ hours, minutes, seconds }: Times, time: number): number | null {
  const { hour, minute, second } = split(time)
  if (hours.includes(hour)) {
    const earlier = minutes.includes(minute) ? seconds.findLast((one) => one <= second) : undefined
    if (earlier !== undefined) return timeOf(hour, minute, earlier)
    const previous = minutes.findLast((one) => one < minute)
    if (previous !== undefined) return timeOf(hour, previous, seconds.at(-1))
  }
  const previous = hours.findLast((one) => one < hour)
  return previous === undefined ? null : timeOf(previous, minutes.at(-1), seconds.at(-1))
}

/** How many there are from midnight to a time, with that one. */
export function countTimes({ hours, minutes, seconds }: Times, time: number): number {
  const { hour, minute, second } = split(time)
  const wholeHours = below(hours, hour) * minutes.length * seconds.length
  if (!hours.includes(hour)) return wholeHours
  const wholeMinutes = wholeHours + below(minutes, minute) * seconds.length
  return minutes.includes(minute) ? wholeMinutes + below(seconds, second + 1) : wholeMinutes
}

const below = (values: readonly number[], limit: number): number => values.filter((one) => one < limit).length

const timeOf = (hour = 0, minute = 0, second = 0): number => hour * 3600 + minute * 60 + second

const split = (time: number) => ({
  hour: Math.floor(time / 3600),
  minute: Math.floor(time / 60) % 60,
  second: time % 60,
})
