import type { Texts } from '../../texts/index.ts'

/** One argument of an action, in words. */
export interface ArgRow {
  name: string
  /** What the action asks in chat. */
  question: string
  type: string
  isRequired: boolean
  /** As JSON; null: there is none. */
  fallback: string | null
  limits: string[]
}

interface Property {
  type?: string | string[]
  format?: string
  title?: string
  description?: string
  enum?: unknown[]
  const?: unknown
  anyOf?: Property[]
  items?: Property
  default?: unknown
  minimum?: number
  maximum?: number
  minLength?: number
  maxLength?: number
  pattern?: string
}
interface Schema {
  properties?: Record<string, Property>
  required?: string[]
}
type Words = Texts['actions']

/** Arguments of an action as a table, from its JSON Schema. */
export function argRowsOf(schema: unknown, texts: Words): ArgRow[] {
  const { properties = {}, required = [] } = (schema ?? {}) as Schema
  return Object.entries(properties).map(([name, property]) => ({
    name,
    question: property.title ?? property.description ?? '',
    type: typeOf(property, texts),
    isRequired: required.includes(name),
    fallback: property.default === undefined ? null : JSON.stringify(property.default),
    limits: limitsOf(property, texts),
  }))
}

const listed = (values: unknown[]) =>
  values.map((value) => (typeof value === 'string' ? value : JSON.stringify(value))).join(', ')

function typeOf(property: Property, texts: Words): string {
  if (property.enum) return texts.oneOf(listed(property.enum))
  const variants = property.anyOf ?? []
  if (variants.length > 0 && variants.every((one) => 'const' in one))
    return texts.oneOf(listed(variants.map((one) => one.const)))
  if (property.type === 'array') return texts.listOf(typeOf(property.items ?? {}, texts))
  const known = texts.types[property.format ?? ''] ?? texts.types[String(property.type ?? 'any')]
  return known ?? String(property.type)
}

function limitsOf({ minimum, maximum, minLength, maxLength, pattern }: Property, texts: Words): string[] {
  return [
    ...(minimum === undefined ? [] : [texts.atLeast(minimum)]),
    ...(maximum === undefined ? [] : [texts.atMost(maximum)]),
    ...(minLength ? [texts.shortest(minLength)] : []),
    ...(maxLength === undefined ? [] : [texts.longest(maxLength)]),
    ...(pattern === undefined ? [] : [texts.pattern(pattern)]),
  ]
}
