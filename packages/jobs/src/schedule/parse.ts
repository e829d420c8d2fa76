import { Cron } from 'croner'

/** A pattern in a zone, ready to be asked for times. */
export interface Schedule {
  expression: string
  zone: string
  /** Names times of the wall clock (no `*` or step in second, minute and hour); else it is an interval. */
  isWallClock: boolean
  /** Evaluates in floating time when it is wall-clock, in the zone when it is an interval. */
  cron: Cron
}

export type ParsedSchedule =
  | { kind: 'valid'; schedule: Schedule }
  | { kind: 'refused'; reason: string; suggestion?: string }

export interface GrammarOptions {
  /** Accept six fields, the first being seconds. */
  allowSeconds?: boolean
}

const longest = 256
const kept = 2000
/** The calendar repeats, so what fires after this instant fires after any other. */
const reference = new Date(Date.UTC(2024, 0, 1))
const compiled = new Map<string, ParsedSchedule>()

/** Reads a cron expression: five fields (six with seconds when allowed) or a nickname like `@daily`. What is accepted always fires. */
export function parseSchedule(
  expression: string,
  zone: string,
  { allowSeconds = false }: GrammarOptions = {},
): ParsedSchedule {
  const key = `${expression}\n${zone}\n${allowSeconds}`
  const parsed = compiled.get(key) ?? read(expression, zone, allowSeconds)
  // Last in, last out: what is used stays.
  compiled.delete(key)
  if (compiled.size >= kept) compiled.delete(compiled.keys().next().value ?? '')
  compiled.set(key, parsed)
  return parsed
}

function read(expression: string, zone: string, allowSeconds: boolean): ParsedSchedule {
  const text = expression.trim()
  const refusal = refuse(text, allowSeconds)
  if (refusal) return refusal
  const isWallClock = namesTimes(text)
  try {
    const cron = new Cron(text, {
      timezone: isWallClock ? 'UTC' : zone,
      mode: allowSeconds ? '5-or-6-parts' : '5-part',
      fixedTimeRule: 'no-wildcard',
    })
    if (cron.nextRun(reference) === null)
      return { kind: 'refused', reason: 'It never fires: there is no such date.' }
    return { kind: 'valid', schedule: { expression: text, zone, isWallClock, cron } }
  } catch (error) {
    const reason =
      error instanceof Error
        ? error.message.replace(/^CronPattern: /, '').replace(/^Cron\w*: /, '')
        : String(error)
    return { kind: 'refused', reason, ...suggest(text) }
  }
}

function refuse(text: string, allowSeconds: boolean): ParsedSchedule | null {
  if (text === '') return { kind: 'refused', reason: 'It is empty.' }
  if (text.length > longest)
    return { kind: 'refused', reason: `It has ${text.length} characters; at most ${longest} are allowed.` }
  if (/^\d{4}-\d{2}/.test(text))
    return { kind: 'refused', reason: 'It is a date; a cron expression is expected.' }
  if (text.startsWith('@'))
    return nicknames.has(text.toLowerCase())
      ? null
      : { kind: 'refused', reason: `Unknown nickname; known are ${[...nicknames].join(', ')}.` }
  const fields = text.split(/\s+/)
  if (fields.length === 6 && !allowSeconds) {
    const rest = fields.slice(1).join(' ')
    return {
      kind: 'refused',
      reason: 'It has six fields; five are expected (minute hour day month weekday).',
      ...(fields[0] === '0' ? { suggestion: rest } : {}),
    }
  }
  if (fields.length !== 5 && fields.length !== 6)
    return {
      kind: 'refused',
      reason: `It has ${fields.length} ${fields.length === 1 ? 'field' : 'fields'}; five are expected (minute hour day month weekday).`,
    }
  return null
}

const nicknames = new Set(['@yearly', '@annually', '@monthly', '@weekly', '@daily', '@midnight', '@hourly'])
const everyOneNames = new Set(['@hourly'])

/** `5/15` is meant as "from 5 on, every 15". */
function suggest(text: string): { suggestion?: string } {
  const tops = text.split(/\s+/).length === 6 ? [59, 59, 23, 31, 12, 6] : [59, 23, 31, 12, 6]
  const mended = text
    .split(/\s+/)
    .map((field, index) =>
      field.replace(
        /(^|,)(\d+)\/(\d+)/g,
        (_, comma: string, from: string, step: string) => `${comma}${from}-${tops[index] ?? 59}/${step}`,
      ),
    )
  return mended.join(' ') === text ? {} : { suggestion: mended.join(' ') }
}

function namesTimes(text: string): boolean {
  if (text.startsWith('@')) return !everyOneNames.has(text.toLowerCase())
  const fields = text.split(/\s+/)
  return fields.slice(0, fields.length === 6 ? 3 : 2).every((field) => !/[*/?]/.test(field))
}
