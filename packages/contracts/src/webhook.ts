import { type Static, Type } from '@sinclair/typebox'
import { Id, Instant, listQuery, Nullable, OneOf } from './common.ts'
import { JobName } from './overview.ts'
import { Failure, RunCounts, RunState, RunTrigger, SkipReason } from './run.ts'

export const webhookEvents = ['run.finished', 'run.failed'] as const
/** `run.failed`: a run did not reach everyone, or was missed. `run.finished`: any other end but that of a skipped run. */
export const WebhookEvent = OneOf(webhookEvents)
export type WebhookEvent = Static<typeof WebhookEvent>

/** Body of the request that a webhook makes. */
export const WebhookBody = Type.Object({
  id: Type.String({ description: 'Of this delivery; the same at every try' }),
  event: WebhookEvent,
  at: Instant,
  run: Type.Object({
    id: Id,
    job: JobName,
    state: RunState,
    reason: Nullable(SkipReason),
    trigger: RunTrigger,
    scheduledFor: Instant,
    startedAt: Nullable(Instant),
    finishedAt: Nullable(Instant),
    counts: RunCounts,
    error: Nullable(Failure),
  }),
})
export type WebhookBody = Static<typeof WebhookBody>

/** `pending`: to be tried, or tried again. `failed`: given up. */
export const WebhookState = OneOf(['pending', 'delivered', 'failed'])
export type WebhookState = Static<typeof WebhookState>

/** One request of one webhook, with what became of it. */
export const WebhookDelivery = Type.Object({
  id: Id,
  url: Type.String({ description: 'Whose it is; the rest is not shown, as it may hold secrets' }),
  event: WebhookEvent,
  runId: Id,
  state: WebhookState,
  attempts: Type.Integer(),
  nextAttemptAt: Nullable(Instant),
  lastStatus: Nullable(Type.Integer({ description: 'HTTP status of the last answer' })),
  lastError: Nullable(Type.String({ description: 'Why the last try failed' })),
  createdAt: Instant,
  finishedAt: Nullable(Instant),
})
export type WebhookDelivery = Static<typeof WebhookDelivery>

export const WebhookDeliveryQuery = Type.Object(
  {
    limit: listQuery.limit,
    cursor: listQuery.cursor,
    state: Type.Optional(WebhookState),
  },
  { additionalProperties: false },
)
export type WebhookDeliveryQuery = Static<typeof WebhookDeliveryQuery>
