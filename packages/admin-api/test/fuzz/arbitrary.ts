import type { TSchema } from '@sinclair/typebox'
import fc from 'fast-check'

/** Text that has broken programs before. */
export const hostileText = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    '\u0000',
    '\u202e',
    '\ud800',
    '__proto__',
    'constructor',
    "'; drop table users; --",
    '%_\\',
    '../../../etc/passwd',
    '<img src=x onerror=alert(1)>',
    '{{7*7}}',
    '😀'.repeat(60),
    'x'.repeat(300),
    '9007199254740993',
    '-1',
    'NaN',
    'true',
    'null',
    '2026-02-30T25:61:00.000Z',
  ),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
)

interface Loose {
  type?: string | string[]
  enum?: unknown[]
  const?: unknown
  anyOf?: TSchema[]
  allOf?: TSchema[]
  properties?: Record<string, TSchema>
  patternProperties?: Record<string, TSchema>
  required?: string[]
  items?: TSchema
  minimum?: number
  maximum?: number
  format?: string
  maxItems?: number
}

/** Values of a schema, now and then with a part that does not fit; `ids` are things that exist. */
export function valuesOf(schema: TSchema, ids: readonly string[]): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 9, arbitrary: fitting(schema as Loose, ids) }, { weight: 1, arbitrary: hostile })
}

const hostile = fc.oneof(
  hostileText,
  fc.constantFrom<unknown>(null, true, -1, 1e308, 2 ** 53, [], {}, [[[[]]]], { __proto__: 1 }),
  fc.jsonValue({ maxDepth: 3 }),
)

function fitting(schema: Loose, ids: readonly string[]): fc.Arbitrary<unknown> {
  if (schema.const !== undefined) return fc.constant(schema.const)
  if (schema.enum) return fc.constantFrom(...schema.enum)
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map((one) => valuesOf(one, ids)))
  // What is left out of it is tried, too.
  if (schema.allOf) return fc.oneof(...schema.allOf.map((one) => valuesOf(one.not ?? one, ids)))
  if (schema.properties) return object(schema, ids)
  switch (schema.type) {
    case 'array':
      return fc.array(schema.items ? valuesOf(schema.items, ids) : hostile, { maxLength: 4 })
    case 'object':
      return fc.dictionary(fc.string({ maxLength: 8 }), hostile, { maxKeys: 4 })
    case 'integer':
      return fc.integer({
        min: Math.max(schema.minimum ?? -1000, -1000),
        max: Math.min(schema.maximum ?? 100_000, 100_000),
      })
    case 'number':
      return fc.double({ noNaN: true, noDefaultInfinity: true })
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    case 'string':
      return text(schema, ids)
    default:
      return fc.jsonValue({ maxDepth: 3 })
  }
}

const minutes = 60_000
const someInstant = fc
  .integer({ min: -500_000, max: 500_000 })
  .map((minute) => new Date(Date.UTC(2026, 10, 26) + minute * minutes).toISOString())

function text({ format }: Loose, ids: readonly string[]): fc.Arbitrary<string> {
  if (format === 'date-time') return someInstant
  return fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...ids) },
    { weight: 1, arbitrary: fc.constantFrom('0 9 * * *', '*/5 * * * *', 'Europe/Madrid', 'report') },
    { weight: 2, arbitrary: hostileText },
  )
}

function object({ properties = {}, required = [] }: Loose, ids: readonly string[]): fc.Arbitrary<unknown> {
  const values = Object.fromEntries(
    Object.entries(properties).map(([name, one]) => [name, valuesOf(one, ids)]),
  )
  const requiredKeys = required.filter((name) => name in values)
  return fc.record(values, { requiredKeys })
}
