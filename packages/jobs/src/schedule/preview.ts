import type { Language, NextRun } from '@kamihi/contracts'
import cronstrue from 'cronstrue'
import 'cronstrue/locales/es.js'
import type { Schedule } from './parse.ts'
import { nextOccurrence, type Occurrence } from './times.ts'
import { offsetAt, wallAt } from './zone.ts'

/** The next occurrences, with a note where a clock change touches one. */
export function previewRuns(schedule: Schedule, from: number, count: number): NextRun[] {
  const rows: NextRun[] = []
  let after = from
  while (rows.length < count) {
    const occurrence = nextOccurrence(schedule, after)
    if (!occurrence) break
    after = occurrence.instant
    const note = noteOn(schedule, occurrence)
    rows.push({
      at: new Date(after).toISOString(),
      local: localTime(schedule.zone, after),
      ...(note ? { note } : {}),
      ...(occurrence.kind === 'once'
        ? {}
        : { change: { kind: occurrence.kind, wall: clock(occurrence.wall) } }),
    })
  }
  return rows
}

/** `Sun 2027-03-28 03:00 +02:00`. */
export function localTime(zone: string, instant: number): string {
  const wall = new Date(wallAt(zone, instant))
  const weekday = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'][wall.getUTCDay()]
  const seconds = wall.getUTCSeconds() === 0 ? '' : wall.toISOString().slice(16, 19)
  return `${weekday} ${wall.toISOString().slice(0, 10)} ${clock(wall.getTime())}${seconds} ${offsetText(offsetAt(zone, instant))}`
}

function noteOn({ zone }: Schedule, { kind, wall, instant }: Occurrence): string | null {
  switch (kind) {
    case 'once':
      return null
    case 'gap':
      return `${clock(wall)} does not exist on this day, runs at ${clock(wallAt(zone, instant))}`
    case 'twice':
      return `${clock(wall)} happens twice on this day, runs at the first`
    case 'again':
      return `${clock(wall)} happens twice on this day, this is the second`
  }
}

/** Sentences that are kept, some hundred bytes each; those used last stay. */
const kept = 500
const sentences = new Map<string, string | null>()

/** The schedule in plain language (`en` or `es`); null where the sentence would not be true. */
export function describeSchedule(given: string, language: Language = 'en'): string | null {
  const expression = given.trim().replaceAll(/\s+/g, ' ')
  const key = `${language} ${expression}`
  const known = sentences.get(key)
  const sentence = known === undefined ? sentenceOf(expression, language) : known
  sentences.delete(key)
  if (sentences.size >= kept) sentences.delete(sentences.keys().next().value ?? '')
  sentences.set(key, sentence)
  return sentence
}

function sentenceOf(expression: string, language: Language): string | null {
  try {
    if (isMisread(expression)) return null
    const options = { use24HourTimeFormat: true, verbose: false, locale: language }
    const [told = '', other] = eachKindOfDay(expression).map((one) =>
      cronstrue.toString(spelledOut(one), options),
    )
    return other === undefined
      ? told
      : `${told}; ${also[language]} ${other.charAt(0).toLowerCase()}${other.slice(1)}`
  } catch {
    return null
  }
}

const also: Record<Language, string> = { en: 'also', es: 'también' }

/** What cronstrue tells wrongly: `*` in a list, and the second of several weekdays at once. */
const isMisread = (expression: string): boolean => /\*,|,\*|-\w+[#L]/i.test(expression)

/** Day of month and weekday together mean "or", which cronstrue tells as "and": each is told by itself. */
function eachKindOfDay(expression: string): string[] {
  if (!joinsDays(expression)) return [expression]
  const fields = expression.split(' ')
  const without = (place: number) => fields.with(place, '*').join(' ')
  return [without(fields.length - 1), without(fields.length - 3)]
}

/** A step that does not go evenly into the hour or the day begins anew with it, so it is told time by time: "every 40 minutes" would be wrong of 00:00, 00:40, 01:00. */
function spelledOut(expression: string): string {
  const fields = expression.split(' ')
  const sizes = fields.length === 6 ? [60, 60, 24] : [60, 24]
  const told = fields.map((field, place) => {
    const size = sizes[place]
    const step = Number(/^[*?]\/([1-9]\d*)$/.exec(field)?.[1])
    if (size === undefined || Number.isNaN(step) || size % step === 0) return field
    return Array.from({ length: Math.ceil(size / step) }, (_, index) => index * step).join(',')
  })
  return told.join(' ')
}

/** Day of month and weekday together mean "or", which people rarely mean. */
export function joinsDays(expression: string): boolean {
  const fields = expression.trim().split(/\s+/)
  if (fields.length < 5) return false
  const [dayOfMonth, , weekday] = fields.slice(-3)
  return [dayOfMonth, weekday].every((field) => field !== '*' && field !== '?') && !weekday?.startsWith('+')
}

const clock = (wall: number) => new Date(wall).toISOString().slice(11, 16)

function offsetText(offset: number): string {
  const minutes = Math.abs(Math.round(offset / 60_000))
  return `${offset < 0 ? '-' : '+'}${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
}
