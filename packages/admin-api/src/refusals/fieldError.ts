import { fieldIssue, type Issue } from '@kamihi/contracts'
import type { FastifyError } from 'fastify'
import type { FieldError } from './problem.ts'

type Broken = NonNullable<FastifyError['validation']>[number]
type Params = Record<string, unknown>

/** Each rule of JSON Schema that a request can break. */
const rules: Record<string, (params: Params) => Issue> = {
  additionalProperties: () => ({ kind: 'unknown_field' }),
  required: () => ({ kind: 'required' }),
  type: ({ type }) => ({ kind: 'type', type: String(type) }),
  enum: ({ allowedValues }) => ({ kind: 'one_of', values: allowedValues as unknown[] }),
  const: ({ allowedValue }) => ({ kind: 'exactly', value: allowedValue }),
  minLength: ({ limit }) => ({ kind: 'min_length', limit: Number(limit) }),
  maxLength: ({ limit }) => ({ kind: 'max_length', limit: Number(limit) }),
  minimum: ({ limit }) => ({ kind: 'minimum', limit: Number(limit) }),
  maximum: ({ limit }) => ({ kind: 'maximum', limit: Number(limit) }),
  minItems: ({ limit }) => ({ kind: 'min_items', limit: Number(limit) }),
  maxItems: ({ limit }) => ({ kind: 'max_items', limit: Number(limit) }),
  format: ({ format }) => ({ kind: 'format', format: String(format) }),
  // Names of accounts are the only texts that have to look some way.
  pattern: () => ({ kind: 'username' }),
  // Numbers of Telegram are the only values of which some are left out.
  not: () => ({ kind: 'telegram_service' }),
}

/** A rule of the schema that a request broke: which field or parameter, what was given, what is allowed. */
export function fieldErrorOf(broken: Broken, context: string | undefined, given: unknown): FieldError {
  const params = broken.params as Params
  const name = params.additionalProperty ?? params.missingProperty
  const pointer = `${broken.instancePath}${name !== undefined ? `/${escaped(String(name))}` : ''}`
  const path = context === 'body' || !context ? pointer || '/' : parameterAt(pointer)
  const issue = rules[broken.keyword]?.(params)
  const told = issue ? fieldIssue(path, issue) : { path, message: broken.message ?? 'is not valid' }
  const value = isSecret(pointer) ? undefined : valueAt(given, pointer)
  return {
    ...told,
    ...(value === undefined ? {} : { given: value }),
    ...(params.allowedValues ? { allowed: params.allowedValues } : {}),
  }
}

/** A parameter goes by its name, also where one of its several words is wrong. */
const parameterAt = (pointer: string): string => unescaped(pointer.split('/')[1] ?? '')

/** A name as a step of a JSON pointer (RFC 6901). */
const escaped = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1')
const unescaped = (step: string): string => step.replaceAll('~1', '/').replaceAll('~0', '~')

const isSecret = (path: string): boolean => /password|token|secret/i.test(path)

function valueAt(given: unknown, path: string): unknown {
  let value = given
  for (const key of path.split('/').slice(1)) {
    if (typeof value !== 'object' || value === null) return undefined
    value = (value as Record<string, unknown>)[unescaped(key)]
  }
  return typeof value === 'object' ? undefined : value
}
