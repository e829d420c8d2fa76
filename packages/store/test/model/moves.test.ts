import type { JobSettings, OutgoingPart } from '@kamihi/contracts'
import { describe, expect, it } from 'vitest'
import { type DeliveryStep, openStore, type Store } from '../../src/index.ts'
import { busyDeliveryStates, waitingDeliveryStates } from '../../src/states.ts'
import { change, lease, now, withJob, withUsers } from '../fixtures.ts'
import { movesOf, movesSeen } from './moves.ts'
import { newTemplate } from './system.ts'

const minute = 60_000
/** Of the users of the fixtures. */
const telegramIds = [1001, 1002]
const hello: OutgoingPart[] = [{ kind: 'text', text: 'Hello', entities: [] }]
const failure = { class: 'bad_request', message: 'no' }
const retry = { kind: 'retry', at: now, failure, countsAsAttempt: true } as const
const again = { ...retry, possiblyDuplicated: false } as const

/** A step without what every step has. */
type Step = DeliveryStep extends infer S ? (S extends DeliveryStep ? Omit<S, 'id' | 'worker'> : never) : never

const steps: Step[] = [
  { kind: 'acting' },
  { kind: 'acted', output: hello },
  { kind: 'sending', part: 0 },
  { kind: 'part_sent', part: 0, messageId: 1 },
  { kind: 'sent' },
  { kind: 'no_output' },
  again,
  { ...retry, possiblyDuplicated: true },
  { kind: 'failed', failure },
  { kind: 'unreachable', failure, reachability: 'blocked' },
  { kind: 'uncertain', failure },
  { kind: 'expired' },
  { kind: 'cancelled' },
  { kind: 'released' },
]

type Open = (typeof waitingDeliveryStates)[number] | (typeof busyDeliveryStates)[number]
const ways: Record<Open, Step['kind'][]> = {
  pending: [],
  acting: ['acting'],
  acted: ['acting', 'acted'],
  sending: ['acting', 'acted', 'sending'],
  retrying: ['acting', 'acted', 'sending', 'retry'],
}

/** The store on a file that remembers every move, and how to bring runs and deliveries to where they can be tried. */
async function newTrial() {
  const path = await newTemplate()
  const store = await openStore({ url: `sqlite:///${path}`, synchronous: 'normal' })
  const people = await withUsers(store, telegramIds.length)
  const started = async (settings: Partial<JobSettings> = {}, count = 1) => {
    const users = { userIds: people.slice(0, count) }
    const job = await withJob(store, {
      perUser: true,
      overlap: 'allow',
      deadlineSeconds: 60,
      ...users,
      ...settings,
    })
    await store.runs.enqueueScheduled(tick(job.id, now))
    const [run] = await store.runs.claim(lease('w'), 1, now)
    const id = run?.run.id ?? ''
    await store.runs.writeAudience(id, 'w', now)
    return id
  }
  const taken = async (settings: Partial<JobSettings> = {}, count = 1) => {
    const runId = await started(settings, count)
    const claimed = await store.deliveries.claim(lease('w'), count, now)
    return { runId, ids: claimed.map(({ id }) => id) }
  }
  const record = async (id: string | undefined, ...given: Step[]) => {
    for (const step of given)
      await store.deliveries.record([{ ...step, id: id ?? '', worker: 'w' } as DeliveryStep], now)
  }
  /** A delivery in a state, in the hands of the worker. */
  const inState = async (state: Open, settings: Partial<JobSettings> = {}) => {
    const { runId, ids } = await taken(settings)
    const way = ways[state].map((kind) => steps.find((step) => step.kind === kind) as Step)
    await record(ids[0], ...way)
    if (state === 'retrying') await store.deliveries.claim(lease('w'), 1, now)
    return { runId, id: ids[0] ?? '' }
  }
  return { path, store, started, taken, record, inState }
}

type Trial = Awaited<ReturnType<typeof newTrial>>

const tick = (jobId: string, at: number) => ({
  jobId,
  expectedNextRunAt: at,
  nextRunAt: at + minute,
  occurrences: [{ kind: 'run' as const, scheduledFor: at }],
  now,
})

/** Ends what was begun, so that the next trial does not meet it. */
const clear = async (store: Store) => {
  await store.runs.expire(now + 60 * minute)
  await store.deliveries.rescueExpired(now + 60 * minute)
  for (const telegramId of telegramIds) await store.users.seen(telegramId, now)
}

