import type { OutgoingPart } from '@kamihi/contracts'
import { expect } from 'vitest'
import type { DeliveryStep } from '../../src/index.ts'
import {
  claimableDeliveries,
  claimableRuns,
  claimRun,
  close,
  end,
  failRun,
  isOpen,
  lend,
  type RefDelivery,
  type RefRun,
  returned,
  step,
} from './reference.ts'
import { arrive, leaseMs, type Model, type Real } from './system.ts'

/** What happens to a worker next: how its action ends, what Telegram answers, that it is told to stop, or that it has hands free for more. */
export const lucks = [
  'fine',
  'empty',
  'again',
  'doubtful',
  'lost',
  'wrong',
  'blocked',
  'withdrawn',
  'more',
] as const
export type Luck = (typeof lucks)[number]

interface Hand {
  delivery: RefDelivery
  phase: 'claimed' | 'acting' | 'ready' | 'answered'
  output: number | null
  nextPart: number
  dryRun: boolean
  answer: Luck
}

/** A process that works as `@kamihi/jobs` does, one verb of the store at a time, so that it can die between any two. */
export interface ModelWorker {
  name: string
  runs: {
    run: RefRun
    phase: 'claimed' | 'written' | 'acting'
    actionStarted: boolean
    outputStored: boolean
  }[]
  hands: Hand[]
}

export const newWorker = (name: string): ModelWorker => ({ name, runs: [], hands: [] })

const failure = { class: 'bad_request', message: 'no' }
const cutOff = { class: 'ambiguous', message: 'cut off' }
const textOf = (parts: number): OutgoingPart[] =>
  Array.from({ length: parts }, (_, index) => ({ kind: 'text', text: `part ${index}`, entities: [] }))

/** How many parts an action returns: mostly two, since much can happen between them. */
const partsOf = (luck: Luck): number => (luck === 'empty' ? 0 : luck === 'blocked' ? 1 : 2)

/** The next verb of a worker: a run first, then a delivery, and when it has neither it claims. */
export async function work(model: Model, real: Real, worker: ModelWorker, luck: Luck): Promise<void> {
  if (luck === 'more') return claim(model, real, worker)
  const run = worker.runs.shift()
  if (run) return prepare(model, real, worker, run, luck)
  const hand = worker.hands.shift()
  if (hand) return deliver(model, real, worker, hand, luck)
  await claim(model, real, worker)
}

async function claim(model: Model, { store }: Real, worker: ModelWorker): Promise<void> {
  const lease = { worker: worker.name, until: model.now + leaseMs }
  const ready = claimableRuns(model.runs, model.now).slice(0, 2)
  const runs = await store.runs.claim(lease, 2, model.now)
  expect(runs.map(({ run }) => run.id)).toEqual(ready.map((run) => run.id))
  runs.forEach(({ actionStarted, outputStored }, index) => {
    const run = ready[index] as RefRun
    claimRun(run, lease.worker, lease.until)
    expect({ actionStarted, outputStored }).toEqual({
      actionStarted: run.actionStarted,
      outputStored: run.output !== null,
    })
    // One that it still works on stays in the hand it is in.
    if (!worker.runs.some((held) => held.run === run))
      worker.runs.push({ run, phase: 'claimed', actionStarted, outputStored })
  })
  const free = claimableDeliveries(model.runs, model.now)
  for (const claimed of await store.deliveries.claim(lease, 3, model.now)) {
    const delivery = free.find(({ id }) => id === claimed.id)
    if (!delivery) throw new Error(`${claimed.id} was claimed and was not free`)
    lend(delivery, lease.worker, lease.until)
    const output = claimed.output?.length ?? null
    expect([output, claimed.nextPart]).toEqual([delivery.output, delivery.nextPart])
    const { nextPart } = claimed
    const { dryRun } = delivery.run
    if (!worker.hands.some((held) => held.delivery === delivery))
      worker.hands.push({ delivery, phase: 'claimed', output, nextPart, dryRun, answer: 'fine' })
  }
  expect(free.filter(({ holder }) => holder !== null).length).toBe(Math.min(3, free.length))
}

type RunHand = ModelWorker['runs'][number]

/** As `executeRun`: the audience, then the action where it runs once for all. */
async function prepare(
  model: Model,
  real: Real,
  worker: ModelWorker,
  hand: RunHand,
  luck: Luck,
): Promise<void> {
  const { store } = real
  const { run, phase } = hand
  const { name } = worker
  const mayBegin = run.state === 'running' && run.holder === name
  const mayEnd = mayBegin || (run.state === 'paused' && run.holder === name)
  if (phase === 'claimed') {
    const written = await store.runs.writeAudience(run.id, name, model.now)
    expect(written !== null).toBe(mayBegin)
    if (!written) return
    if (run.people === null) await expectAudience(model, real, run)
    if (!run.settings.perUser && !hand.outputStored && isOpen(run))
      worker.runs.unshift({ ...hand, phase: 'written' })
  } else if (phase === 'written' && hand.actionStarted && !run.idempotent) {
    expect((await store.runs.fail(run.id, name, failure, model.now)) !== null).toBe(mayEnd)
    if (mayEnd) failRun(run)
  } else if (phase === 'written') {
    expect(await store.runs.actionStarted(run.id, name, model.now)).toBe(mayBegin)
    if (!mayBegin) return
    run.actionStarted = true
    worker.runs.push({ ...hand, phase: 'acting' })
  } else if (luck === 'wrong') {
    expect((await store.runs.fail(run.id, name, failure, model.now)) !== null).toBe(mayEnd)
    if (mayEnd) failRun(run)
  } else {
    const parts = partsOf(luck)
    const stored = await store.runs.actionReturned(run.id, name, textOf(parts), model.now)
    expect(stored !== null).toBe(mayEnd)
    if (mayEnd) returned(run, parts)
  }
}

