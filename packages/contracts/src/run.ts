import { type Static, Type } from '@sinclair/typebox'
import { Id, Instant, JsonObject, listQuery, Nullable, OneOf, SeveralOf, sortedBy } from './common.ts'
import { hiddenFromViewers } from './hidden.ts'
import { OutgoingPart } from './outgoing.ts'
import { RunCause } from './runCause.ts'

export const runStates = [
  'queued',
  'running',
  'paused',
  'completed',
  'partial',
  'failed',
  'cancelled',
  'skipped',
  'expired',
] as const
export const RunState = OneOf(runStates)
export type RunState = Static<typeof RunState>

/** States that a run never leaves. */
export const terminalRunStates = [
  'completed',
  'partial',
  'failed',
  'cancelled',
  'skipped',
  'expired',
] as const satisfies RunState[]

export const skipReasons = [
  'overlap',
  'no_recipients',
  'action_missing',
  'missed',
  'paused',
  'requested',
] as const
export const SkipReason = OneOf(skipReasons)
export type SkipReason = Static<typeof SkipReason>

export const RunTrigger = OneOf(['schedule', 'manual', 'retry'])
export type RunTrigger = Static<typeof RunTrigger>

/** Recipients of a run by state; `total` is their sum. */
export const RunCounts = Type.Object({
  total: Type.Integer(),
  pending: Type.Integer({ description: 'Not begun, or waiting to be tried again' }),
  inProgress: Type.Integer(),
  sent: Type.Integer(),
  noOutput: Type.Integer(),
  failed: Type.Integer(),
  unreachable: Type.Integer(),
  cancelled: Type.Integer(),
  expired: Type.Integer(),
  uncertain: Type.Integer(),
})
export type RunCounts = Static<typeof RunCounts>

export const Failure = Type.Object({
  class: Type.String({
    description: 'e.g. action_error, interrupted, timeout, blocked, bad_request, network',
  }),
  message: hiddenFromViewers(Type.String({ description: 'What an action or Telegram said' }), ''),
})
export type Failure = Static<typeof Failure>

/** How fast a running run goes, measured over its last 30 seconds. */
export const RunProgress = Type.Object({
  perSecond: Type.Number({ description: 'Recipients that ended, a second' }),
  etaSeconds: Nullable(
    Type.Integer({ description: 'Until the last recipient, at this speed; null while it is not known' }),
  ),
})
export type RunProgress = Static<typeof RunProgress>

export const Run = Type.Object({
  id: Id,
  jobId: Id,
  jobName: Nullable(Type.String()),
  action: Type.String(),
  state: RunState,
  reason: Nullable(SkipReason),
  reasonDetail: Nullable(Type.String({ description: 'The cause in words, in English' })),
  cause: Nullable(RunCause),
  missed: Nullable(Type.Object({ from: Instant, to: Instant, count: Type.Integer() })),
  trigger: RunTrigger,
  key: Type.String({ description: '`jobId@scheduledFor` of a scheduled run, else the idempotency key' }),
  scheduledFor: Instant,
  requestedBy: Nullable(Type.String()),
  retryOf: Nullable(Id),
  dryRun: Type.Boolean(),
  perUser: Type.Boolean(),
  args: JsonObject,
  counts: RunCounts,
  error: Nullable(Failure),
  output: hiddenFromViewers(
    Nullable(Type.Array(OutgoingPart, { description: 'What the action returned, when it ran once for all' })),
    null,
  ),
  cancelRequestedAt: Nullable(Instant),
  pausedBy: Nullable(Type.String({ description: 'Who paused it: a name, or `breaker`' })),
  // The breaker tells what the action said when it failed.
  pauseReason: hiddenFromViewers(Nullable(Type.String()), null),
  progress: Nullable(RunProgress),
  createdAt: Instant,
  startedAt: Nullable(Instant),
  finishedAt: Nullable(Instant),
})
export type Run = Static<typeof Run>

export const RunQuery = Type.Object(
  {
    ...listQuery,
    ...sortedBy(['startedAt', 'scheduledFor', 'finishedAt', 'createdAt']),
    jobId: Type.Optional(Id),
    state: Type.Optional(SeveralOf(runStates)),
    action: Type.Optional(Type.String()),
    trigger: Type.Optional(RunTrigger),
    from: Type.Optional(
      Type.String({
        format: 'date-time',
        description: 'Began then or later; what has not begun counts as it was made',
      }),
    ),
    to: Type.Optional(Type.String({ format: 'date-time', description: 'Began before then' })),
    userId: Type.Optional(Type.String({ maxLength: 64, description: 'Somebody it was for' })),
    hasFailures: Type.Optional(
      Type.Boolean({
        description: 'It failed, or a recipient failed, was unreachable, expired or is uncertain',
      }),
    ),
    possiblyDuplicated: Type.Optional(Type.Boolean({ description: 'A recipient may have got it twice' })),
    dryRun: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
)
export type RunQuery = Static<typeof RunQuery>

export const logLevels = ['trace', 'debug', 'info', 'success', 'warning', 'error', 'critical'] as const
export const LogLevel = OneOf(logLevels)
export type LogLevel = Static<typeof LogLevel>

/** A line that an action wrote to its logger while a job ran it. */
export const RunLog = Type.Object({
  id: Type.Integer(),
  deliveryId: Nullable(Id),
  recipient: Nullable(
    Type.Object(
      { userId: Id, name: Nullable(Type.String()), telegramId: Type.Integer() },
      { description: 'For whom it was written; null where the action ran once for all' },
    ),
  ),
  at: Instant,
  level: LogLevel,
  message: Type.String(),
  fields: Nullable(JsonObject),
})
export type RunLog = Static<typeof RunLog>

/** A request that was taken: the run that it made. */
export const RunAccepted = Type.Object({ runId: Id })
