import { type ParseError, parse, printParseErrorCode } from 'jsonc-parser'

/** How one argument of an action is filled in. */
export interface ArgField {
  name: string
  /** The question that the action asks in chat. */
  title: string
  kind: 'text' | 'number' | 'boolean' | 'choice' | 'json'
  inputType: 'text' | 'number' | 'date' | 'time'
  choices: unknown[]
  required: boolean
}

interface Property {
  type?: string
  format?: string
  title?: string
  enum?: unknown[]
  default?: unknown
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

export type ParsedArgs = { kind: 'args'; args: Record<string, unknown> } | { kind: 'wrong'; message: string }

/** Reads what was typed as JSON: it has to be an object, as the args are passed by their names. */
export function parseArgs(text: string): ParsedArgs {
  if (text.trim() === '') return { kind: 'args', args: {} }
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return { kind: 'args', args: value as Record<string, unknown> }
    return { kind: 'wrong', message: 'Args have to be a JSON object, like {"city": "Paris"}.' }
  } catch {
    return { kind: 'wrong', message: `This is not JSON: ${placeOf(text)}` }
  }
}

/** Where and why it cannot be read; browsers say this each in their own way. */
function placeOf(text: string): string {
  const errors: ParseError[] = []
  parse(text, errors, { disallowComments: true, allowTrailingComma: false })
  const first = errors[0]
  if (!first) return 'it could not be read.'
  const before = text.slice(0, first.offset).split('\n')
  const words = printParseErrorCode(first.error).replace(
    /(?!^)[A-Z]/g,
    (letter) => ` ${letter.toLowerCase()}`,
  )
  return `${words} (line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}).`
}
