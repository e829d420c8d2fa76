import { type Static, Type } from '@sinclair/typebox'

const limit = Type.Optional(Type.Number())
/** What an action demands of an argument beside its type, as JSON Schema calls it. */
export const ArgLimits = Type.Object({
  minimum: limit,
  maximum: limit,
  exclusiveMinimum: limit,
  exclusiveMaximum: limit,
  multipleOf: limit,
  minLength: limit,
  maxLength: limit,
  format: Type.Optional(Type.String({ description: '`date`, `time` or `date-time`' })),
})
export type ArgLimits = Static<typeof ArgLimits>

/** Words for each limit; that of a format is given an example. */
export type ArgLimitWords = Record<keyof ArgLimits, (limit: string, example: string) => string>

const examples: Readonly<Record<string, string>> = {
  date: '2026-11-24',
  time: '08:30',
  'date-time': '2026-11-24T08:30',
}

/** The limits in words, one after the other; empty: there are none. */
export const limitsIn = (limits: ArgLimits, words: ArgLimitWords): string =>
  (Object.entries(limits) as [keyof ArgLimits, number | string][])
    .map(([name, value]) => words[name](String(value), examples[value] ?? String(value)))
    .join(', ')
