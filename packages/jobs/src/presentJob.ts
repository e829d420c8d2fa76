import type { Job, Language, Warning } from '@kamihi/contracts'
import type { JobRecord, JobRow, JobSkip, SchedulerPause } from '@kamihi/store'
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
    warnings,
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
  const { actionLoaded: _, pausedAt, pausedBy, pauseReason, ...fields } = row
  const facts = describeJob(bot, row, language)
  return {
    ...fields,
    ...facts,
    warnings: [...facts.warnings, ...(paused ? [schedulerPaused(paused)] : [])],
    nextRunAt: isoOrNull(paused ? null : nextRunOf(bot, row)),
    paused:
      pausedAt === null ? null : presentPause({ at: pausedAt, by: pausedBy ?? '', reason: pauseReason }),
    skips: row.skips.filter(isAhead(row)).map((skip) => ({ ...skip, scheduledFor: iso(skip.scheduledFor) })),
    createdAt: iso(row.createdAt),
    updatedAt: iso(row.updatedAt),
    archivedAt: isoOrNull(row.archivedAt),
    lastRuns: row.lastRuns.map((run) => ({
      ...run,
      scheduledFor: iso(run.scheduledFor),
      finishedAt: isoOrNull(run.finishedAt),
    })),
  }
}

function nextRunOf(bot: Bot, { skips, ...job }: JobRow): number | null {
  if (!bot.config.jobs.enabled || job.pausedAt !== null || job.nextRunAt === null) return null
  const skipped = new Set(skips.map(({ scheduledFor }) => scheduledFor))
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
