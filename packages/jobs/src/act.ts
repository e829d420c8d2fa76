import { failureMessages, type OutgoingPart } from '@kamihi/contracts'
import type { ActionOutcome } from '@kamihi/core'
import type { ClaimedDelivery } from '@kamihi/store'
import { backoff } from './decide/fate.ts'
import type { DeliveryWork } from './deliver.ts'
import { failureOf } from './executeRun.ts'
import type { Ledger, Step } from './ledger.ts'
import { actionSignal, jobContextOf } from './runFacts.ts'

/** Runs the action for one person and keeps what it returned, so that it never has to run again; null when there is nothing to go on with. */
export async function act(
  work: DeliveryWork,
  delivery: ClaimedDelivery,
  ledger: Ledger,
): Promise<OutgoingPart[] | null> {
  const { signal, faults } = work
  if (!delivery.user) {
    const message = failureMessages.user_removed
    await ledger.record({ kind: 'failed', failure: { class: 'user_removed', message } })
    return null
  }
  if (!(await ledger.record({ kind: 'acting' })).accepted) return null
  faults.at('delivery.acting.stored')
  const outcome = await callAction(work, delivery)
  faults.at('delivery.action.returned')
  if (outcome.kind === 'returned') return keep(work, delivery, ledger, outcome.output)
  // Stopping is no fault of the action: it is found interrupted at the next start.
  if (outcome.kind === 'aborted' && signal.aborted) return null
  await ledger.record(afterFailure(work, delivery, outcome))
  return null
}

async function callAction(work: DeliveryWork, { run, user }: ClaimedDelivery): Promise<ActionOutcome> {
  const { kamihi, signal } = work
  const users = await work.audiences(run.id)
  const ends = actionSignal(run, kamihi.clock, [signal])
  try {
    const { action, args } = run
    const job = jobContextOf(run)
    return await kamihi.runAction({ action, user, users, args, job, signal: ends.signal })
  } finally {
    ends.end()
  }
}

/** Stored at once, unless the first message can go right now: then one commit holds both. */
async function keep(
  { kamihi, faults }: DeliveryWork,
  { chatId, run }: ClaimedDelivery,
  ledger: Ledger,
  output: OutgoingPart[],
): Promise<OutgoingPart[] | null> {
  const acted: Step = { kind: 'acted', output }
  if (output.length === 0 || run.dryRun || kamihi.telegram.hasRoom(chatId, 'bulk')) {
    ledger.hold(acted)
    return output
  }
  const { accepted } = await ledger.record(acted)
  faults.at('delivery.acted.stored')
  return accepted ? output : null
}

function afterFailure(
  { kamihi, random }: DeliveryWork,
  { attempts, run }: ClaimedDelivery,
  outcome: Exclude<ActionOutcome, { kind: 'returned' }>,
): Step {
  const now = kamihi.clock.now()
  if (outcome.kind === 'aborted' && now >= run.deadlineAt) return { kind: 'expired' }
  const failure = failureOf(outcome)
  if (attempts >= run.settings.retries) return { kind: 'failed', failure }
  const at = now + backoff(attempts, random())
  return { kind: 'retry', at, failure, countsAsAttempt: true, possiblyDuplicated: false }
}
