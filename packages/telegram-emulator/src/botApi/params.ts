import { type Static, type TObject, type TProperties, type TSchema, Type } from '@sinclair/typebox'
import { BotApiError } from './answer.ts'

/** Parameters of methods: what they are, and the words with which Telegram refuses a call that lacks one. */

const missing = (words: string) => ({ missing: words })

export const text = Type.Optional(Type.String())
export const integer = Type.Optional(Type.Integer())
export const number = Type.Optional(Type.Number())
export const flag = Type.Optional(Type.Boolean())
/** An object or list, parsed by the method. */
export const json = Type.Optional(Type.Unknown())
/** A file: uploaded, `attach://…`, an id or an address. */
export const file = Type.Optional(Type.Unknown({ format: 'file' }))

export const chatId = Type.Union([Type.Integer(), Type.String()], missing('chat_id is empty'))
/** A chat that the method itself misses, in words of its own. */
export const optionalChatId = Type.Optional(Type.Union([Type.Integer(), Type.String()]))
export const fromChatId = Type.Union(
  [Type.Integer(), Type.String()],
  missing('parameter "from_chat_id" is required'),
)
export const userId = Type.Integer({ minimum: 1, ...missing('invalid user_id specified') })
export const requiredText = (name: string) =>
  Type.String({ minLength: 1, ...missing(`parameter "${name}" is required`) })

type Raw = Record<string, unknown>

const entries = new WeakMap<TProperties, [name: string, schema: TSchema][]>()

/** Listed once for each method, for they are read at every call. */
function entriesOf(properties: TProperties): [name: string, schema: TSchema][] {
  const known = entries.get(properties)
  if (known) return known
  const listed = Object.entries(properties)
  entries.set(properties, listed)
  return listed
}

/**
 * Reads the parameters of a call as the real server does: it is lenient with types (a number may be text) and strict with what is missing.
 * @throws BotApiError in Telegram's words
 */
export function readParams<P extends TProperties>(properties: P, raw: Raw): Static<TObject<P>> {
  const params: Raw = {}
  for (const [name, schema] of entriesOf(properties)) {
    const value = raw[name] === undefined || raw[name] === null ? undefined : readValue(schema, raw[name])
    if (value !== undefined) params[name] = value
    else if (typeof schema.missing === 'string') throw new BotApiError(400, `Bad Request: ${schema.missing}`)
  }
  return params as Static<TObject<P>>
}

function readValue(schema: TSchema, value: unknown): unknown {
  switch (schema.type) {
    case 'string':
      return nonEmpty(schema, textOf(value))
    case 'integer':
      return positive(schema, toInteger(value))
    case 'number':
      return toNumber(value)
    case 'boolean':
      return value === true || /^(true|yes|1)$/i.test(textOf(value))
  }
  if (schema.anyOf) return typeof value === 'number' ? value : chatIdOf(textOf(value))
  return value
}

/** What was given as JSON counts as its text; `String` would call what an object carries itself. */
const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))

const nonEmpty = (schema: TSchema, value: string): string | undefined =>
  value === '' && schema.minLength ? undefined : value

const positive = (schema: TSchema, value: number): number | undefined =>
  schema.minimum !== undefined && value < schema.minimum ? undefined : value

const chatIdOf = (value: string): number | string | undefined => {
  if (value === '') return undefined
  return value.startsWith('@') ? value : toInteger(value)
}

/** Digits at the beginning count, anything else is 0 (td::to_integer). */
export function toInteger(value: unknown): number {
  if (typeof value === 'number') return Math.trunc(value)
  return Number(/^-?\d{1,16}/.exec(textOf(value).trim())?.[0] ?? 0)
}

function toNumber(value: unknown): number | undefined {
  const parsed = typeof value === 'number' ? value : Number.parseFloat(textOf(value))
  return Number.isFinite(parsed) ? parsed : undefined
}
