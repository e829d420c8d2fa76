import { type Static, type TSchema, Type } from '@sinclair/typebox'
import { OneOf } from './common.ts'

/** Fields of a cron expression, as they are called where one of them is wrong. */
export const CronFieldName = OneOf(['second', 'minute', 'hour', 'day of month', 'month', 'weekday'])
export type CronFieldName = Static<typeof CronFieldName>

const issue = <const K extends string, P extends Record<string, TSchema>>(kind: K, properties: P) =>
  Type.Object({ kind: Type.Literal(kind), ...properties })
const inField = { field: CronFieldName }
const range = { low: Type.Integer(), high: Type.Integer() }

/** What is wrong with a cron expression. */
export const CronIssue = Type.Union([
  issue('empty', {}),
  issue('too_long', { length: Type.Integer(), most: Type.Integer() }),
  issue('date', {}),
  issue('nickname', { given: Type.String(), known: Type.Array(Type.String()) }),
  issue('field_count', {
    count: Type.Integer(),
    withSeconds: Type.Boolean({ description: 'Six fields are accepted too' }),
  }),
  issue('never_fires', {}),
  issue('not_understood', {}),
  issue('item_not_understood', { ...inField, given: Type.String() }),
  issue('parts_do_not_go_together', { ...inField, given: Type.String() }),
  issue('empty_place', { ...inField, given: Type.String() }),
  issue('step_needs_range', { ...inField, given: Type.String(), ...range }),
  issue('word_not_allowed', { ...inField, given: Type.String(), allowed: Type.Array(Type.String()) }),
  issue('out_of_range', { ...inField, given: Type.String(), ...range }),
  issue('nth_out_of_range', { ...inField, given: Type.String() }),
  issue('step_out_of_range', { ...inField, given: Type.String(), most: Type.Integer() }),
  issue('backwards', { ...inField, given: Type.String() }),
])
export type CronIssue = Static<typeof CronIssue>
