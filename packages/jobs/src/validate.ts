import { fieldIssue, type JobSettings, type JobTimes, type Warning } from '@kamihi/contracts'
import { isTimezone, type Kamihi } from '@kamihi/core'
import type { Refusal } from './jobs.types.ts'
import { parseTimes } from './planner.ts'
import type { Schedule } from './schedule/parse.ts'
import { joinsDays } from './schedule/preview.ts'
import { nextRunAt } from './schedule/times.ts'

type Checked = { kind: 'valid'; schedule: Schedule; warnings: Warning[] } | Refusal
/** What a job is checked against: the settings, and the actions of the code. */
export type Bot = Pick<Kamihi, 'config' | 'actions'>

/** What of a job decides whether it can be saved. */
export type Checkable = JobTimes &
  Pick<JobSettings, 'perUser' | 'userIds' | 'roleIds' | 'args'> & { action: string | null }

/**
 * Refuses what could never fire, and args that do not fit where `strictArgs` (by default the setting) says so; what is allowed but probably
 * not meant becomes a warning.
 */
export function validateJob(bot: Bot, job: Checkable, strictArgs = bot.config.jobs.strictArgs): Checked {
  const schedule = checkSchedule(bot, job)
  if (schedule.kind === 'refused') return schedule
  const args = job.action === null ? [] : argIssues(bot, job.action, job.args)
  const refused = strictArgs ? refusedArgs(args) : null
  if (refused) return refused
  return { ...schedule, warnings: [...warningsOf(bot, job), ...args] }
}

/** What of args does not fit an action; nothing where the code does not have it. */
export const argIssues = ({ actions }: Pick<Bot, 'actions'>, action: string, args: JobSettings['args']) =>
  actions.checkArgs(action, args).map((issue) => ({ ...issue, path: `/args${issue.path}` }))

/** The refusal of args where `jobs.strict_args` is on; null when they fit. */
export const refusedArgs = (issues: ReturnType<typeof argIssues>): Refusal | null =>
  issues.length === 0
    ? null
    : {
        kind: 'refused',
        code: 'invalid_args',
        errors: issues.map(({ path, message, issue }) => ({ path, message, issue })),
      }

function checkSchedule(bot: Bot, job: Checkable): { kind: 'valid'; schedule: Schedule } | Refusal {
  const { cronExpression, timezone } = job
  if (timezone !== null && !isTimezone(timezone))
    return {
      kind: 'refused',
      code: 'invalid_timezone',
      errors: [fieldIssue('/timezone', { kind: 'timezone', given: timezone }, { given: timezone })],
    }
  const parsed = parseTimes(bot, job)
  if (parsed.kind === 'valid') return refusedPeriod(parsed.schedule, job) ?? parsed
  const { issue, suggestion = null } = parsed
  const allowed = suggestion === null ? {} : { allowed: suggestion }
  const cron = { kind: 'cron', issue, suggestion } as const
  return {
    kind: 'refused',
    code: 'invalid_cron',
    errors: [fieldIssue('/cronExpression', cron, { given: cronExpression, ...allowed })],
  }
}

/** The refusal of a start and an end between which nothing fires; null when something does. */
function refusedPeriod(schedule: Schedule, { startsAt, endsAt }: Checkable): Refusal | null {
  if (endsAt === null || nextRunAt(schedule, Number.NEGATIVE_INFINITY) !== null) return null
  const error =
    startsAt !== null && Date.parse(endsAt) < Date.parse(startsAt)
      ? fieldIssue('/startsAt', { kind: 'not_before', other: 'endsAt' }, { given: startsAt })
      : fieldIssue('/endsAt', { kind: 'no_run_between' }, { given: endsAt })
  return { kind: 'refused', code: 'invalid_period', errors: [error] }
}

function warningsOf({ config, actions }: Bot, job: Checkable): Warning[] {
  const warnings: Warning[] = []
  const warn = (code: string, path: string, message: string) => warnings.push({ code, path, message })
  if (!config.jobs.enabled)
    warn('jobs_disabled', '', 'Jobs are disabled: nothing runs until jobs.enabled is true.')
  if (job.action !== null && !actions.get(job.action))
    warn('action_missing', '/action', `The action ${job.action} is not in the code; the job waits for it.`)
  if (job.perUser && job.userIds.length + job.roleIds.length === 0)
    warn('no_recipients', '/perUser', 'It runs for each user, and nobody is chosen: it will not run at all.')
  if (joinsDays(job.cronExpression))
    warn(
      'day_or_weekday',
      '/cronExpression',
      'Day of month and weekday together mean either of them, not both.',
    )
  return warnings
}
