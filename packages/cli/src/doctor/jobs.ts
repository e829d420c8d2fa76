import type { Config } from '@kamihi/core'
import { nextRunAt, parseTimes } from '@kamihi/jobs'
import type { JobFact } from '@kamihi/store'
import { counted } from '../words.ts'
import { type Finding, ok, warning } from './finding.ts'

/** Jobs that are switched on and still will not fire, each with its reason. */
export function jobFindings(jobs: JobFact[], config: Config, now: number): Finding[] {
  const check = 'jobs'
  if (jobs.length > 0 && !config.jobs.enabled)
    return [
      warning(
        check,
        `${counted(jobs.length, 'job')} ${jobs.length === 1 ? 'is' : 'are'} switched on, and nothing runs them.`,
        'Set jobs.enabled to true, and start again.',
      ),
    ]
  const stuck = jobs.flatMap((job) => {
    const reason = reasonOf(job, config, now)
    return reason ? [warning(check, `${nameOf(job)} cannot fire: ${reason.why}`, reason.action)] : []
  })
  return stuck.length > 0 ? stuck : [ok(check, `${counted(jobs.length, 'job')} switched on.`)]
}

interface Reason {
  why: string
  action: string
}

function reasonOf(job: JobFact, config: Config, now: number): Reason | null {
  if (job.actionState !== 'loaded')
    return {
      why: `its action ${job.action} is ${job.actionState}.`,
      action: 'Bring the action back into the code, or switch the job off.',
    }
  const parsed = parseTimes({ config }, job)
  if (parsed.kind === 'refused')
    return {
      why: `"${job.cronExpression}" cannot be read: ${parsed.reason}`,
      action: 'Correct its schedule.',
    }
  // One that has come to its end is over, as it was meant to be.
  if (job.endsAt === null && nextRunAt(parsed.schedule, now) === null)
    return { why: `"${job.cronExpression}" names a time that never comes.`, action: 'Correct its schedule.' }
  if (job.perUser && job.recipients === 0)
    return { why: 'it runs for each user, and nobody is chosen.', action: 'Choose users or roles.' }
  return null
}

const nameOf = ({ name, id, action }: JobFact): string => (name ? `"${name}"` : `/${action} (${id})`)
