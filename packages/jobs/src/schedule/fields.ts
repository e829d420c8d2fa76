import type { CronFieldName } from '@kamihi/contracts'

/** One field of a cron expression and what may stand in it. */
export interface Field {
  index: number
  name: CronFieldName
  text: string
  low: number
  high: number
  /** How many values there are, which is the largest step. */
  size: number
  /** Names in the order of their numbers, the first being `low`. */
  names: readonly string[]
  letters: readonly string[]
}

type Kind = Omit<Field, 'index' | 'text'>

const none: readonly string[] = []
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']

const kinds: readonly Kind[] = [
  { name: 'second', low: 0, high: 59, size: 60, names: none, letters: none },
  { name: 'minute', low: 0, high: 59, size: 60, names: none, letters: none },
  { name: 'hour', low: 0, high: 23, size: 24, names: none, letters: none },
  { name: 'day of month', low: 1, high: 31, size: 31, names: none, letters: ['L', 'W', 'LW'] },
  { name: 'month', low: 1, high: 12, size: 12, names: months, letters: none },
  { name: 'weekday', low: 0, high: 7, size: 7, names: weekdays, letters: ['L'] },
]

/** The fields of an expression of five or six. */
export function fieldsOf(text: string): Field[] {
  const texts = text.split(/\s+/)
  return kinds.slice(-texts.length).map((kind, index) => ({ ...kind, index, text: texts[index] ?? '' }))
}

/** The number that a value of a field stands for, or null. */
export function numberOf({ names, low }: Pick<Field, 'names' | 'low'>, value: string): number | null {
  if (/^\d+$/.test(value)) return Number(value)
  const index = names.indexOf(value.toLowerCase())
  return index === -1 ? null : index + low
}
