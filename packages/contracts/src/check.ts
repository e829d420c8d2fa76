import { FormatRegistry, Kind, type TSchema, TypeRegistry } from '@sinclair/typebox'
import { Errors, type ValueError, ValueErrorType } from '@sinclair/typebox/errors'
import { isInstant } from './instant.ts'
import type { Issue } from './issue.ts'
import { fieldIssue } from './issueWords.ts'

// `OneOf` is JSON Schema that the library takes as it is, and knows no check for.
if (!TypeRegistry.Has('Unsafe'))
  TypeRegistry.Set<TSchema>('Unsafe', ({ enum: allowed }, value) => !allowed || allowed.includes(value))
if (!FormatRegistry.Has('date-time')) FormatRegistry.Set('date-time', isInstant)

/** What is wrong with one field, as a refusal of the server names it. */
export type FieldIssue = ReturnType<typeof fieldIssue>

/**
 * What of a value breaks its schema, found without the server and told as the server would tell it: the first rule that each field
 * breaks. Rules beyond the schema (names that are taken, arguments of an action) only the server knows.
 * @param schema the body of an endpoint, e.g. `JobCreate`
 */
export function brokenRules(schema: TSchema, value: unknown): FieldIssue[] {
  const found = new Map<string, FieldIssue>()
  for (const error of deepest(Errors(schema, value))) {
    const issue = issueOf(error)
    if (issue && !found.has(error.path)) found.set(error.path, fieldIssue(error.path || '/', issue))
  }
  return [...found.values()]
}

/** Of something that may be of several kinds, what is wrong with it as the first of them: the others are mostly `null`. */
function* deepest(errors: Iterable<ValueError>): Generator<ValueError> {
  for (const error of errors) {
    const [first] = error.errors
    const within = error.type === ValueErrorType.Union && first ? [...first] : []
    if (within.length > 0) yield* deepest(within)
    else yield error
  }
}

/** The rule as the server calls it; null where the server counts otherwise and has no objection. */
function issueOf({ type, schema, value }: ValueError): Issue | null {
  switch (type) {
    case ValueErrorType.ObjectAdditionalProperties:
      return { kind: 'unknown_field' }
    case ValueErrorType.ObjectRequiredProperty:
      return { kind: 'required' }
    case ValueErrorType.Literal:
      return { kind: 'exactly', value: schema.const }
    case ValueErrorType.Kind:
      return schema.enum && typeof value === schema.type
        ? { kind: 'one_of', values: schema.enum }
        : typeIssue(schema)
    case ValueErrorType.StringMinLength:
      return { kind: 'min_length', limit: schema.minLength }
    case ValueErrorType.StringMaxLength:
      // JSON Schema counts characters; the library counts an emoji twice.
      return [...String(value)].length > schema.maxLength
        ? { kind: 'max_length', limit: schema.maxLength }
        : null
    case ValueErrorType.StringFormat:
      return { kind: 'format', format: schema.format }
    case ValueErrorType.StringPattern:
      // The library does not read patterns as Unicode, and JSON Schema does.
      return new RegExp(schema.pattern, 'u').test(String(value)) ? null : { kind: 'username' }
    case ValueErrorType.IntegerMinimum:
    case ValueErrorType.NumberMinimum:
      return { kind: 'minimum', limit: schema.minimum }
    case ValueErrorType.IntegerMaximum:
    case ValueErrorType.NumberMaximum:
      return { kind: 'maximum', limit: schema.maximum }
    case ValueErrorType.Not:
      return { kind: 'telegram_service' }
    case ValueErrorType.ArrayMinItems:
      return { kind: 'min_items', limit: schema.minItems }
    case ValueErrorType.ArrayMaxItems:
      return { kind: 'max_items', limit: schema.maxItems }
    default:
      return typeIssue(schema)
  }
}

const typeIssue = (schema: TSchema): Issue => ({
  kind: 'type',
  type: String(schema.type ?? schema[Kind]).toLowerCase(),
})
