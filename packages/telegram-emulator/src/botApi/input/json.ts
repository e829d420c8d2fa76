import { badRequest } from '../answer.ts'

/** JSON inside of parameters, refused in the words of td/utils/JsonBuilder.cpp. */

export type JsonObject = Record<string, unknown>

/** A value that is JSON text or JSON already. @throws BotApiError `can't parse <what> JSON object` */
export function parsedJson(value: unknown, what: string): unknown {
  if (typeof value !== 'string') return value
  try {
    return JSON.parse(value) as unknown
  } catch {
    throw badRequest(`can't parse ${what} JSON object`)
  }
}

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** What is wrong inside of an object; whoever parses the whole says of which. */
export class FieldError extends Error {}

/** Text of a field; a number counts as text. @throws FieldError */
export function textField(object: JsonObject, name: string): string {
  const value = optionalText(object, name)
  if (value === undefined) throw new FieldError(`can't find field "${name}"`)
  return value
}

/** @throws FieldError when it is there and no text */
export function optionalText(object: JsonObject, name: string): string | undefined {
  const value = object[name]
  if (value === undefined || value === null) return undefined
  if (typeof value === 'number') return String(value)
  if (typeof value !== 'string') throw new FieldError(`field "${name}" must be of type String`)
  return value
}

/** @throws FieldError */
export function integerField(object: JsonObject, name: string): number {
  const value = object[name]
  if (value === undefined || value === null) throw new FieldError(`can't find field "${name}"`)
  const parsed = typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value
  if (typeof parsed !== 'number') throw new FieldError(`field "${name}" must be of type Number`)
  return Math.trunc(parsed)
}

/** Runs a parser and says of what a field is wrong. @throws BotApiError `can't parse <what>: <why>` */
export function inObject<T>(what: string, parse: () => T): T {
  try {
    return parse()
  } catch (error) {
    if (error instanceof FieldError) throw badRequest(`can't parse ${what}: ${error.message}`)
    throw error
  }
}
