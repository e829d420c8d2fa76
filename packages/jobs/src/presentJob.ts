import type { Job, Language, Warning } from '@kamihi/contracts'
import type { JobRecord, JobRow, JobSkip, SchedulerPause } from '@kamihi/store'
import { endWarnings } from './decide/ended.ts'
import type { JobFacts } from './jobs.types.ts'
import { scheduleOf } from './planner.ts'
import { describeSchedule } from './schedule/preview.ts'
import { presentPause } from './schedulerStatus.ts'
import { nextNotSkipped } from './skip.ts'
import { type Bot, validateJob } from './validate.ts'

/** What follows from a job's settings and from the actions that are loaded. */
export function describeJob(bot: Bot, job: JobRecord, language: Language = 'en'): JobFacts {
  const checked = validateJob(bot, job)
  const warnings =
    checked.kind === 'valid'
      ? checked.warnings
      : checked.errors.map(({ path, message }) => ({ code: checked.code, path, message }))
  return {
    description: describeSchedule(job.cronExpression, language),
    effectiveTimezone: job.timezone ?? bot.config.timezone,
    warnings: [
      ...warnings,
      ...endWarnings({ enabled: job.enabled, endsAt: job.endsAt, hasNext: job.nextRunAt !== null }),
    ],
  }
}

/**
 * A job as the API and the command line show it. Its next run is the next that will really take place: none while jobs are off, while
 * it or the scheduler (`paused`) is paused, and not one that is to be left out.
 */
export function presentJob(
  bot: Bot,
  row: JobRow,
  paused: SchedulerPause | null = null,
  language: Language = 'en',
): Job {
  const { warnings, description, effectiveTimezone } = describeJob(bot, row, language)
  // Written out: a list is made of these, and to copy what is there by spreading it takes several times as long.
  return {
    id: row.id,
    name: row.name,
    notes: row.notes,
    action: row.action,
    actionState: row.actionState,
    enabled: row.enabled,
    userIds: row.userIds,
    roleIds: row.roleIds,
    perUser: row.perUser,
    cronExpression: row.cronExpression,
    timezone: row.timezone,
    startsAt: row.startsAt,
    endsAt: row.endsAt,
    args: row.args,
    overlap: row.overlap,
    catchUp: row.catchUp,
    catchUpWindowSeconds: row.catchUpWindowSeconds,
    retries: row.retries,
    timeoutSeconds: row.timeoutSeconds,
    deadlineSeconds: row.deadlineSeconds,
    delivery: row.delivery,
    effectiveTimezone,
    description,
    warnings: paused ? [...warnings, schedulerPaused(paused)] : warnings,
    nextRunAt: isoOrNull(paused ? null : nextRunOf(bot, row)),
    paused: pauseOf(row),
    skips: row.skips.filter(isAhead(row)).map((skip) => ({ ...skip, scheduledFor: iso(skip.scheduledFor) })),
    stats: row.stats,
    recipientCount: row.recipientCount,
    unreachableCount: row.unreachableCount,
    version: row.version,
    createdAt: iso(row.createdAt),
    updatedAt: iso(row.updatedAt),
    archivedAt: isoOrNull(row.archivedAt),
    lastRuns: row.lastRuns.map((run) => ({
      id: run.id,
      state: run.state,
      reason: run.reason,
      scheduledFor: iso(run.scheduledFor),
      finishedAt: isoOrNull(run.finishedAt),
    })),
  }
}

const pauseOf = ({ pausedAt, pausedBy, pauseReason }: JobRow): Job['paused'] =>
  pausedAt === null ? null : presentPause({ at: pausedAt, by: pausedBy ?? '', reason: pauseReason })

function nextRunOf(bot: Bot, job: JobRow): number | null {
  if (!bot.config.jobs.enabled || job.pausedAt !== null || job.nextRunAt === null) return null
  const skipped = new Set(job.skips.map(({ scheduledFor }) => scheduledFor))
  const schedule = skipped.has(job.nextRunAt) ? scheduleOf(bot, job) : null
  return schedule ? nextNotSkipped(schedule, job.nextRunAt, skipped) : job.nextRunAt
}

/** What is behind the cursor has passed. */
const isAhead =
  ({ nextRunAt }: JobRow) =>
  ({ scheduledFor }: JobSkip): boolean =>
    nextRunAt !== null && scheduledFor >= nextRunAt

const schedulerPaused = ({ by, reason }: SchedulerPause): Warning => ({
  code: 'scheduler_paused',
  path: '',
  message: `The scheduler is paused by ${by}${reason ? `: ${reason}` : ''}. No job runs by itself until it is resumed.`,
})

const iso = (ms: number): string => new Date(ms).toISOString()
const isoOrNull = (ms: number | null): string | null => (ms === null ? null : iso(ms))
