import type { OutgoingPart } from '@kamihi/contracts'
import type { ClaimedDelivery } from '@kamihi/store'
import { act } from './act.ts'
import type { Audiences } from './audiences.ts'
import { type Fate, fateOf } from './decide/fate.ts'
import type { RunWork } from './executeRun.ts'
import { type Ledger, openLedger, type Step } from './ledger.ts'

export interface DeliveryWork extends RunWork {
  random: () => number
  audiences: Audiences
}

/** One recipient: runs the action for them where that is due, then sends what is not yet sent. */
export async function deliver(work: DeliveryWork, delivery: ClaimedDelivery): Promise<void> {
  const ledger = openLedger(work, delivery)
  const output = delivery.output ?? (await act(work, delivery, ledger))
  if (output === null) return
  if (output.length === 0 || delivery.run.dryRun) return void (await ledger.record({ kind: 'no_output' }))
  // All parts had arrived before the process that sent them ended.
  if (delivery.nextPart >= output.length) return void (await ledger.record({ kind: 'sent' }))
  for (let part = delivery.nextPart; part < output.length; part += 1) {
    if (!(await sendPart(work, delivery, ledger, output, part))) return
  }
}

/** Sends one part; false when the delivery ends or waits here. */
async function sendPart(
  work: DeliveryWork,
  delivery: ClaimedDelivery,
  ledger: Ledger,
  output: OutgoingPart[],
  part: number,
): Promise<boolean> {
  const { kamihi, signal, random, faults } = work
  // "Sending" is stored before anything is written: whoever finds it knows that the message may have arrived.
  const beforeWrite = async () => {
    const { accepted } = await ledger.record({ kind: 'sending', part })
    faults.at('delivery.sending.stored')
    return accepted
  }
  const message = output[part] as OutgoingPart
  const outcome = await kamihi.telegram.send(delivery.chatId, message, { lane: 'bulk', signal, beforeWrite })
  faults.at(`delivery.answer.${outcome.kind}`)
  const { attempts, run, lastClass } = delivery
  const fate = fateOf(outcome, attempts, run.settings.delivery, random(), lastClass)
  if (fate.kind !== 'next') {
    await ledger.record(stepOf(fate, kamihi.clock.now()))
    return false
  }
  const arrived: Step = { kind: 'part_sent', part, messageId: fate.messageId }
  const isLast = part === output.length - 1
  const { accepted } = await ledger.record(arrived, ...(isLast ? [{ kind: 'sent' } as const] : []))
  faults.at('delivery.part.stored')
  return accepted
}

function stepOf(fate: Exclude<Fate, { kind: 'next' }>, now: number): Step {
  switch (fate.kind) {
    case 'retry': {
      const { countsAsAttempt, possiblyDuplicated, message, chatId } = fate
      const failure = { class: fate.class, message }
      const moved = chatId === undefined ? {} : { chatId }
      return { kind: 'retry', at: now + fate.afterMs, failure, countsAsAttempt, possiblyDuplicated, ...moved }
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
