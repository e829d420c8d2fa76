import { type IssueOf, issueWords, wordsOfIssue } from '@kamihi/contracts'
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
  return misfit({ kind: 'wrong_type', name, given, type: String(schema.type ?? 'value'), ...values })
}

const misfit = (issue: Misfit): ArgIssue => ({
  code: issue.kind,
  path: `/${issue.name}`,
  message: wordsOfIssue(issue, issueWords),
  issue,
})

function fits(schema: TSchema, value: unknown): boolean {
  if (Array.isArray(schema.enum)) return schema.enum.includes(value)
  const { format: _, ...plain } = schema
  return KindGuard.IsUnknown(schema) || Value.Check(plain as TSchema, value)
}

const unknownArg = (name: string, known: string[]): ArgIssue =>
  misfit({ kind: 'unknown_arg', name, meant: nearest(name, known) })
