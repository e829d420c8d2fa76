import { ArgLimits, type IssueOf, issueWords, wordsOfIssue } from '@kamihi/contracts'
import { KindGuard, type TSchema } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import { nearest } from '../config/nearest.ts'
import type { ActionRuntime } from './action.ts'

/** What does not fit in one argument. */
export interface ArgIssue {
  code: Misfit['kind']
  /** JSON pointer into the args. */
  path: string
  /** The issue in English. */
  message: string
  issue: Misfit
}

type Misfit = IssueOf<'missing_arg' | 'wrong_type' | 'unknown_arg'>

/** What does not fit in the args that an operator gave: missing ones, ones of another type, unknown ones. */
export function checkArgs(action: ActionRuntime, args: Record<string, unknown>): ArgIssue[] {
  const known = action.questions.map(([name]) => name)
  const unknown = Object.keys(args)
    .filter((name) => !known.includes(name))
    .map((name) => unknownArg(name, known))
  return [
    ...action.questions.flatMap(
      ([name, question]) =>
        issueOf(name, question.schema, question.optional || question.default !== undefined, args) ?? [],
    ),
    ...unknown,
  ]
}

function issueOf(
  name: string,
  schema: TSchema,
  mayMiss: boolean,
  args: Record<string, unknown>,
): ArgIssue | null {
  if (!Object.hasOwn(args, name)) return mayMiss ? null : misfit({ kind: 'missing_arg', name })
  const given = args[name]
  if (fits(schema, given)) return null
  const values = Array.isArray(schema.enum) ? { values: schema.enum as unknown[] } : {}
  const limits = limitsOf(schema)
  const told = Object.keys(limits).length > 0 ? { limits } : {}
  return misfit({ kind: 'wrong_type', name, given, type: String(schema.type ?? 'value'), ...values, ...told })
}

/** What the schema demands beside the type. */
const limitsOf = (schema: TSchema): ArgLimits =>
  Object.fromEntries(Object.entries(schema).filter(([name]) => name in ArgLimits.properties))

const misfit = (issue: Misfit): ArgIssue => ({
  code: issue.kind,
  path: `/${issue.name}`,
  message: wordsOfIssue(issue, issueWords),
  issue,
})

function fits(schema: TSchema, value: unknown): boolean {
  if (Array.isArray(schema.enum)) return schema.enum.includes(value)
  const { format, ...plain } = schema
  if (KindGuard.IsUnknown(schema)) return true
  return (
    Value.Check(plain as TSchema, value) && (typeof format !== 'string' || isMoment(format, String(value)))
  )
}

const forms: Readonly<Record<string, RegExp>> = {
  date: /^(?<day>\d{4}-\d\d-\d\d)$/,
  time: /^(?<time>\d\d:\d\d)(:[0-5]\d)?$/,
  'date-time': /^(?<day>\d{4}-\d\d-\d\d)[ T](?<time>\d\d:\d\d)(:[0-5]\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?$/,
}

/** True for a day or time that there is: JavaScript reads 30 February as 2 March. A format that is not known here fits. */
function isMoment(format: string, text: string): boolean {
  const form = forms[format]
  if (!form) return true
  const found = form.exec(text)?.groups
  if (!found) return false
  const wall = `${found.day ?? '2000-01-01'}T${found.time ?? '00:00'}`
  const at = Date.parse(`${wall}Z`)
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(wall)
}

const unknownArg = (name: string, known: string[]): ArgIssue =>
  misfit({ kind: 'unknown_arg', name, meant: nearest(name, known) })
