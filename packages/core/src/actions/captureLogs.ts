import { type LevelName, type Logger, levels } from '../logger.ts'
import { redact, redactValue } from '../redact.ts'

/** A line that an action wrote, without secrets and of bounded size. */
export interface LogLine {
  level: LevelName
  message: string
  fields: Record<string, unknown> | null
}

/** A logger whose lines are also kept. */
export interface Capture {
  logger: Logger
  /** Says how much was left out, then how it failed if it did; what is written later is not kept. */
  end(failure?: string): void
}

/** Lines that are kept of one execution. */
const mostLines = 200
/** UTF-16 units. */
const longestMessage = 2000
/** Characters of JSON. */
const longestFields = 4096

/** Writes to the logger as ever, and gives each line to `keep` too. */
export function captureLogs(logger: Logger, keep: (line: LogLine) => void): Capture {
  let kept = 0
  let leftOut = 0
  let ended = false
  const take = (level: LevelName, bound: object, fields: object | string, message?: string): void => {
    if (ended) return
    if (kept >= mostLines) leftOut += 1
    else {
      kept += 1
      keep(lineOf(level, bound, fields, message))
    }
  }
  const wrap = (inner: Logger, bound: object): Logger => {
    const methods = Object.fromEntries(
      (Object.keys(levels) as LevelName[]).map((level) => [
        level,
        (fields: object | string, message?: string) => {
          inner[level](fields, message)
          take(level, bound, fields, message)
        },
      ]),
    ) as Record<LevelName, Logger[LevelName]>
    return { ...methods, child: (more) => wrap(inner.child(more), { ...bound, ...more }) }
  }
  return {
    logger: wrap(logger, {}),
    end(failure) {
      if (ended) return
      ended = true
      if (leftOut > 0) keep({ level: 'info', message: leftOutText(leftOut), fields: null })
      if (failure !== undefined) keep({ level: 'error', message: bounded(failure), fields: null })
    },
  }
}

const leftOutText = (count: number): string =>
  `${count} more ${count === 1 ? 'line was' : 'lines were'} left out`

function lineOf(level: LevelName, bound: object, fields: object | string, message?: string): LogLine {
  if (typeof fields === 'string') return { level, message: bounded(fields), fields: fieldsOf(bound) }
  const own = fields instanceof Error ? { err: fields } : fields
  const text = message ?? (fields instanceof Error ? fields.message : '')
  return { level, message: bounded(text), fields: fieldsOf({ ...bound, ...own }) }
}

/** Secrets go first: half of a cut one would not be known as one. */
const bounded = (text: unknown): string => cut(redact(String(text)), longestMessage)

const cut = (text: string, most: number): string => {
  if (text.length <= most) return text
  const end = most - 1
  // Never between the halves of a character outside the first plane.
  const whole = /[\ud800-\udbff]/.test(text[end - 1] ?? '') ? end - 1 : end
  return `${text.slice(0, whole)}…`
}

/** Fields as JSON can hold them; those that are too large become the beginning of their text. */
function fieldsOf(fields: object): Record<string, unknown> | null {
  if (Object.keys(fields).length === 0) return null
  try {
    const json = JSON.stringify(redactValue(fields), (_, value: unknown) =>
      typeof value === 'bigint' ? String(value) : value,
    )
    if (json.length <= longestFields) return JSON.parse(json) as Record<string, unknown>
    return { cut: cut(json, longestFields / 2 - 64) }
  } catch (error) {
    return { unreadable: bounded(error instanceof Error ? error.message : error) }
  }
}
