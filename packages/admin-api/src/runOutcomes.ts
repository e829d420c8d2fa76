import type { Jobs } from '@kamihi/jobs'
import { overlapProblem } from './overlapProblem.ts'
import { ApiProblem } from './problem.ts'

type Outcome<Verb extends 'run' | 'retry' | 'cancel'> = Awaited<ReturnType<Jobs[Verb]>>

const jobsDisabled = () =>
  new ApiProblem('jobs_disabled', {
    detail: 'Set jobs.enabled to true (KAMIHI_JOBS__ENABLED=true) and start again.',
  })

/** The run that a request for a run made. @throws ApiProblem when there is none, with the reason */
export function runIdOf(outcome: Outcome<'run'>): string {
  switch (outcome.kind) {
    case 'enqueued':
    case 'existing':
      return outcome.run.id
    case 'key_reused':
      throw new ApiProblem('idempotency_mismatch', {
        detail: `The key was used for run ${outcome.run.id}, with other args, other people, or dry. Use a new key for a new run.`,
        current: outcome.run,
      })
    case 'overlap':
      throw overlapProblem(outcome.blocking, ['wait', 'replace'])
    case 'action_missing':
      throw new ApiProblem('action_missing')
    case 'jobs_disabled':
      throw jobsDisabled()
    case 'not_found':
      throw new ApiProblem('not_found', { detail: 'There is no such job.' })
  }
}

/** The run that sends again what did not succeed. @throws ApiProblem */
export function retryIdOf(outcome: Outcome<'retry'>): string {
  switch (outcome.kind) {
    case 'enqueued':
      return outcome.run.id
    case 'jobs_disabled':
      throw jobsDisabled()
    case 'overlap':
      throw overlapProblem(outcome.blocking, [])
    case 'nothing_to_retry':
      throw new ApiProblem('nothing_to_retry')
    case 'not_finished':
      throw new ApiProblem('run_not_finished', { detail: 'Wait for its end or cancel it first.' })
    case 'not_found':
      throw new ApiProblem('not_found', { detail: 'There is no such run.' })
  }
}

/** The run that was cancelled. @throws ApiProblem */
export function cancelledIdOf(outcome: Outcome<'cancel'>): string {
  switch (outcome.kind) {
    case 'cancelled':
      return outcome.run.id
    case 'finished':
      throw new ApiProblem('run_finished', {
        detail: `It ended as "${outcome.run.state}".`,
        current: outcome.run,
      })
    case 'not_found':
      throw new ApiProblem('not_found', { detail: 'There is no such run.' })
  }
}
