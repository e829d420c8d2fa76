import { type Static, type TProperties, type TSchema, Type } from '@sinclair/typebox'

/** UUIDv7 as text. */
export const Id = Type.String({ minLength: 1, maxLength: 64, description: 'UUIDv7' })

/** The `:id` of a path. */
export const idParams = Type.Object({ id: Id })

/** ISO 8601 instant in UTC with milliseconds, e.g. `2026-11-24T08:00:00.000Z`. */
export const Instant = Type.String({ format: 'date-time', description: 'ISO 8601, UTC, milliseconds' })

/** Accounts of Telegram itself, through which others speak: the service account, anonymous admins, channels. */
export const telegramServices: readonly number[] = [777000, 1087968824, 136817688]

/** Telegram's number of a user: fits 52 bits, so a JSON number is exact. */
export const TelegramId = Type.Intersect([
  Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }),
  Type.Not(Type.Union(telegramServices.map((id) => Type.Literal(id)))),
])

export const Nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()])

/** One of some words; `Type.Union` of literals that keeps the literal types. */
export const OneOf = <const T extends readonly string[]>(
  words: T,
  options: { description?: string; default?: T[number] } = {},
) => Type.Unsafe<T[number]>({ type: 'string', enum: [...words], ...options })

/** One or several of some words; in a query string they are separated by commas. */
export const SeveralOf = <const T extends readonly string[]>(
  words: T,
  options: { description?: string } = {},
) =>
  Type.Unsafe<T[number] | T[number][]>({
    type: 'array',
    items: { type: 'string', enum: [...words] },
    maxItems: words.length,
    ...options,
  })

/** Counting stops here: more would take longer than to show the page. */
export const countedTo = 10_000

/** Languages in which schedules are described; asked for by `Accept-Language`, or by `locale` in a preview. */
export const Language = OneOf(['en', 'es'])
export type Language = Static<typeof Language>

/** A page of a list. `total` counts what the filter matches, not the page. */
export const PageOf = <T extends TSchema>(item: T) =>
  Type.Object({
    items: Type.Array(item),
    nextCursor: Nullable(Type.String()),
    total: Type.Integer({ description: `At most ${countedTo}` }),
    totalIsExact: Type.Boolean({ description: 'False: there are more than `total`' }),
  })

export interface Page<T> {
  items: T[]
  nextCursor: string | null
  /** At most ten thousand. */
  total: number
  /** False: there are more. */
  totalIsExact: boolean
}

/** What every list takes: search, order and a keyset cursor. */
export const listQuery = {
  q: Type.Optional(Type.String({ maxLength: 200 })),
  order: Type.Optional(
    OneOf(['asc', 'desc'], { description: 'Default: asc; newest first where that is usual' }),
  ),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
  cursor: Type.Optional(
    Type.String({
      maxLength: 800,
      description: '`nextCursor` of the page before, of the same sort and order',
    }),
  ),
}

/** A list that comes in one order of columns only. */
export const ListQuery = Type.Object(listQuery, { additionalProperties: false })
export type ListQuery = Static<typeof ListQuery>

/** What a list can be sorted by; the first word is the default. */
export const sortedBy = <const T extends readonly [string, ...string[]]>(words: T) => ({
  sort: Type.Optional(OneOf(words, { default: words[0] })),
})

/** Which page of a list. */
export type PageQuery = { limit?: number; cursor?: string }

export const Version = Type.Integer({
  minimum: 1,
  description: 'Rises with each change; send it back with an edit',
})

/** One case of a tagged union: `kind` says which. */
export const caseOf = <const K extends string, P extends TProperties>(kind: K, properties: P) =>
  Type.Object({ kind: Type.Literal(kind), ...properties })

/** JSON object given by an operator: arguments of a job, profile of a user. */
export const JsonObject = Type.Record(Type.String(), Type.Unknown())
