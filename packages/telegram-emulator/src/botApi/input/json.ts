import { badRequest, FieldError } from '../answer.ts'

/** JSON inside of parameters, refused in the words of td/utils/JsonBuilder.cpp. */

export type JsonObject = Record<string, unknown>

/** A value that is JSON text or JSON already. @throws BotApiError `can't parse <what> JSON object` */
export function parsedJson(value: unknown, what: string): unknown {
  if (typeof value !== 'string') return value
  try {
    return JSON.parse(value) as unknown
  } catch {
    throw badRequest(`Can't parse ${what} JSON object`)
  }
}

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Text of a field; a number counts as text. @throws FieldError */
export const textField = (object: JsonObject, name: string): string =>
  required(name, optionalText(object, name))

/** @throws FieldError when it is there and no text */
export function optionalText(object: JsonObject, name: string): string | undefined {
  const value = object[name]
  if (value === undefined || value === null) return undefined
  if (typeof value === 'number') return String(value)
  if (typeof value !== 'string') throw new FieldError(`Field "${name}" must be of type String`)
  return value
}

/** A whole number of a field; text counts when it is nothing but that number. @throws FieldError */
export const integerField = (object: JsonObject, name: string): number =>
  required(name, optionalInteger(object, name))

/** @throws FieldError when it is there and no whole number */
export function optionalInteger(object: JsonObject, name: string): number | undefined {
  const value = object[name]
  if (value === undefined || value === null) return undefined
  if (typeof value !== 'string' && typeof value !== 'number')
    throw new FieldError(`Field "${name}" must be a Number`)
  if (!/^-?\d+$/.test(String(value))) throw new FieldError(`Field "${name}" must be a valid Number`)
  return Number(value)
}

/** @throws FieldError when it is there and neither true nor false */
export function optionalFlag(object: JsonObject, name: string): boolean {
  const value = object[name] ?? false
  if (typeof value !== 'boolean') throw new FieldError(`Field "${name}" must be of type Boolean`)
  return value
}

/** @throws FieldError */
export function objectField(object: JsonObject, name: string): JsonObject {
  const value = required(name, object[name] ?? undefined)
  if (!isObject(value)) throw new FieldError(`Field "${name}" must be of type Object`)
  return value
}

function required<T>(name: string, value: T | undefined): T {
  if (value === undefined) throw new FieldError(`Can't find field "${name}"`)
  return value
}

/** Runs a parser and says of what a field is wrong. @throws FieldError `Can't parse <what>: <why>` */
export function inObject<T>(what: string, parse: () => T): T {
  try {
    return parse()
  } catch (error) {
    if (error instanceof FieldError) throw new FieldError(`Can't parse ${what}: ${error.words}`)
    throw error
  }
}