async function expectAudience(model: Model, { store }: Real, run: RefRun): Promise<void> {
  const chosen = run.settings.userIds.filter((id) => model.people.has(id) && (run.only?.includes(id) ?? true))
  const { items } = await store.deliveries.list(run.id, { limit: 200 })
  expect(items.map(({ userId }) => userId).sort()).toEqual(chosen.sort())
  run.people = items.map(({ id, userId: user }) => ({
    id,
    run,
    user,
    state: model.people.get(user)?.reachable ? 'pending' : 'unreachable',
    holder: null,
    until: 0,
    dueAt: 0,
    output: null,
    nextPart: 0,
    begun: new Set(),
    doubtful: new Set(),
    ambiguous: false,
    calls: 1,
  }))
  if (run.settings.perUser && run.people.length === 0) end(run, 'skipped')
  else if (run.settings.perUser) close(run)
}

/** A step without what every step has. */
type Step = DeliveryStep extends infer S ? (S extends DeliveryStep ? Omit<S, 'id' | 'worker'> : never) : never

/** As `deliver`: the action where it is due, then part after part, each announced before it is written. */
async function deliver(model: Model, real: Real, worker: ModelWorker, hand: Hand, luck: Luck): Promise<void> {
  const { delivery } = hand
  const record = async (...steps: Step[]): Promise<boolean> => {
    const whole = steps.map((taken) => ({ ...taken, id: delivery.id, worker: worker.name }) as DeliveryStep)
    const expected = whole.map((taken) => step(delivery, taken))
    const results = await real.store.deliveries.record(whole, model.now)
    expect(results.map(({ accepted }) => accepted)).toEqual(expected)
    return expected.every((accepted) => accepted)
  }
  const goOn = (changes: Partial<Hand>) => void worker.hands.push({ ...hand, ...changes })
  const retry = { kind: 'retry', at: model.now + 30_000, failure, countsAsAttempt: true } as const

  if (hand.phase === 'claimed' && hand.output !== null) return goOn({ phase: 'ready' })
  if (hand.phase === 'claimed') {
    if (!model.people.has(delivery.user)) return void (await record({ kind: 'failed', failure }))
    if (!(await record({ kind: 'acting' }))) return
    delivery.calls -= 1
    if (delivery.calls < 0) expect.fail(`${delivery.id}: the action is called once more than it may be`)
    return goOn({ phase: 'acting' })
  }
  if (hand.phase === 'acting') {
    if (luck === 'wrong') return void (await record({ kind: 'failed', failure }))
    if (luck === 'again') return void (await record({ ...retry, possiblyDuplicated: false }))
    const parts = partsOf(luck)
    if (await record({ kind: 'acted', output: textOf(parts) })) goOn({ phase: 'ready', output: parts })
    return
  }
  const { output, nextPart: part } = hand
  if (hand.phase === 'ready') {
    if (output === 0 || hand.dryRun) return void (await record({ kind: 'no_output' }))
    if (part >= (output ?? 0)) return void (await record({ kind: 'sent' }))
    if (luck === 'withdrawn') return void (await record({ kind: 'released' }))
    if (!(await record({ kind: 'sending', part }))) return
    // The message is written now; whether the worker lives to read the answer is another matter.
    if (['fine', 'empty', 'doubtful'].includes(luck)) arrive(real, delivery, part)
    return goOn({ phase: 'answered', answer: luck })
  }
  const atMostOnce = delivery.run.settings.delivery === 'at-most-once'
  switch (hand.answer) {
    case 'wrong':
      return void (await record({ kind: 'failed', failure }))
    case 'blocked':
      if (await record({ kind: 'unreachable', failure, reachability: 'blocked' })) {
        const person = model.people.get(delivery.user)
        if (person) person.reachable = false
      }
      return
    case 'again':
    case 'withdrawn':
      return void (await record({ ...retry, countsAsAttempt: false, possiblyDuplicated: false }))
    case 'doubtful':
    case 'lost':
      if (atMostOnce) return void (await record({ kind: 'uncertain', failure: cutOff }))
      // The last try of several: it is given up, and nobody knows.
      if (luck === 'wrong') return void (await record({ kind: 'failed', failure: cutOff }))
      return void (await record({ ...retry, failure: cutOff, possiblyDuplicated: true }))
    case 'fine':
    case 'empty': {
      const isLast = part === (output ?? 0) - 1
      const steps: Step[] = [{ kind: 'part_sent', part, messageId: 1 }]
      if (await record(...steps, ...(isLast ? [{ kind: 'sent' } as const] : [])))
        if (!isLast) goOn({ phase: 'ready', nextPart: part + 1 })
    }
  }
}
