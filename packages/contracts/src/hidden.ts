import type { TSchema } from '@sinclair/typebox'

/** A symbol: it says something to the server alone, so neither serialisers nor descriptions of the API see it. */
const mark = Symbol('hidden from viewers')

/** Marks what people have told the bot, or were sent: not for those who only look at how it is doing. They get `blank` instead. */
export const hiddenFromViewers = <T extends TSchema>(schema: T, blank: unknown): T => ({
  ...schema,
  [mark]: { blank },
})

/** What viewers get instead of a value of this schema; null where they get the value itself. */
export const hiddenBy = (schema: object): { blank: unknown } | null =>
  (schema as { [mark]?: { blank: unknown } })[mark] ?? null
