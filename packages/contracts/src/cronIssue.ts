import { type Static, Type } from '@sinclair/typebox'
import { caseOf, OneOf } from './common.ts'

/** Fields of a cron expression, as they are called where one of them is wrong. */
export const CronFieldName = OneOf(['second', 'minute', 'hour', 'day of month', 'month', 'weekday'])
export type CronFieldName = Static<typeof CronFieldName>

const inField = { field: CronFieldName }
const range = { low: Type.Integer(), high: Type.Integer() }

/** What is wrong with a cron expression. */
export const CronIssue = Type.Union([
  caseOf('empty', {}),
  caseOf('too_long', { length: Type.Integer(), most: Type.Integer() }),
  caseOf('date', {}),
  caseOf('nickname', { given: Type.String(), known: Type.Array(Type.String()) }),
  caseOf('field_count', {
    count: Type.Integer(),
    withSeconds: Type.Boolean({ description: 'Six fields are accepted too' }),
  }),
  caseOf('never_fires', {}),
  caseOf('not_understood', {}),
  caseOf('item_not_understood', { ...inField, given: Type.String() }),
  caseOf('parts_do_not_go_together', { ...inField, given: Type.String() }),
  caseOf('empty_place', { ...inField, given: Type.String() }),
  caseOf('step_needs_range', { ...inField, given: Type.String(), ...range }),
  caseOf('word_not_allowed', { ...inField, given: Type.String(), allowed: Type.Array(Type.String()) }),
  caseOf('out_of_range', { ...inField, given: Type.String(), ...range }),
  caseOf('nth_out_of_range', { ...inField, given: Type.String() }),
  caseOf('step_out_of_range', { ...inField, given: Type.String(), most: Type.Integer() }),
  caseOf('backwards', { ...inField, given: Type.String() }),
])
export type CronIssue = Static<typeof CronIssue>
