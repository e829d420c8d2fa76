import { type Static, Type } from '@sinclair/typebox'
import { Instant, Nullable, OneOf } from './common.ts'
import { DegradedReason, TelegramState } from './health.ts'
import { Pause } from './job.ts'
import { HealthLevel } from './overview.ts'
import { SchedulerState } from './scheduler.ts'

/** Why a row of the health is as it is. */
export const healthReasons = [
  'ok',
  'emulator',
  'telegram_conflict',
  'telegram_unauthorized',
  'telegram_unreachable',
  'updates_stale',
  'jobs_disabled',
  'scheduler_paused',
  'scheduler_standby',
  'scheduler_stopped',
  'scheduler_late',
  'sending_paused',
  'database_degraded',
  'disk_low',
  'backup_old',
  'journal_large',
  'event_loop_slow',
  'streams_full',
] as const
export const HealthReason = OneOf(healthReasons)
export type HealthReason = Static<typeof HealthReason>

/** What a row says beside its numbers: how bad it is, why, and what to do. */
const verdict = {
  level: HealthLevel,
  reason: HealthReason,
  message: Type.String({ description: 'What is the matter and what to do, in a sentence' }),
}
const row = <P extends Parameters<typeof Type.Object>[0]>(properties: P) =>
  Type.Object({ ...verdict, ...properties })

/** How the bot is, row by row. */
export const SystemHealth = Type.Object({
  at: Instant,
  level: HealthLevel,
  telegram: row({
    mode: OneOf(['polling', 'webhook']),
    state: TelegramState,
    detail: Nullable(Type.String()),
    botUsername: Nullable(Type.String()),
    since: Instant,
    lastUpdateAt: Nullable(
      Type.String({ format: 'date-time', description: 'When Telegram last gave an update' }),
    ),
    lastAnswerAt: Nullable(
      Type.String({ format: 'date-time', description: 'When it last answered the request for updates' }),
    ),
  }),
  emulator: row({ on: Type.Boolean({ description: 'Nothing reaches Telegram' }) }),
  scheduler: row({
    state: SchedulerState,
    paused: Nullable(Pause),
    lagMs: Type.Integer({ description: 'By how much the job that waits longest is late' }),
    nextDueAt: Nullable(Instant),
    lastTickAt: Nullable(Instant),
  }),
  sending: row({
    perSecond: Type.Number({ description: 'Messages sent a second, over the last ten' }),
    permittedPerSecond: Type.Number(),
    pausedUntil: Nullable(Type.String({ format: 'date-time', description: 'Bulk waits until then' })),
    waiting: Type.Integer({ description: 'Messages that wait for their turn in this process' }),
    queuedDeliveries: Type.Integer({ description: 'Recipients of open runs that are not done' }),
    openRuns: Type.Integer(),
  }),
  database: row({
    sizeBytes: Type.Integer(),
    journalBytes: Type.Integer(),
    freeBytes: Nullable(Type.Integer({ description: 'Free on its disk; null where that is not known' })),
    degraded: Nullable(Type.Object({ reason: DegradedReason, since: Instant })),
    lastBackupAt: Nullable(Instant),
  }),
  process: row({
    version: Type.String(),
    node: Type.String(),
    pid: Type.Integer(),
    startedAt: Instant,
    uptimeSeconds: Type.Integer(),
    memoryBytes: Type.Integer({ description: 'Resident' }),
    eventLoopLagMs: Type.Number({ description: '99th percentile since the last look' }),
  }),
  streams: row({
    open: Type.Integer({ description: 'Pages that listen to live events' }),
    limit: Type.Integer(),
  }),
})
export type SystemHealth = Static<typeof SystemHealth>
