import { type Delivery, fieldIssue, type Issue, type Run } from '@kamihi/contracts'
import type { Jobs } from '@kamihi/jobs'
import { overlapProblem } from './overlapProblem.ts'
import { ApiProblem } from './problem.ts'
import { noSuch, refused, unknownReference } from './saved.ts'

type Verb = 'run' | 'retry' | 'retryDelivery' | 'cancelDelivery' | 'resolveDelivery' | 'cancel' | 'resume'
type Outcome<V extends Verb> = Awaited<ReturnType<Jobs[V]>>

const jobsDisabled = () => new ApiProblem('jobs_disabled', { issue: { kind: 'switch_jobs_on' } })

/** The run that a request for a run made. @throws ApiProblem when there is none, with the reason */
export function runIdOf(outcome: Outcome<'run'>): string {
  switch (outcome.kind) {
    case 'enqueued':
    case 'existing':
      return outcome.run.id
    case 'key_reused':
      throw new ApiProblem('idempotency_mismatch', {
        issue: { kind: 'key_used', runId: outcome.run.id },
        current: outcome.run,
      })
    case 'overlap':
      throw overlapProblem(outcome.blocking, ['wait', 'replace'])
    case 'slot_taken':
      throw closedSlot({ kind: 'slot_has_run', runId: outcome.run.id }, { current: outcome.run })
    case 'slot_ahead':
      throw closedSlot({ kind: 'slot_ahead' })
    case 'slot_not_scheduled':
      throw closedSlot({ kind: 'slot_of_none', nearest: outcome.nearest.map(iso) })
    case 'slot_unrecorded':
      throw closedSlot({ kind: 'slot_unrecorded' })
    case 'refused':
      throw refused(outcome)
    case 'unknown_reference':
      throw unknownReference(outcome)
    case 'action_missing':
      throw new ApiProblem('action_missing')
    case 'jobs_disabled':
      throw jobsDisabled()
    case 'not_found':
      throw noSuch('job')
  }
}

const iso = (ms: number): string => new Date(ms).toISOString()

const closedSlot = (issue: Issue, more: { current?: Run } = {}) =>
  new ApiProblem('slot_closed', { issue, errors: [fieldIssue('/scheduledFor', issue)], ...more })

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
      throw new ApiProblem('run_not_finished', { issue: { kind: 'end_first' } })
    case 'not_found':
      throw noSuch('run')
  }
}

/** The run that sends one delivery again. @throws ApiProblem */
export function deliveryRetryIdOf(outcome: Outcome<'retryDelivery'>): string {
  switch (outcome.kind) {
    case 'enqueued':
      return outcome.run.id
    case 'jobs_disabled':
      throw jobsDisabled()
    case 'overlap':
      throw overlapProblem(outcome.blocking, [])
    case 'under_way':
      throw new ApiProblem('not_retryable', { issue: { kind: 'delivery_under_way', runId: outcome.runId } })
    case 'arrived':
      throw new ApiProblem('not_retryable', { issue: { kind: 'delivery_arrived', runId: outcome.runId } })
    case 'not_finished':
      throw new ApiProblem('run_not_finished', { issue: { kind: 'others_first' } })
    case 'not_found':
      throw noSuch('delivery')
  }
}

/** The delivery that was left out. @throws ApiProblem */
export function leftOutOf(outcome: Outcome<'cancelDelivery'>): Delivery {
  switch (outcome.kind) {
    case 'cancelled':
      return outcome.delivery
    case 'not_waiting':
      throw new ApiProblem('delivery_not_waiting', {
        issue: { kind: 'delivery_waits_not', state: outcome.state },
      })
    case 'not_found':
      throw noSuch('delivery')
  }
}

/** The delivery in doubt of which somebody said that it arrived. @throws ApiProblem */
export function resolvedOf(outcome: Outcome<'resolveDelivery'>): Delivery {
  switch (outcome.kind) {
    case 'resolved':
      return outcome.delivery
    case 'not_uncertain':
      throw new ApiProblem('not_uncertain', { issue: { kind: 'delivery_ended_as', state: outcome.state } })
    case 'not_found':
      throw noSuch('delivery')
  }
}

/** The run that was cancelled. @throws ApiProblem */
export function cancelledIdOf(outcome: Outcome<'cancel'>): string {
  switch (outcome.kind) {
    case 'cancelled':
      return outcome.run.id
    case 'finished':
      throw new ApiProblem('run_finished', {
        issue: { kind: 'ended_as', state: outcome.run.state },
        current: outcome.run,
      })
    case 'not_found':
      throw noSuch('run')
  }
}

/** The run that goes on. @throws ApiProblem */
export function resumedIdOf(outcome: Outcome<'resume'>): string {
  switch (outcome.kind) {
    case 'resumed':
      return outcome.run.id
    case 'not_paused':
      throw new ApiProblem('run_not_paused', { issue: { kind: 'only_paused_resumes' } })
    case 'not_found':
      throw noSuch('run')
  }
}
