import { type Static, type TProperties, Type } from '@sinclair/typebox'
import { ActionState } from './action.ts'
import { caseOf, Id, Instant, Nullable, OneOf } from './common.ts'
import { DegradedReason, TelegramState } from './health.ts'
import { hiddenFromViewers } from './hidden.ts'
import { Run, RunState } from './run.ts'

/** A job as it is named in a sentence. */
export const JobName = Type.Object({ id: Id, name: Nullable(Type.String()), action: Type.String() })
export type JobName = Static<typeof JobName>

const at = { at: Instant }
const item = <const K extends string, P extends TProperties>(kind: K, properties: P) =>
  caseOf(kind, { ...at, ...properties })

/** Something that waits for a person; `at` is when it began, or was found. */
export const AttentionItem = Type.Union([
  item('run_failed', {
    runId: Id,
    job: JobName,
    state: RunState,
    total: Type.Integer(),
    unreached: Type.Integer({ description: 'Recipients who did not get it' }),
    runs: Type.Integer({
      description:
        'Runs of this job that failed in the last seven days and were not sent again; the newest is told of',
    }),
  }),
  item('missed', { runId: Id, job: JobName, from: Instant, to: Instant, count: Type.Integer() }),
  item('uncertain', {
    runId: Id,
    job: JobName,
    count: Type.Integer({ description: 'Messages that may or may not have arrived' }),
  }),
  item('run_paused', {
    runId: Id,
    job: JobName,
    by: Nullable(Type.String()),
    reason: hiddenFromViewers(Nullable(Type.String()), null),
  }),
  item('job_overdue', { job: JobName, lateMs: Type.Integer() }),
  item('action_blocked', {
    action: Type.String(),
    state: ActionState,
    error: hiddenFromViewers(Nullable(Type.String()), null),
    jobCount: Type.Integer({ description: 'Enabled jobs that wait for it' }),
  }),
  item('actions_broken', {
    count: Type.Integer(),
    actions: Type.Array(Type.String(), { description: 'At most five' }),
  }),
  item('scheduler_paused', { by: Type.String(), reason: Nullable(Type.String()) }),
  item('jobs_paused', { count: Type.Integer(), jobs: Type.Array(JobName, { description: 'At most five' }) }),
  item('telegram', { state: TelegramState, detail: Nullable(Type.String()) }),
  item('degraded', { reason: DegradedReason, detail: Type.String() }),
  item('unreachable_rising', {
    thisWeek: Type.Integer({ description: 'People who became unreachable in the last seven days' }),
    lastWeek: Type.Integer({ description: 'And in the seven days before' }),
  }),
])
export type AttentionItem = Static<typeof AttentionItem>

/** A number of this week beside that of last week; null while it is not known. */
const compared = (description: string) =>
  Type.Object({ thisWeek: Nullable(Type.Number()), lastWeek: Nullable(Type.Number()) }, { description })

/** A run that is to come. */
export const UpcomingRun = Type.Object({
  at: Instant,
  jobId: Id,
  name: Nullable(Type.String()),
  action: Type.String(),
  recipients: Type.Integer(),
})
export type UpcomingRun = Static<typeof UpcomingRun>

/** Deliveries that ended on one day of the bot's zone. */
export const DayOfDeliveries = Type.Object({
  date: Type.String({ format: 'date' }),
  sent: Type.Integer(),
  failed: Type.Integer({ description: 'Failed, expired or uncertain' }),
  unreachable: Type.Integer(),
})
export type DayOfDeliveries = Static<typeof DayOfDeliveries>

/** All that the first page shows. Past numbers are those of runs whose history is kept. */
export const Overview = Type.Object({
  at: Instant,
  timezone: Type.String(),
  jobsEnabled: Type.Boolean(),
  runsToday: Type.Integer({ description: 'Runs that ended today in the bot’s zone, but for skipped ones' }),
  next: Nullable(UpcomingRun),
  attention: Type.Object({
    items: Type.Array(AttentionItem, { description: 'Newest first, at most 20' }),
    total: Type.Integer(),
  }),
  running: Type.Object({
    items: Type.Array(Run, { description: 'Oldest first, at most 20' }),
    total: Type.Integer(),
  }),
  upcoming: Type.Object({
    items: Type.Array(UpcomingRun, { description: 'Of the next 24 hours, soonest first, at most 200' }),
    total: Type.Integer(),
  }),
  days: Type.Array(DayOfDeliveries, { description: 'The last 14 days with today, oldest first' }),
  week: Type.Object({
    delivered: compared('Messages of jobs that were sent, in the last seven days and the seven before'),
    successRate: compared('Recipients that were sent to, of all that were to be sent to, 0 to 1'),
    people: compared('Different people that were sent to; null while they are counted'),
    medianLagMs: compared('Median time from when a run was due to when it began'),
  }),
})
export type Overview = Static<typeof Overview>

/** How good or bad something is. */
export const HealthLevel = OneOf(['ok', 'warn', 'bad'])
export type HealthLevel = Static<typeof HealthLevel>
