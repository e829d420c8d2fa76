import { type ParseError, parse } from 'jsonc-parser'

/** How one argument of an action is filled in. */
export interface ArgField {
  name: string
  /** The question that the action asks in chat. */
  title: string
  kind: 'text' | 'number' | 'boolean' | 'choice' | 'json'
  inputType: 'text' | 'number' | 'date' | 'time' | 'datetime-local'
  choices: unknown[]
  required: boolean
  /** What the action takes when it is not given; undefined: nothing. */
  fallback: unknown
  /** Least and greatest number, or shortest and longest text. */
  min: number | undefined
  max: number | undefined
}

interface Property {
  type?: string
  format?: string
  title?: string
  enum?: unknown[]
  default?: unknown
  minimum?: number
  maximum?: number
  minLength?: number
  maxLength?: number
}
interface ArgsSchema {
  properties?: Record<string, Property>
  required?: string[]
}

/** Fields of a form for the args that an action takes, in the order in which it asks. */
export function argFieldsOf(schema: unknown): ArgField[] {
  const { properties = {}, required = [] } = (schema ?? {}) as ArgsSchema
  return Object.entries(properties).map(([name, property]) => ({
    name,
    title: property.title ?? name,
    kind: kindOf(property),
    inputType: inputTypeOf(property),
    choices: property.enum ?? [],
    required: required.includes(name),
    fallback: property.default,
    min: property.minimum ?? property.minLength,
    max: property.maximum ?? property.maxLength,
  }))
}

function kindOf({ type, enum: choices }: Property): ArgField['kind'] {
  if (choices) return 'choice'
  if (type === 'string') return 'text'
  if (type === 'integer' || type === 'number') return 'number'
  return type === 'boolean' ? 'boolean' : 'json'
}

function inputTypeOf({ type, format }: Property): ArgField['inputType'] {
  if (type === 'integer' || type === 'number') return 'number'
  if (format === 'date-time') return 'datetime-local'
  return format === 'date' || format === 'time' ? format : 'text'
}

/** Args with one more answer; an empty one is taken out, so that the action gets null. */
export function withArg(
  args: Record<string, unknown>,
  { name, kind, choices }: ArgField,
  typed: string,
): Record<string, unknown> {
  const { [name]: _, ...others } = args
  if (typed === '') return others
  const value =
    kind === 'choice' ? choices[Number(typed)] : kind === 'boolean' ? typed === 'true' : numberOr(kind, typed)
  return { ...others, [name]: value }
}

const numberOr = (kind: ArgField['kind'], typed: string): string | number =>
  kind === 'number' && Number.isFinite(Number(typed)) ? Number(typed) : typed

/** What the form shows for the args: text of an input, or index of a choice. */
export function typedOf(args: Record<string, unknown>, { name, kind, choices }: ArgField): string {
  const value = args[name]
  if (value === undefined || value === null) return ''
  if (kind === 'choice') {
    const at = choices.findIndex((choice) => JSON.stringify(choice) === JSON.stringify(value))
    return at < 0 ? '' : String(at)
  }
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/** Why a text is no args: no JSON, or JSON of another kind; where counts lines and columns from 1. */
export type ArgsProblem = { kind: 'not_object' } | { kind: 'not_json'; line: number; column: number }
export type ParsedArgs =
  | { kind: 'args'; args: Record<string, unknown> }
  | { kind: 'wrong'; problem: ArgsProblem }

/** Reads what was typed as JSON: it has to be an object, as the args are passed by their names. */
export function parseArgs(text: string): ParsedArgs {
  if (text.trim() === '') return { kind: 'args', args: {} }
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return { kind: 'args', args: value as Record<string, unknown> }
    return { kind: 'wrong', problem: { kind: 'not_object' } }
  } catch {
    return { kind: 'wrong', problem: { kind: 'not_json', ...placeOf(text) } }
  }
}

/** Where it cannot be read; browsers say this each in their own way. */
function placeOf(text: string): { line: number; column: number } {
  const errors: ParseError[] = []
  parse(text, errors, { disallowComments: true, allowTrailingComma: false })
  const before = text.slice(0, errors[0]?.offset ?? text.length).split('\n')
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 }
}

/** Args as they are shown: each on a line of its own; nothing for none. */
export const argsText = (args: Record<string, unknown>): string =>
  Object.keys(args).length > 0 ? JSON.stringify(args, null, 4) : ''
