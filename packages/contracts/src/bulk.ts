import { type Static, type TObject, Type } from '@sinclair/typebox'
import { Id, OneOf } from './common.ts'
import { type ErrorCode, errorCodes } from './errorCodes.ts'

/** The most that one request changes. */
export const mostAtOnce = 10_000

/** Which things a bulk request is about: some ids, or all that a filter finds, which is a query of their list without its paging. */
export const targets = <Q extends TObject>(query: Q) => ({
  ids: Type.Optional(Type.Array(Id, { minItems: 1, maxItems: mostAtOnce })),
  filter: Type.Optional(
    Type.Omit(query, ['sort', 'order', 'limit', 'cursor', 'countJobs'], {
      additionalProperties: false,
      description: 'All that the list finds; instead of `ids`',
    }),
  ),
})

/** A code of the table of errors. */
const Code = Type.Unsafe<ErrorCode>({ type: 'string', enum: Object.keys(errorCodes) })

/** What became of each: every one is changed by itself, so that some may be refused. */
export const BulkResult = Type.Object({
  matched: Type.Integer(),
  changed: Type.Integer(),
  unchanged: Type.Integer({ description: 'Was so already' }),
  refused: Type.Array(Type.Object({ id: Id, code: Code, message: Type.String() })),
  changedIds: Type.Array(Id, { description: 'Those that were changed: what undoes it names them' }),
  runIds: Type.Array(Id, { description: 'Runs that this made' }),
})
export type BulkResult = Static<typeof BulkResult>

/** What became of users that were imported; those refused by their place in the list. */
export const ImportResult = Type.Object({
  created: Type.Integer(),
  updated: Type.Integer(),
  unchanged: Type.Integer(),
  refused: Type.Array(
    Type.Object({
      index: Type.Integer(),
      telegramId: Type.Integer(),
      code: Code,
      message: Type.String(),
    }),
  ),
})
export type ImportResult = Static<typeof ImportResult>

/** What a bulk request does to each. */
export const verbOf = <const T extends readonly string[]>(words: T) => ({ verb: OneOf(words) })