describe('the table of deliveries', () => {
  it('holds every move that the store makes, and no other', async () => {
    const trial = await newTrial()
    const { store } = trial
    const states = [...waitingDeliveryStates, ...busyDeliveryStates]
    const atMostOnce = { delivery: 'at-most-once' } as const
    for (const state of states) {
      for (const step of steps) {
        const running = await trial.inState(state)
        await trial.record(running.id, step)
        // Only these ask about their run.
        if (step.kind !== 'retry' && step.kind !== 'released') continue
        // What waits to be taken up again would be claimed before what the next trial begins.
        await clear(store)
        const over = await trial.inState(state)
        await store.runs.cancel(over.runId, change)
        await trial.record(over.id, step)
        await clear(store)
        const expired = await trial.inState(state)
        await store.runs.expire(now + minute)
        await trial.record(expired.id, step)
        await clear(store)
      }
      await clear(store)
      for (const settings of [{}, { action: 'digest' }, atMostOnce]) {
        await trial.inState(state, settings)
        const over = await trial.inState(state, settings)
        await store.runs.cancel(over.runId, change)
        await store.deliveries.rescueExpired(now + minute)
        await clear(store)
      }
      const failed = await trial.inState(state)
      await store.runs.fail(failed.runId, 'w', failure, now)
      await clear(store)
    }
    for (const output of [hello, []]) {
      const runId = await trial.started({ perUser: false })
      await store.runs.actionReturned(runId, 'w', output, now)
      await store.deliveries.claim(lease('w'), 1, now)
      await clear(store)
    }
    await retryOfWhatReturned(trial)
    const doubtful = await trial.inState('sending')
    await trial.record(doubtful.id, { kind: 'uncertain', failure })
    await store.deliveries.resolve(doubtful.id, change)
    await store.close()
    expect(movesSeen(trial.path, 'deliveries').sort()).toEqual(movesOf('deliveries').sort())
  })
})

/** A retry begins with what the action returned; a person who blocked the bot is left out at once. */
async function retryOfWhatReturned({ store, inState, record, started }: Trial): Promise<void> {
  const { runId, id } = await inState('sending')
  await record(id, { kind: 'unreachable', failure, reachability: 'blocked' })
  await store.runs.enqueueRetry(runId, change)
  await started()
}

describe('the table of runs', () => {
  it('holds every move that the store makes, and no other', async () => {
    const trial = await newTrial()
    const { store, taken, record } = trial
    const failed = { kind: 'failed', failure } as const
    const nothing = { kind: 'no_output' } as const
    const ends: ((id: string, ids: string[]) => Promise<unknown>)[] = [
      (_, [one, two]) => record(one, nothing).then(() => record(two, nothing)),
      (_, [one, two]) => record(one, nothing).then(() => record(two, failed)),
      (_, [one, two]) => record(one, failed).then(() => record(two, failed)),
      (id, [one, two]) =>
        store.runs.cancel(id, change).then(() => record(one, again).then(() => record(two, nothing))),
      (id) => store.runs.fail(id, 'w', failure, now),
      () => store.runs.expire(now + minute),
      (id) => store.runs.resume(id, change),
    ]
    for (const end of ends)
      for (const isPaused of [false, true]) {
        const { runId, ids } = await taken({}, 2)
        for (const id of ids) await record(id, { kind: 'acting' })
        if (isPaused) await store.runs.pause(runId, { reason: null }, change)
        await end(runId, ids)
        await clear(store)
      }
    for (const others of [[], [nothing], [failed]]) await corrected(trial, others)
    await trial.started({ userIds: [] })
    await queuedOnes(store)
    await store.close()
    expect(movesSeen(trial.path, 'runs').sort()).toEqual(movesOf('runs').sort())
  })
})

/** A run that ended badly for a delivery in doubt, of which somebody says that it arrived. */
async function corrected({ store, taken, record }: Trial, others: Step[]): Promise<void> {
  const { ids } = await taken({}, 1 + others.length)
  for (const [at, id] of ids.entries()) {
    await record(id, { kind: 'acting' })
    if (at > 0) await record(id, others[at - 1] as Step)
  }
  await record(ids[0], { kind: 'acted', output: hello }, { kind: 'sending', part: 0 })
  await record(ids[0], { kind: 'uncertain', failure })
  await store.deliveries.resolve(ids[0] ?? '', change)
}

/** Runs that never get to run. */
async function queuedOnes(store: Store): Promise<void> {
  for (const overlap of ['queue', 'skip', 'replace'] as const) {
    const job = await withJob(store, { overlap })
    for (const minutes of [0, 1, 2]) await store.runs.enqueueScheduled(tick(job.id, now + minutes * minute))
    const instants = [3, 4].map((minutes) => now + minutes * minute)
    const occurrences = instants.map((scheduledFor) => ({ kind: 'run' as const, scheduledFor }))
    await store.runs.enqueueScheduled({ ...tick(job.id, now + 3 * minute), occurrences })
  }
  await store.runs.expire(now + 10 * 60 * minute)
}
