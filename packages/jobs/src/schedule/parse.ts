import { explainRefusal } from './explain.ts'
import { refuseForm } from './form.ts'
import { everFires, type Pattern, readPattern } from './pattern.ts'
import { type Refused, refused } from './refused.ts'

/** A pattern in a zone, ready to be asked for times. */
export interface Schedule extends Bounds {
  expression: string
  zone: string
  pattern: Pattern
}

/** Between which instants it fires, epoch milliseconds; both belong to it. */
export interface Bounds {
  startsAt: number
  endsAt: number
}

/** Fires as long as the calendar goes. */
export const unbounded: Bounds = { startsAt: Number.NEGATIVE_INFINITY, endsAt: Number.POSITIVE_INFINITY }

export type ParsedSchedule = { kind: 'valid'; schedule: Schedule } | Refused

export interface GrammarOptions extends Partial<Bounds> {
  /** Accept six fields, the first being seconds. */
  allowSeconds?: boolean
}

type Read = { kind: 'read'; pattern: Pattern } | Refused

/** Expressions that are kept as read, of some 2 KB each; those used last stay. */
const kept = 2000
const known = new Map<string, Read>()

/** Reads a cron expression: five fields (six with seconds when allowed) or a nickname like `@daily`. What is accepted always fires. */
export function parseSchedule(
  expression: string,
  zone: string,
  { allowSeconds = false, ...bounds }: GrammarOptions = {},
): ParsedSchedule {
  const text = expression.trim()
  const read = refuseForm(text, allowSeconds) ?? remembered(text)
  if (read.kind === 'refused') return read
  return {
    kind: 'valid',
    schedule: { ...unbounded, ...bounds, expression: text, zone, pattern: read.pattern },
  }
}

function remembered(text: string): Read {
  const found = known.get(text) ?? read(text)
  known.delete(text)
  if (known.size >= kept) known.delete(known.keys().next().value ?? '')
  known.set(text, found)
  return found
}

function read(text: string): Read {
  const pattern = readPattern(text)
  if (!pattern) return explainRefusal(text)
  if (!everFires(pattern)) return refused({ kind: 'never_fires' })
  return { kind: 'read', pattern }
}
