import { type Static, Type } from '@sinclair/typebox'
import { Id, Instant, listQuery, Nullable, OneOf } from './common.ts'
import { DeliveryState } from './delivery.ts'
import { hiddenFromViewers } from './hidden.ts'
import { LogLevel } from './run.ts'

/** Lines of a run's log, oldest first unless `order` says otherwise. */
export const RunLogQuery = Type.Object(
  {
    level: Type.Optional(LogLevel),
    deliveryId: Type.Optional(Id),
    order: listQuery.order,
    limit: listQuery.limit,
    cursor: listQuery.cursor,
  },
  { additionalProperties: false },
)
export type RunLogQuery = Static<typeof RunLogQuery>

export const runStepKinds = [
  'due',
  'queued',
  'started',
  'audience_resolved',
  'action_called',
  'action_returned',
  'first_sent',
  'waited',
  'last_sent',
  'paused',
  'resumed',
  'cancel_requested',
  'finished',
] as const
export const RunStepKind = OneOf(runStepKinds)
export type RunStepKind = Static<typeof RunStepKind>

/** Something that happened to a run. */
export const RunStep = Type.Object({
  kind: RunStepKind,
  at: Instant,
  by: Nullable(Type.String({ description: 'Who paused, resumed or cancelled it' })),
  reason: Nullable(Type.String({ description: 'Why, as they wrote it' })),
  wait: Nullable(
    Type.Object(
      { until: Instant, count: Type.Integer({ description: 'How often Telegram asked for it' }) },
      { description: 'That Telegram asked for' },
    ),
  ),
  detail: Nullable(Type.String({ description: 'Who, why or how many, in English' })),
})
export type RunStep = Static<typeof RunStep>

/** What happened to a run, in order; what is not known is not there. */
export const RunTimeline = Type.Object({ steps: Type.Array(RunStep) })
export type RunTimeline = Static<typeof RunTimeline>

/** Recipients that a run did not reach, and the reason they share. */
export const RunReason = Type.Object({
  state: DeliveryState,
  class: Type.String(),
  message: hiddenFromViewers(Type.String({ description: 'What an action or Telegram said' }), ''),
  count: Type.Integer(),
})
export type RunReason = Static<typeof RunReason>

/** Why recipients were not reached, commonest first. */
export const RunReasons = Type.Object({
  items: Type.Array(RunReason),
  others: Type.Integer({ description: 'Recipients with reasons that are not listed' }),
})
export type RunReasons = Static<typeof RunReasons>
