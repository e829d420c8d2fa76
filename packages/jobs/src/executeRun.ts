import { type Failure, failureMessages, type OutgoingPart, type User } from '@kamihi/contracts'
import type { ActionOutcome, Kamihi } from '@kamihi/core'
import type { ClaimedRun, Faults } from '@kamihi/store'
import type { RunEvents } from './runEvents.ts'
import { actionSignal, jobContextOf } from './runFacts.ts'

export interface RunWork {
  kamihi: Kamihi
  worker: string
  events: RunEvents
  faults: Faults
  /** Aborted when the bot stops. */
  signal: AbortSignal
}

const interrupted: Failure = {
  class: 'interrupted',
  message: failureMessages.ended_acting,
}

/**
 * Prepares a claimed run: writes its audience, and where the action runs once for all, calls it and stores what it returned.
 * Deliveries are somebody else's work. `abandoned` is aborted when the run is not this worker's any more: cancelled, or its lease was lost.
 */
export async function executeRun(work: RunWork, claimed: ClaimedRun, abandoned: AbortSignal): Promise<void> {
  const { kamihi, worker, events, faults } = work
  const { facts } = claimed
  events.changed(claimed.run)
  faults.at('run.leased')
  const run = await kamihi.store.runs.writeAudience(facts.id, worker, kamihi.clock.now())
  if (!run) return
  faults.at('run.audience.stored')
  events.changed(run)
  const isPrepared = facts.perUser || claimed.outputStored || run.finishedAt !== null
  if (isPrepared) return
  if (claimed.actionStarted && !facts.idempotent) return fail(work, claimed, interrupted)
  const users = run.counts.total === 0 ? [] : await kamihi.store.runs.audience(facts.id)
  await actOnceForAll(work, claimed, users, abandoned)
}

async function actOnceForAll(
  work: RunWork,
  claimed: ClaimedRun,
  users: User[],
  abandoned: AbortSignal,
): Promise<void> {
  const { kamihi, worker, events, signal, faults } = work
  const { id } = claimed.facts
  const { clock, store } = kamihi
  if (!(await store.runs.actionStarted(id, worker, clock.now()))) return
  faults.at('run.action.started')
  const outcome = await callAction(work, claimed, users, abandoned)
  faults.at('run.action.returned')
  // Stopping is no fault of the action, and what was abandoned has been settled by whoever did that.
  if (outcome.kind === 'aborted' && (signal.aborted || abandoned.aborted)) return
  if (outcome.kind !== 'returned') return fail(work, claimed, failureOf(outcome))
  const stored = await store.runs.actionReturned(id, worker, outcome.output, clock.now())
  if (stored) events.changed(stored)
}

async function callAction(
  { kamihi, signal }: RunWork,
  { facts }: ClaimedRun,
  users: User[],
  abandoned: AbortSignal,
): Promise<ActionOutcome> {
  const ends = actionSignal(facts, kamihi.clock, [signal, abandoned])
  try {
    const { action, args } = facts
    const job = jobContextOf(facts)
    return await kamihi.runAction({ action, user: null, users, args, job, signal: ends.signal })
  } finally {
    ends.end()
  }
}

async function fail(
  { kamihi, worker, events }: RunWork,
  { facts }: ClaimedRun,
  failure: Failure,
): Promise<void> {
  const failed = await kamihi.store.runs.fail(facts.id, worker, failure, kamihi.clock.now())
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
      return { class: 'action_missing', message: failureMessages.action_missing }
  }
}
