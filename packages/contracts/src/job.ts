import { type Static, Type } from '@sinclair/typebox'
import { ActionState } from './action.ts'
import { Id, Instant, JsonObject, Language, listQuery, Nullable, OneOf, sortedBy, Version } from './common.ts'
import { jobDefaults } from './jobDefaults.ts'
import { RunState, SkipReason } from './run.ts'
import { Warning } from './warning.ts'

export const Overlap = OneOf(['skip', 'queue', 'replace', 'allow'])
export type Overlap = Static<typeof Overlap>
export const CatchUp = OneOf(['latest', 'skip', 'all'])
export type CatchUp = Static<typeof CatchUp>
export const DeliveryGuarantee = OneOf(['at-least-once', 'at-most-once'])
export type DeliveryGuarantee = Static<typeof DeliveryGuarantee>

const settings = {
  name: Nullable(Type.String({ maxLength: 200 })),
  notes: Nullable(
    Type.String({ maxLength: 2000, description: 'What people should know of it; the bot does not use it' }),
  ),
  action: Type.String({ minLength: 1, maxLength: 100, description: "The action's name" }),
  enabled: Type.Boolean(),
  userIds: Type.Array(Id, { maxItems: 10_000 }),
  roleIds: Type.Array(Id, { maxItems: 10_000 }),
  perUser: Type.Boolean({ description: 'Run the action once for each user' }),
  // One that is somewhat too long is refused by the grammar, in words; what is longer is no expression at all.
  cronExpression: Type.String({ minLength: 1, maxLength: 1000, description: 'At most 256 characters' }),
  timezone: Nullable(
    Type.String({ maxLength: 64, description: 'IANA name; null: the zone of the settings' }),
  ),
  startsAt: Nullable(
    Type.String({
      format: 'date-time',
      description: 'It does not run by itself before; a time at that instant counts',
    }),
  ),
  endsAt: Nullable(
    Type.String({
      format: 'date-time',
      description: 'It does not run by itself after; a time at that instant counts',
    }),
  ),
  args: JsonObject,
  overlap: Overlap,
  catchUp: CatchUp,
  catchUpWindowSeconds: Type.Integer({ minimum: 0, maximum: 31_536_000 }),
  retries: Type.Integer({ minimum: 0, maximum: 20, description: 'Tries again after the action threw' }),
  timeoutSeconds: Type.Integer({ minimum: 1, maximum: 86_400 }),
  deadlineSeconds: Type.Integer({ minimum: 1, maximum: 604_800 }),
  delivery: DeliveryGuarantee,
}
/** What an operator decides about a job. */
export const JobSettings = Type.Object(settings)
export type JobSettings = Static<typeof JobSettings>

/** What says when a job runs by itself. */
export type JobTimes = Pick<JobSettings, 'cronExpression' | 'timezone' | 'startsAt' | 'endsAt'>

/** Who stopped something for a while, and why. */
export const Pause = Type.Object({
  at: Instant,
  by: Type.String(),
  reason: Nullable(Type.String()),
})
export type Pause = Static<typeof Pause>

/** One future occurrence that will be left out. */
export const OccurrenceSkip = Type.Object({
  scheduledFor: Instant,
  by: Type.String(),
  reason: Nullable(Type.String()),
})
export type OccurrenceSkip = Static<typeof OccurrenceSkip>

/** How the last runs of a job went, at most the last 50 that ended and were no dry run. */
export const JobStats = Type.Object({
  runs: Type.Integer(),
  successRate: Nullable(
    Type.Number({
      description:
        'Of those neither skipped nor cancelled, the share in which nothing failed; people who cannot be reached are no failure. 0 to 1',
    }),
  ),
  p95Ms: Nullable(Type.Integer({ description: '95th percentile of start to end' })),
})
export type JobStats = Static<typeof JobStats>

export const Job = Type.Object({
  id: Id,
  ...settings,
  actionState: ActionState,
  effectiveTimezone: Type.String(),
  description: Nullable(Type.String({ description: 'The schedule in plain language' })),
  nextRunAt: Nullable(Instant),
  paused: Nullable(Pause),
  skips: Type.Array(OccurrenceSkip, { description: 'Future occurrences that will be left out' }),
  stats: JobStats,
  recipientCount: Type.Integer(),
  unreachableCount: Type.Integer(),
  lastRuns: Type.Array(
    Type.Object({
      id: Id,
      state: RunState,
      reason: Nullable(SkipReason),
      scheduledFor: Instant,
      finishedAt: Nullable(Instant),
    }),
    { description: 'Newest first, at most 20; no dry runs' },
  ),
  warnings: Type.Array(Warning),
  createdAt: Instant,
  updatedAt: Instant,
  archivedAt: Nullable(Instant),
  version: Version,
})
export type Job = Static<typeof Job>

