import { KindGuard, type TSchema } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import { nearest } from '../config/nearest.ts'
import type { ActionRuntime } from './action.ts'

export interface ArgIssue {
  code: 'missing_arg' | 'wrong_type' | 'unknown_arg'
  /** JSON pointer into the args. */
  path: string
  message: string
}

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
  if (!Object.hasOwn(args, name))
    return mayMiss
      ? null
      : { code: 'missing_arg', path: `/${name}`, message: `"${name}" is not given and will be null.` }
  const value = args[name]
  if (fits(schema, value)) return null
  return {
    code: 'wrong_type',
    path: `/${name}`,
    message: `"${name}" is ${JSON.stringify(value)}; ${expected(schema)}.`,
  }
}

function fits(schema: TSchema, value: unknown): boolean {
  if (Array.isArray(schema.enum)) return schema.enum.includes(value)
  const { format: _, ...plain } = schema
  return KindGuard.IsUnknown(schema) || Value.Check(plain as TSchema, value)
}

function expected(schema: TSchema): string {
  if (Array.isArray(schema.enum))
    return `one of ${schema.enum.map((item) => JSON.stringify(item)).join(', ')} is expected`
  return `the action expects ${schema.type === 'integer' ? 'an integer' : `a ${schema.type ?? 'value'}`}`
}

function unknownArg(name: string, known: string[]): ArgIssue {
  const meant = nearest(name, known)
  return {
    code: 'unknown_arg',
    path: `/${name}`,
    message: `The action asks nothing called "${name}".${meant ? ` Did you mean "${meant}"?` : ''}`,
  }
}
