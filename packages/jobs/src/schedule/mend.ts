import { type Field, fieldsOf, numberOf } from './fields.ts'
import { everFires, readPattern } from './pattern.ts'

/** The expression that was probably meant by one that is not understood, or null. It is accepted and fires. */
export function suggestFields(text: string): string | null {
  const mended = fieldsOf(text)
    .map((field) =>
      field.text
        .split(',')
        .map((item) => mendItem(field, item))
        .join(','),
    )
    .join(' ')
  return mended === text ? null : accepted(mended)
}

/** The same for one that has not five fields. */
export function suggestForm(text: string): string | null {
  const [, amount, unit] = /^@every\s+(\d+)([mh])$/i.exec(text) ?? []
  if (amount !== undefined)
    return accepted(unit?.toLowerCase() === 'm' ? `*/${amount} * * * *` : `0 */${amount} * * *`)
  const fields = text.split(/\s+/)
  // Seconds first, as in Quartz and Spring; a year last.
  const isQuartz =
    fields[0] === '0' && (fields.length === 6 || (fields.length === 7 && /^[*?]$/.test(fields[6] ?? '')))
  return isQuartz ? accepted(fields.slice(1, 6).join(' ')) : null
}

function accepted(text: string): string | null {
  const pattern = readPattern(text)
  return pattern && everFires(pattern) ? text : null
}

function mendItem(field: Field, item: string): string {
  return mendRange(field, mendStep(field, mendLetters(field, mendNames(field, item))))
}

/** `monday` is meant as `mon`. */
function mendNames({ name, names }: Field, item: string): string {
  const full = fullNames[name]
  if (!full) return item
  return item.replace(/[a-z]{4,}/gi, (word) => names[full.indexOf(word.toLowerCase())] ?? word)
}

/** `L5` is meant as `5L`, and `W15` as `15W`. */
function mendLetters({ letters }: Field, item: string): string {
  return item.replace(/^([LW])(\w+)$/i, (text, letter: string, value: string) =>
    letters.includes(letter.toUpperCase()) && numberOrName.test(value) ? `${value}${letter}` : text,
  )
}

const numberOrName = /^(\d+|[a-z]{3})$/i

/** `5/15` is meant as "from 5 on, every 15", and `/15` as "every 15". */
function mendStep({ low, high, name }: Field, item: string): string {
  const top = name === 'weekday' ? high - 1 : high
  return item.replace(/^(\w*)\/(\d+)$/, (_, from: string, step: string) =>
    from === '' || from === String(low) ? `*/${step}` : `${from}-${top}/${step}`,
  )
}

/** `22-2` is meant as `22-23,0-2`, and `fri-mon` as `fri-sat,sun-mon`. */
function mendRange(field: Field, item: string): string {
  const [, from = '', to = ''] = /^(\w+)-(\w+)$/.exec(item) ?? []
  const [first, last] = [numberOf(field, from), numberOf(field, to)]
  if (first === null || last === null || first <= last) return item
  return [
    range(from, field.names.at(-1) ?? String(field.high)),
    range(field.names[0] ?? String(field.low), to),
  ].join(',')
}

const range = (from: string, to: string): string => (from === to ? from : `${from}-${to}`)

const fullNames: Record<string, readonly string[]> = {
  month: [
    'january',
    'february',
    'march',
    'april',
    'may',
    'june',
    'july',
    'august',
    'september',
    'october',
    'november',
    'december',
  ],
  weekday: ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'],
}
