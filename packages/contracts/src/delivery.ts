import { type Static, Type } from '@sinclair/typebox'
import { Id, Instant, listQuery, Nullable, OneOf, SeveralOf, sortedBy } from './common.ts'
import { hiddenFromViewers } from './hidden.ts'
import { OutgoingPart } from './outgoing.ts'
import { Failure } from './run.ts'

export const deliveryStates = [
  'pending',
  'acting',
  'acted',
  'sending',
  'retrying',
  'sent',
  'no_output',
  'failed',
  'unreachable',
  'cancelled',
  'expired',
  'uncertain',
] as const
export const DeliveryState = OneOf(deliveryStates)
export type DeliveryState = Static<typeof DeliveryState>

/** States that a delivery never leaves. */
export const terminalDeliveryStates = [
  'sent',
  'no_output',
  'failed',
  'unreachable',
  'cancelled',
  'expired',
  'uncertain',
] as const satisfies DeliveryState[]

export const DeliveryPart = Type.Object({
  messageId: Type.Optional(Type.Integer()),
  sentAt: Type.Optional(Instant),
  possiblyDuplicated: Type.Boolean(),
})
export type DeliveryPart = Static<typeof DeliveryPart>

/** One run × one recipient. */
export const Delivery = Type.Object({
  id: Id,
  runId: Id,
  userId: Id,
  userName: Nullable(Type.String()),
  telegramId: hiddenFromViewers(Type.Integer({ description: 'Viewers get 0' }), 0),
  state: DeliveryState,
  attempts: Type.Integer(),
  nextAttemptAt: Nullable(Instant),
  error: Type.Optional(Failure),
  parts: Type.Array(DeliveryPart),
  output: hiddenFromViewers(Nullable(Type.Array(OutgoingPart)), null),
  possiblyDuplicated: Type.Boolean(),
  resolvedBy: Nullable(Type.String({ description: 'Who said that it arrived, where that was uncertain' })),
  startedAt: Nullable(Instant),
  finishedAt: Nullable(Instant),
})
export type Delivery = Static<typeof Delivery>

/** Tries of a delivery that did not succeed, those that follow each other for the same reason together. */
export const FailedAttempt = Type.Object({
  class: Type.String({ description: 'e.g. flood, network, action_error, blocked' }),
  message: hiddenFromViewers(Type.String({ description: 'What an action or Telegram said last' }), ''),
  firstAt: Instant,
  lastAt: Instant,
  count: Type.Integer(),
  nextAt: Nullable(
    Type.String({ description: 'When it was to be tried again; null where it was not', format: 'date-time' }),
  ),
})
export type FailedAttempt = Static<typeof FailedAttempt>

/** Oldest first. */
export const FailedAttempts = Type.Object({ items: Type.Array(FailedAttempt) })
export type FailedAttempts = Static<typeof FailedAttempts>

/** What was said at more length cannot be asked for. */
export const longestAskedMessage = 1000

export const DeliveryQuery = Type.Object(
  {
    ...listQuery,
    ...sortedBy(['id', 'state']),
    state: Type.Optional(SeveralOf(deliveryStates)),
    class: Type.Optional(
      Type.String({ maxLength: 64, description: 'Of its failure, as the reasons of the run have it' }),
    ),
    message: Type.Optional(
      Type.String({
        maxLength: longestAskedMessage,
        description:
          'What an action or Telegram said, word by word; viewers do not see it and cannot ask for it',
      }),
    ),
  },
  { additionalProperties: false },
)
export type DeliveryQuery = Static<typeof DeliveryQuery>

/** What a person knows about a delivery in doubt. That it did not arrive needs no word: it is sent again. */
export const DeliveryResolution = Type.Object(
  { outcome: OneOf(['arrived']) },
  { additionalProperties: false },
)
export type DeliveryResolution = Static<typeof DeliveryResolution>

/** A delivery among those to one person, with what it is of. */
export const UserDelivery = Type.Object({
  ...Delivery.properties,
  run: Type.Object({
    jobId: Id,
    jobName: Nullable(Type.String()),
    action: Type.String(),
    scheduledFor: Instant,
    dryRun: Type.Boolean(),
  }),
})
export type UserDelivery = Static<typeof UserDelivery>

/** Deliveries to one person, those of the newest runs first unless `order` says otherwise. */
export const UserDeliveryQuery = Type.Object(
  {
    state: Type.Optional(DeliveryState),
    order: listQuery.order,
    limit: listQuery.limit,
    cursor: listQuery.cursor,
  },
  { additionalProperties: false },
)
export type UserDeliveryQuery = Static<typeof UserDeliveryQuery>
