import { statSync } from 'node:fs'
import type { OutgoingPart } from '@kamihi/contracts'
import type { ClaimedDelivery, ClaimedRun, DeliveryStep, Store } from '../../src/index.ts'

/** A message that arrived: of which delivery and part, and how much of the journal was on the disk before it was written to Telegram. */
export interface Arrived {
  delivery: string
  part: number
  journalBytes: number
}

export interface Sender {
  store: Store
  path: string
  worker: string
  /** Epoch milliseconds. */
  now: number
  arrived: Arrived[]
}

/** How it goes for a person. */
export type Luck = 'fine' | 'empty' | 'wrong' | 'blocked' | 'again' | 'killed'

const failure = { class: 'bad_request', message: 'no' }
const twoParts: OutgoingPart[] = [1, 2].map((n) => ({ kind: 'text', text: `part ${n}`, entities: [] }))

/** Does what `@kamihi/jobs` does for everything that is open, one commit after the other; `luckOf` says how each delivery ends. */
export async function broadcast(sender: Sender, luckOf: (index: number) => Luck): Promise<void> {
  const { store, worker, now } = sender
  const lease = { worker, until: now + 15_000 }
  await store.deliveries.rescueExpired(now)
  for (const claimed of await store.runs.claim(lease, 10, now)) await prepare(sender, claimed)
  // A run on trial gives a few at a time.
  for (let index = 0; ; ) {
    const claimed = await store.deliveries.claim(lease, 100, now)
    if (claimed.length === 0) return
    for (const delivery of claimed) {
      await deliver(sender, delivery, luckOf(index))
      index += 1
    }
  }
}

async function prepare({ store, worker, now }: Sender, claimed: ClaimedRun): Promise<void> {
  const { id, perUser } = claimed.facts
  await store.runs.writeAudience(id, worker, now)
  if (perUser || claimed.outputStored) return
  if (claimed.actionStarted) return void (await store.runs.fail(id, worker, failure, now))
  await store.runs.actionStarted(id, worker, now)
  await store.runs.actionReturned(id, worker, twoParts, now)
}

/** A step without what every step has. */
type Step = DeliveryStep extends infer S ? (S extends DeliveryStep ? Omit<S, 'id' | 'worker'> : never) : never

async function deliver(sender: Sender, { id, output, nextPart }: ClaimedDelivery, luck: Luck): Promise<void> {
  const record = (...steps: Step[]) =>
    sender.store.deliveries.record(
      steps.map((step) => ({ ...step, id, worker: sender.worker }) as DeliveryStep),
      sender.now,
    )
  if (output === null) {
    await record({ kind: 'acting' })
    if (luck === 'wrong') return void (await record({ kind: 'failed', failure }))
    await record({ kind: 'acted', output: luck === 'empty' ? [] : twoParts })
    if (luck === 'empty') return void (await record({ kind: 'no_output' }))
  }
  for (let part = nextPart; part < twoParts.length; part += 1) {
    await record({ kind: 'sending', part })
    if (luck === 'blocked')
      return void (await record({ kind: 'unreachable', failure, reachability: 'blocked' }))
    sender.arrived.push({ delivery: id, part, journalBytes: statSync(`${sender.path}-wal`).size })
    if (luck === 'killed') return
    if (luck === 'again')
      return void (await record({
        kind: 'retry',
        at: sender.now + 30_000,
        failure,
        countsAsAttempt: true,
        possiblyDuplicated: true,
      }))
    const isLast = part === twoParts.length - 1
    await record(
      { kind: 'part_sent', part, messageId: part + 1 },
      ...(isLast ? [{ kind: 'sent' } as const] : []),
    )
  }
}