export const JobCreate = Type.Object(
  {
    ...Type.Partial(JobSettings).properties,
    action: settings.action,
    cronExpression: settings.cronExpression,
    // Defaults stand here alone: in an update they would undo what is not given.
    enabled: Type.Optional(Type.Boolean({ ...settings.enabled, default: jobDefaults.enabled })),
    perUser: Type.Optional(Type.Boolean({ ...settings.perUser, default: jobDefaults.perUser })),
  },
  { additionalProperties: false },
)
export type JobCreate = Static<typeof JobCreate>

export const JobUpdate = Type.Object(
  { version: Version, ...Type.Partial(JobSettings).properties },
  { additionalProperties: false },
)
export type JobUpdate = Static<typeof JobUpdate>

export const JobQuery = Type.Object(
  {
    ...listQuery,
    ...sortedBy(['nextRunAt', 'name', 'action', 'lastRunAt', 'createdAt', 'updatedAt']),
    action: Type.Optional(Type.String()),
    enabled: Type.Optional(Type.Boolean()),
    archived: Type.Optional(Type.Boolean({ default: false })),
    userId: Type.Optional(
      Type.String({ maxLength: 64, description: 'Somebody it reaches, directly or by a role' }),
    ),
    roleId: Type.Optional(Id),
    lastOutcome: Type.Optional(RunState),
    timezone: Type.Optional(
      Type.String({ maxLength: 64, description: 'The zone it runs in, its own or that of the settings' }),
    ),
    dueBefore: Type.Optional(Instant),
    attention: Type.Optional(
      Type.Boolean({
        description:
          'Enabled, and one of: its action is not loaded · it is paused · it is overdue by more than a minute · its last run that was no dry run failed for somebody, was too late, is in doubt or was skipped · it runs for each user and has nobody',
      }),
    ),
  },
  { additionalProperties: false },
)
export type JobQuery = Static<typeof JobQuery>

export const JobPreviewRequest = Type.Object(
  {
    cronExpression: Type.String({ maxLength: 1000 }),
    timezone: Type.Optional(settings.timezone),
    startsAt: Type.Optional(settings.startsAt),
    endsAt: Type.Optional(settings.endsAt),
    from: Type.Optional(Instant),
    count: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 5 })),
    userIds: Type.Optional(settings.userIds),
    roleIds: Type.Optional(settings.roleIds),
    action: Type.Optional(Type.String()),
    args: Type.Optional(JsonObject),
    perUser: Type.Optional(Type.Boolean()),
    locale: Type.Optional(Language),
  },
  { additionalProperties: false },
)
export type JobPreviewRequest = Static<typeof JobPreviewRequest>

export const NextRun = Type.Object({
  at: Instant,
  local: Type.String({ description: 'Wall clock in the job’s zone with weekday and offset' }),
  note: Type.Optional(Type.String({ description: 'Set when a clock change touches this run' })),
  change: Type.Optional(
    Type.Object(
      { kind: OneOf(['gap', 'twice', 'again']), wall: Type.String({ description: 'e.g. `02:30`' }) },
      {
        description: 'The same for programs: the wall clock does not exist, happens twice, or is the second',
      },
    ),
  ),
})
export type NextRun = Static<typeof NextRun>

export const Recipients = Type.Object({
  total: Type.Integer(),
  direct: Type.Integer(),
  byRole: Type.Integer(),
  unreachable: Type.Integer(),
  sample: Type.Array(Type.Object({ userId: Id, name: Nullable(Type.String()) })),
})
export type Recipients = Static<typeof Recipients>

export const JobPreview = Type.Object({
  description: Nullable(Type.String()),
  nextRuns: Type.Array(NextRun),
  recipients: Recipients,
  warnings: Type.Array(Warning),
})
export type JobPreview = Static<typeof JobPreview>

/** What a run by hand does while another run of the job has not ended; without it such a request is refused. */
export const OnOverlap = OneOf(['wait', 'replace'], {
  description: 'While another run has not ended: run after it, or cancel it. Default: be refused',
})
export type OnOverlap = Static<typeof OnOverlap>

export const JobRunRequest = Type.Object(
  {
    args: Type.Optional(JsonObject),
    onlyUserIds: Type.Optional(settings.userIds),
    dryRun: Type.Optional(Type.Boolean({ default: false })),
    onOverlap: Type.Optional(OnOverlap),
    scheduledFor: Type.Optional(
      Type.String({
        format: 'date-time',
        description:
          'A time of the job that has passed without a run: the run stands for it, and each time has one at most',
      }),
    ),
  },
  { additionalProperties: false },
)
export type JobRunRequest = Static<typeof JobRunRequest>
