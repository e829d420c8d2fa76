import type { OutgoingPart } from '@kamihi/contracts'
import type { ClaimedDelivery, DeliveryStep, StepResult } from '@kamihi/store'
import type { Audiences } from './audiences.ts'
import { type Fate, fateOf } from './decide/fate.ts'
import { failureOf, type RunWork } from './executeRun.ts'
import { actionSignal, jobContextOf } from './runFacts.ts'

export interface DeliveryWork extends RunWork {
  random: () => number
  audiences: Audiences
}

/** A step without what every step of a delivery has. */
type Step = DeliveryStep extends infer S ? (S extends DeliveryStep ? Omit<S, 'id' | 'worker'> : never) : never

/** One recipient: runs the action for them where that is due, then sends what is not yet sent. */
export async function deliver(work: DeliveryWork, delivery: ClaimedDelivery): Promise<void> {
  const output = delivery.state === 'acted' ? delivery.output : await act(work, delivery)
  if (output === null) return
  if (output.length === 0 || delivery.dryRun)
    return void (await record(work, delivery, { kind: 'no_output' }))
  // All parts had arrived before the process that sent them ended.
  if (delivery.nextPart >= output.length) return void (await record(work, delivery, { kind: 'sent' }))
  for (let part = delivery.nextPart; part < output.length; part += 1) {
    if (!(await sendPart(work, delivery, output, part))) return
  }
}

/** What the action returned for this person, stored so that it never has to run again; null when there is nothing to go on with. */
async function act(work: DeliveryWork, delivery: ClaimedDelivery): Promise<OutgoingPart[] | null> {
  const { kamihi, signal } = work
  const { store } = kamihi
  const [run, user] = await Promise.all([store.runs.get(delivery.runId), store.users.get(delivery.userId)])
  if (!run) return null
  if (!user)
    return settle(work, delivery, {
      kind: 'failed',
      failure: { class: 'user_removed', message: 'This person is no user any more.' },
    })
  if (!(await record(work, delivery, { kind: 'acting' })).accepted) return null
  const users = await work.audiences(run.id)
  const request = {
    action: run.action,
    user,
    users,
    args: run.args,
    job: jobContextOf(run),
    signal: actionSignal(delivery.settings, signal),
  }
  const outcome = await kamihi.runAction(request)
  if (outcome.kind === 'returned') {
    const { accepted } = await record(work, delivery, { kind: 'acted', output: outcome.output })
    return accepted ? outcome.output : null
  }
  // Stopping is no fault of the action: it is found interrupted at the next start.
  if (outcome.kind === 'aborted' && signal.aborted) return null
  return settle(work, delivery, afterFailure(work, delivery, failureOf(outcome)))
}

function afterFailure(
  { kamihi, random }: DeliveryWork,
  { attempts, settings }: ClaimedDelivery,
  failure: ReturnType<typeof failureOf>,
): Step {
  if (attempts >= settings.retries) return { kind: 'failed', failure }
  const at = kamihi.clock.now() + Math.round(2000 * 2 ** attempts * (0.5 + random() / 2))
  return { kind: 'retry', at, failure, countsAsAttempt: true, possiblyDuplicated: false }
}

/** Sends one part; false when the delivery ends or waits here. */
async function sendPart(
  work: DeliveryWork,
  delivery: ClaimedDelivery,
  output: OutgoingPart[],
  part: number,
): Promise<boolean> {
  const { kamihi, signal, random } = work
  // "Sending" is stored before anything is written: whoever finds it knows that the message may have arrived.
  const beforeWrite = async () => (await record(work, delivery, { kind: 'sending', part })).accepted
  const outcome = await kamihi.telegram.send(delivery.chatId, output[part] as OutgoingPart, {
    lane: 'bulk',
    signal,
    beforeWrite,
  })
  const fate = fateOf(outcome, delivery.attempts, delivery.settings.delivery, random())
  if (fate.kind === 'next') {
    const arrived: Step = { kind: 'part_sent', part, messageId: fate.messageId }
    const isLast = part === output.length - 1
    return (await record(work, delivery, arrived, ...(isLast ? [{ kind: 'sent' } as const] : []))).accepted
  }
  const step = stepOf(fate, kamihi.clock.now())
  await settle(work, delivery, step)
  return false
}

function stepOf(fate: Exclude<Fate, { kind: 'next' }>, now: number): Step {
  switch (fate.kind) {
    case 'retry': {
      const { countsAsAttempt, possiblyDuplicated } = fate
      return {
        kind: 'retry',
        at: now + fate.afterMs,
        failure: { class: fate.class, message: fate.message },
        countsAsAttempt,
        possiblyDuplicated,
      }
    }
    case 'failed':
      return { kind: 'failed', failure: { class: fate.class, message: fate.message } }
    case 'unreachable':
      return {
        kind: 'unreachable',
        failure: { class: fate.reachability, message: fate.message },
        reachability: fate.reachability,
      }
    case 'uncertain':
      return { kind: 'uncertain', failure: { class: 'ambiguous', message: fate.message } }
    case 'withdrawn':
      return { kind: 'released' }
  }
}

async function settle(work: DeliveryWork, delivery: ClaimedDelivery, step: Step): Promise<null> {
  await record(work, delivery, step)
  return null
}

/** Stores steps together; gives what became of the last one. */
async function record(
  { kamihi, worker, events }: DeliveryWork,
  { id }: ClaimedDelivery,
  ...steps: Step[]
): Promise<StepResult> {
  const results = await kamihi.store.deliveries.record(
    steps.map((step) => ({ ...step, id, worker }) as DeliveryStep),
    kamihi.clock.now(),
  )
  const last = results.at(-1)
  if (last?.run) events.changed(last.run)
  return last ?? { accepted: false, run: null }
}
