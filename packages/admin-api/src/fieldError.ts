import type { FastifyError } from 'fastify'
import type { FieldError } from './problem.ts'

type Issue = NonNullable<FastifyError['validation']>[number]
type Params = Record<string, unknown>

/** Words for each rule of JSON Schema that a request can break. */
const words: Record<string, (params: Params) => string> = {
  additionalProperties: () => 'is not a field of this request',
  required: () => 'is required',
  type: ({ type }) => `has to be ${article(String(type))}`,
  enum: ({ allowedValues }) => `has to be one of ${list(allowedValues)}`,
  const: ({ allowedValue }) => `has to be ${JSON.stringify(allowedValue)}`,
  minLength: ({ limit }) => (limit === 1 ? 'has to be given' : `needs at least ${limit} characters`),
  maxLength: ({ limit }) => `may have at most ${limit} characters`,
  minimum: ({ limit }) => `has to be ${limit} or more`,
  maximum: ({ limit }) => `has to be ${limit} or less`,
  maxItems: ({ limit }) => `may hold at most ${limit}`,
  format: ({ format }) => `has to be a ${format}, like 2026-11-24T08:00:00.000Z`,
}

/** A rule of the schema that a request broke: which field, what was given, what is allowed. */
export function fieldErrorOf(issue: Issue, context: string | undefined, given: unknown): FieldError {
  const params = issue.params as Params
  const name = params.additionalProperty ?? params.missingProperty
  const path = `${issue.instancePath}${name ? `/${String(name)}` : ''}`
  const where = context === 'body' || !context ? '' : `${context}: `
  const message = words[issue.keyword]?.(params) ?? issue.message ?? 'is not valid'
  const value = isSecret(path) ? undefined : valueAt(given, path)
  return {
    path: path || '/',
    message: `${where}${message}`,
    ...(value === undefined ? {} : { given: value }),
    ...(params.allowedValues ? { allowed: params.allowedValues } : {}),
  }
}

const article = (type: string): string =>
  ({ integer: 'a whole number', array: 'a list', object: 'an object', boolean: 'true or false' })[type] ??
  `a ${type}`
const list = (values: unknown): string =>
  (values as unknown[]).map((value) => JSON.stringify(value)).join(', ')
const isSecret = (path: string): boolean => /password|token|secret/i.test(path)

function valueAt(given: unknown, path: string): unknown {
  let value = given
  for (const key of path.split('/').slice(1)) {
    if (typeof value !== 'object' || value === null) return undefined
    value = (value as Record<string, unknown>)[key]
  }
  return typeof value === 'object' ? undefined : value
}
