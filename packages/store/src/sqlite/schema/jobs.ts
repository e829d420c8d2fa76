import type {
  Failure,
  JobSettings,
  OutgoingPart,
  RunCause,
  RunState,
  RunTrigger,
  SkipReason,
} from '@kamihi/contracts'
import { type SQL, sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { Trial } from '../../trial.ts'
import { instant } from './instant.ts'
import { type Columns, failing, needsSomebody, unfortunate } from './outcomes.ts'
import { actions, roles, users } from './people.ts'

type Args = Record<string, unknown>

export const jobs = sqliteTable(
  'jobs',
  {
    id: text('id').primaryKey(),
    name: text('name'),
    notes: text('notes'),
    action: text('action')
      .notNull()
      .references(() => actions.name),
    enabled: integer('enabled', { mode: 'boolean' }).notNull(),
    perUser: integer('per_user', { mode: 'boolean' }).notNull(),
    cronExpression: text('cron_expression').notNull(),
    timezone: text('timezone'),
    startsAt: instant('starts_at'),
    endsAt: instant('ends_at'),
    args: text('args', { mode: 'json' }).$type<Args>().notNull(),
    overlap: text('overlap').$type<JobSettings['overlap']>().notNull(),
    catchUp: text('catch_up').$type<JobSettings['catchUp']>().notNull(),
    catchUpWindowSeconds: integer('catch_up_window_seconds').notNull(),
    retries: integer('retries').notNull(),
    timeoutSeconds: integer('timeout_seconds').notNull(),
    deadlineSeconds: integer('deadline_seconds').notNull(),
    delivery: text('delivery').$type<JobSettings['delivery']>().notNull(),
    /** The cursor: the next occurrence that has no run yet. */
    nextRunAt: integer('next_run_at'),
    /** While set, nothing of the job becomes due; the cursor stays, so that what passes is recorded when it goes on. */
    pausedAt: integer('paused_at'),
    pausedBy: text('paused_by'),
    pauseReason: text('pause_reason'),
    createdAt: integer('created_at').notNull(),
    updatedAt: integer('updated_at').notNull(),
    archivedAt: integer('archived_at'),
    version: integer('version').notNull().default(1),
  },
  (t) => [
    index('jobs_due')
      .on(t.nextRunAt)
      .where(sql`${t.enabled} = 1 and ${t.archivedAt} is null and ${t.pausedAt} is null`),
    index('jobs_action').on(t.action, t.id),
    index('jobs_next').on(t.nextRunAt, t.id).where(sql`${t.archivedAt} is null`),
    index('jobs_name').on(sql`lower(${t.name})`, t.id).where(sql`${t.archivedAt} is null`),
    index('jobs_updated').on(t.updatedAt, t.id).where(sql`${t.archivedAt} is null`),
  ],
)

export const jobUsers = sqliteTable(
  'job_users',
  {
    jobId: text('job_id')
      .notNull()
      .references(() => jobs.id, { onDelete: 'cascade' }),
    userId: text('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
  },
  (t) => [primaryKey({ columns: [t.jobId, t.userId] }), index('job_users_user').on(t.userId)],
)

export const jobRoles = sqliteTable(
  'job_roles',
  {
    jobId: text('job_id')
      .notNull()
      .references(() => jobs.id, { onDelete: 'cascade' }),
    roleId: text('role_id')
      .notNull()
      .references(() => roles.id, { onDelete: 'cascade' }),
  },
  (t) => [primaryKey({ columns: [t.jobId, t.roleId] }), index('job_roles_role').on(t.roleId)],
)

/** Single future occurrences that somebody asked to leave out. */
export const jobSkips = sqliteTable(
  'job_skips',
  {
    jobId: text('job_id')
      .notNull()
      .references(() => jobs.id, { onDelete: 'cascade' }),
    scheduledFor: integer('scheduled_for').notNull(),
    requestedBy: text('requested_by').notNull(),
    reason: text('reason'),
    createdAt: integer('created_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.jobId, t.scheduledFor] })],
)

/** When a scheduler was at work: what became due between two rows was missed because nothing ran. */
export const schedulerSpans = sqliteTable(
  'scheduler_spans',
  {
    id: text('id').primaryKey(),
    worker: text('worker').notNull(),
    startedAt: integer('started_at').notNull(),
    lastSeenAt: integer('last_seen_at').notNull(),
    /** Set when it stopped in an orderly way. */
    endedAt: integer('ended_at'),
  },
  (t) => [index('scheduler_spans_seen').on(t.lastSeenAt)],
)

/** Made by hand for a time of the job that had passed; any other run by hand is for the time at which it was made. */
export const forSlot = (t: Columns<'trigger' | 'dryRun' | 'scheduledFor' | 'createdAt'>): SQL =>
  sql`(${t.trigger} = 'manual' and ${t.dryRun} = 0 and ${t.scheduledFor} < ${t.createdAt})`

export const runs = sqliteTable(
  'runs',
  {
    id: text('id').primaryKey(),
    jobId: text('job_id')
      .notNull()
      .references(() => jobs.id),
    trigger: text('trigger').$type<RunTrigger>().notNull(),
    scheduledFor: integer('scheduled_for').notNull(),
    idempotencyKey: text('idempotency_key').notNull(),
    state: text('state').$type<RunState>().notNull(),
    reason: text('reason').$type<SkipReason>(),
    reasonDetail: text('reason_detail'),
    cause: text('cause', { mode: 'json' }).$type<RunCause | null>(),
    missedFrom: integer('missed_from'),
    missedTo: integer('missed_to'),
    missedCount: integer('missed_count'),
    /** The job as it was when the run was enqueued; edits do not touch a run. */
    settings: text('settings', { mode: 'json' }).$type<JobSettings>().notNull(),
    action: text('action').notNull(),
    args: text('args', { mode: 'json' }).$type<Args>().notNull(),
    perUser: integer('per_user', { mode: 'boolean' }).notNull(),
    dryRun: integer('dry_run', { mode: 'boolean' }).notNull().default(false),
    idempotent: integer('idempotent', { mode: 'boolean' }).notNull().default(false),
    onlyUserIds: text('only_user_ids', { mode: 'json' }).$type<string[] | null>(),
    requestedBy: text('requested_by'),
    retryOf: text('retry_of'),
    output: text('output', { mode: 'json' }).$type<OutgoingPart[] | null>(),
    actionStartedAt: integer('action_started_at'),
    audienceWrittenAt: integer('audience_written_at'),
    leaseWorker: text('lease_worker'),
    leaseUntil: integer('lease_until'),
    total: integer('total').notNull().default(0),
    sent: integer('sent').notNull().default(0),
    noOutput: integer('no_output').notNull().default(0),
    failed: integer('failed').notNull().default(0),
    unreachable: integer('unreachable').notNull().default(0),
    cancelled: integer('cancelled').notNull().default(0),
    expired: integer('expired').notNull().default(0),
    uncertain: integer('uncertain').notNull().default(0),
    inProgress: integer('in_progress').notNull().default(0),
    error: text('error', { mode: 'json' }).$type<Failure | null>(),
    cancelRequestedAt: integer('cancel_requested_at'),
    pausedBy: text('paused_by'),
    pauseReason: text('pause_reason'),
    /** How the first recipients fared, until one of them succeeded; see the circuit breaker. */
    trial: text('trial', { mode: 'json' }).$type<Trial | null>(),
    /** Set where operators are to be told how the run ended. */
    notice: text('notice').$type<'due' | 'told'>(),
    createdAt: integer('created_at').notNull(),
    startedAt: integer('started_at'),
    /** When it began, or was made if it has not begun: what lists are sorted by. */
    beganAt: integer('began_at')
      .notNull()
      .generatedAlwaysAs(sql`(coalesce(started_at, created_at))`, { mode: 'virtual' }),
    finishedAt: integer('finished_at'),
    deadlineAt: integer('deadline_at').notNull(),
  },
  (t) => [
    uniqueIndex('runs_occurrence').on(t.jobId, t.scheduledFor).where(sql`${t.trigger} = 'schedule'`),
    uniqueIndex('runs_slot').on(t.jobId, t.scheduledFor).where(forSlot(t)),
    uniqueIndex('runs_idempotency').on(t.jobId, t.idempotencyKey),
    index('runs_open').on(t.createdAt).where(sql`${t.state} in ('queued','running','paused')`),
    index('runs_job').on(t.jobId, t.scheduledFor),
    index('runs_open_of_job')
      .on(t.jobId, t.createdAt)
      .where(sql`${t.state} in ('queued','running','paused')`),
    index('runs_finished').on(t.finishedAt, t.id).where(sql`${t.finishedAt} is not null`),
    index('runs_scheduled').on(t.scheduledFor, t.id),
    index('runs_began').on(t.beganAt, t.id),
    index('runs_job_began').on(t.jobId, t.beganAt, t.id),
    index('runs_action_began').on(t.action, t.beganAt, t.id),
    // Each is few among many.
    index('runs_open_began').on(t.beganAt, t.id).where(sql`${t.state} in ('queued','running','paused')`),
    index('runs_unfortunate').on(t.beganAt, t.id).where(unfortunate(t)),
    index('runs_failures').on(t.beganAt, t.id).where(failing(t)),
    index('runs_by_hand').on(t.beganAt, t.id).where(sql`${t.trigger} <> 'schedule'`),
    index('runs_dry').on(t.beganAt, t.id).where(sql`${t.dryRun} = 1`),
    // Holds all that numbers over the past are made of, so that the rows themselves are not read.
    index('runs_past')
      .on(
        t.finishedAt,
        t.scheduledFor,
        t.startedAt,
        t.jobId,
        t.state,
        t.reason,
        t.trigger,
        t.dryRun,
        t.missedCount,
        t.sent,
        t.noOutput,
        t.failed,
        t.unreachable,
        t.expired,
        t.uncertain,
      )
      .where(sql`${t.finishedAt} is not null`),
    index('runs_attention').on(t.finishedAt).where(needsSomebody(t)),
    index('runs_retry_of').on(t.retryOf).where(sql`${t.retryOf} is not null`),
    index('runs_notice').on(t.finishedAt).where(sql`${t.notice} = 'due'`),
  ],
)
