import type { TSchema } from '@sinclair/typebox'

type Schema = Record<string | symbol, unknown>

/**
 * A schema as its serialiser is fastest with: "this or null" becomes "this, nullable". Of a choice it would try which one fits, by a
 * validator, for every value of every row.
 */
export function serialisable(schema: TSchema): TSchema {
  const made = (known.get(schema) ?? of(schema)) as TSchema
  known.set(schema, made)
  return made
}

const known = new WeakMap<TSchema, TSchema>()

function of(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(of)
  if (schema === null || typeof schema !== 'object') return schema
  const { anyOf, ...rest } = schema as Schema
  const one = valueOrNull(anyOf)
  if (one) return { ...(of(one) as Schema), ...rest, nullable: true }
  return Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, of(value)]))
}

/** The only choice beside null that is an object or a scalar of one type. */
function valueOrNull(anyOf: unknown): Schema | null {
  if (!Array.isArray(anyOf) || anyOf.length !== 2) return null
  const [one, other] = anyOf as [Schema, Schema]
  return other.type === 'null' && typeof one.type === 'string' && one.type !== 'null' ? one : null
}
