import type { Failure, OutgoingPart } from '@kamihi/contracts'
import type { ActionOutcome, Kamihi } from '@kamihi/core'
import type { ClaimedRun } from '@kamihi/store'
import type { RunEvents } from './runEvents.ts'
import { actionSignal, jobContextOf } from './runFacts.ts'

export interface RunWork {
  kamihi: Kamihi
  worker: string
  events: RunEvents
  /** Aborted when the bot stops. */
  signal: AbortSignal
}

const interrupted: Failure = {
  class: 'interrupted',
  message: 'The process ended while the action ran; it is not known how far it came.',
}

/**
 * Prepares a claimed run: writes its audience, and where the action runs once for all, calls it and stores what it returned.
 * Deliveries are somebody else's work.
 */
export async function executeRun(work: RunWork, claimed: ClaimedRun): Promise<void> {
  const { kamihi, worker, events } = work
  const { run } = claimed
  events.changed(run)
  const audience = await kamihi.store.runs.writeAudience(run.id, worker, kamihi.clock.now())
  if (!audience) return
  events.changed(audience.run)
  if (run.perUser || claimed.outputStored || run.retryOf !== null || audience.run.finishedAt !== null) return
  if (claimed.actionStarted && !claimed.idempotent) return fail(work, claimed, interrupted)
  await actOnceForAll(work, claimed, audience.users)
}

async function actOnceForAll(
  work: RunWork,
  claimed: ClaimedRun,
  users: Awaited<ReturnType<Kamihi['store']['runs']['audience']>>,
): Promise<void> {
  const { kamihi, worker, events, signal } = work
  const { run, settings } = claimed
  const { clock, store } = kamihi
  if (!(await store.runs.actionStarted(run.id, worker, clock.now()))) return
  const outcome = await kamihi.runAction({
    action: run.action,
    user: null,
    users,
    args: run.args,
    job: jobContextOf(run),
    signal: actionSignal(settings, signal),
  })
  if (outcome.kind !== 'returned') return fail(work, claimed, failureOf(outcome))
  const stored = await store.runs.actionReturned(run.id, worker, outcome.output, clock.now())
  if (stored) events.changed(stored)
}

async function fail(
  { kamihi, worker, events }: RunWork,
  { run }: ClaimedRun,
  failure: Failure,
): Promise<void> {
  const failed = await kamihi.store.runs.fail(run.id, worker, failure, kamihi.clock.now())
  if (failed) events.changed(failed)
}

/** Why an action has no output. */
export function failureOf(
  outcome: Exclude<ActionOutcome, { kind: 'returned'; output: OutgoingPart[] }>,
): Failure {
  switch (outcome.kind) {
    case 'threw':
      return { class: 'action_error', message: outcome.message }
    case 'aborted':
      return { class: 'timeout', message: `The action was stopped: ${outcome.message}` }
    case 'missing':
      return { class: 'action_missing', message: 'The action is not in the code.' }
  }
}
