import type { Job } from '@kamihi/contracts'
import type { JobRecord, JobRow } from '@kamihi/store'
import type { JobFacts } from './jobs.types.ts'
import { describeSchedule } from './schedule/preview.ts'
import { type Bot, validateJob } from './validate.ts'

/** What follows from a job's settings and from the actions that are loaded. */
export function describeJob(bot: Bot, job: JobRecord): JobFacts {
  const checked = validateJob(bot, job)
  const warnings =
    checked.kind === 'valid'
      ? checked.warnings
      : checked.errors.map(({ path, message }) => ({ code: checked.code, path, message }))
  return {
    description: describeSchedule(job.cronExpression),
    effectiveTimezone: job.timezone ?? bot.config.timezone,
    warnings,
  }
}

/** A job as the API and the command line show it; while jobs are off none has a next run. */
export function presentJob(bot: Bot, row: JobRow): Job {
  const { actionLoaded: _, ...fields } = row
  return {
    ...fields,
    ...describeJob(bot, row),
    nextRunAt: bot.config.jobs.enabled ? isoOrNull(row.nextRunAt) : null,
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

const iso = (ms: number): string => new Date(ms).toISOString()
const isoOrNull = (ms: number | null): string | null => (ms === null ? null : iso(ms))
