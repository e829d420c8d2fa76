import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { jobDefaults } from '@kamihi/contracts'
import { defineAction, type Kamihi, silentLogger } from '@kamihi/core'
import { openStore, type Store, StoreError } from '@kamihi/store'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createRetention } from '../src/retention.ts'
import { change, createJob, startTestBot } from './bot.ts'
import { manualClock } from './manualClock.ts'

const second = 1000
const minute = 60 * second
const day = 24 * 60 * minute
const limits = { retentionRuns: 2, retentionDays: 30 }

/** Retention over a database of its own with five runs of a job, by a clock in the hands of the test. */
async function startRetention(isLeader: () => boolean = () => true) {
  const clock = manualClock(Date.UTC(2026, 10, 24))
  const sleep = (ms: number, signal?: AbortSignal) =>
    new Promise<void>((resolve) => {
      if (signal?.aborted) return resolve()
      const done = () => {
        signal?.removeEventListener('abort', done)
        resolve()
      }
      clock.setTimer(ms, done)
      signal?.addEventListener('abort', done)
    })
  const store = await openStore({
    url: `sqlite:///${join(mkdtempSync(join(tmpdir(), 'kamihi-retention-')), 'k.db')}`,
  })
  await withRuns(store, clock.now(), 5)
  const kamihi = {
    config: { jobs: limits },
    store,
    clock: { ...clock, sleep },
    logger: silentLogger(),
  } as unknown as Kamihi
  const retention = createRetention({ kamihi, isLeader, random: () => 0.5 })
  retention.start()
  onTestFinished(async () => {
    await retention.stop()
    await store.close()
  })
  const steps = watchSteps(store)
  /** Lets time go by in small steps, and everything happen that it sets off. */
  const pass = async (ms: number) => {
    for (let left = ms; left > 0; left -= 10 * second) {
      clock.pass(Math.min(left, 10 * second))
      for (let n = 0; n < 40; n += 1) {
        await new Promise((resolve) => setImmediate(resolve))
        if ((clock.nextTimer() ?? minute) <= 25) clock.pass(25)
      }
    }
  }
  const runs = async () => (await store.runs.list({})).total
  return { clock, store, retention, pass, runs, steps }
}

/** Occurrences that were skipped for want of the action: they end as they are written. */
async function withRuns(store: Store, now: number, count: number): Promise<void> {
  const action = { name: 'report', commands: ['report'], description: null, argsSchema: null }
  await store.actions.sync([{ ...action, idempotent: false, error: null }], now)
  const settings = {
    ...jobDefaults,
    action: 'report',
    cronExpression: '* * * * *',
    userIds: [],
    roleIds: [],
    args: {},
  }
  const saved = await store.jobs.create(settings, now, change)
  if (saved.kind !== 'saved') throw new Error(saved.kind)
  await store.runs.enqueueScheduled({
    jobId: saved.value.id,
    expectedNextRunAt: now,
    nextRunAt: now + count * minute,
    occurrences: Array.from({ length: count }, (_, n) => ({
      kind: 'skipped' as const,
      scheduledFor: now + n * second,
      reason: 'action_missing' as const,
    })),
    now,
  })
}

/** Counts sweeps and their steps from now on. */
function watchSteps(store: Store) {
  const { prune } = store.runs
  const seen = { sweeps: 0, all: 0 }
  store.runs.prune = (input) => {
    seen.all += 1
    if (input.from === null) seen.sweeps += 1
    return prune(input)
  }
  return seen
}

describe('history', () => {
  it('that is past its time is gone a minute after the start, and is looked at each hour from then on', async () => {
    const { runs, pass, steps } = await startRetention()
    await pass(50 * second)
    expect([await runs(), steps.sweeps]).toEqual([5, 0])
    await pass(20 * second)
    expect([await runs(), steps.sweeps]).toEqual([2, 1])
    await pass(50 * minute)
    expect(steps.sweeps).toBe(1)
    await pass(12 * minute)
    expect(steps.sweeps).toBe(2)
  })

  it('is left alone by a process that stands by, until it is its turn', async () => {
    let isLeader = false
    const { runs, pass } = await startRetention(() => isLeader)
    await pass(5 * minute)
    expect(await runs()).toBe(5)
    isLeader = true
    await pass(70 * second)
    expect(await runs()).toBe(2)
  })

  it('that cannot be removed now is left to the next hour', async () => {
    const { store, runs, pass } = await startRetention()
    const { prune } = store.runs
    let refused = 0
    store.runs.prune = async () => {
      refused += 1
      throw new StoreError('full', 'The disk is full.')
    }
    await pass(30 * minute)
    expect(refused).toBe(1)
    store.runs.prune = prune
    await pass(32 * minute)
    expect([refused, await runs()]).toEqual([1, 2])
  })

  it('is removed no further when the bot stops, or when it has become the turn of another process', async () => {
    let isLeader = true
    const { clock, store, retention, pass } = await startRetention(() => isLeader)
    let steps = 0
    store.runs.prune = async () => {
      steps += 1
      if (steps === 3) isLeader = false
      return { rows: 1, next: { jobId: 'a', scheduledFor: 0, runId: '' } }
    }
    await pass(90 * second)
    expect(steps).toBe(3)
    isLeader = true
    await pass(50 * second)
    const stopped = retention.stop()
    const atStop = steps
    clock.pass(day)
    await stopped
    expect(atStop).toBeGreaterThan(3)
    expect(steps - atStop).toBeLessThanOrEqual(1)
  })

  it('of Telegram’s updates is kept for a week', async () => {
    const { clock, store, pass } = await startRetention()
    const now = clock.now()
    const updates = [1, 2].map((updateId) => ({ updateId, payload: {} }))
    await store.updates.receive(updates.slice(0, 1), now - 8 * day)
    await store.updates.receive(updates, now - 6 * day)
    for (const { updateId } of updates) await store.updates.handled(updateId, now)
    await pass(90 * second)
    expect(await store.updates.receive(updates, now)).toEqual(updates.slice(0, 1))
  })

  it('is tidied in a running bot', async () => {
    const report = defineAction({ name: 'report', run: () => 'hi' })
    const bot = await startTestBot([report], { people: 1, overrides: { jobs: { enabled: true, ...limits } } })
    const job = await createJob(bot, { action: 'report', cronExpression: '0 0 1 1 *' })
    const ids: string[] = []
    for (let n = 0; n < 4; n += 1) {
      const asked = { idempotencyKey: `${n}`, args: null, onlyUserIds: null, dryRun: false }
      const outcome = await bot.jobs.run(job.id, asked, { ...change, now: change.now + n })
      if (outcome.kind === 'enqueued') ids.push((await bot.ended(outcome.run.id)).id)
    }
    const kept = async () => {
      // Small enough for the lease of the scheduler to be renewed meanwhile.
      bot.clock.advance(4 * second)
      return (await bot.store.runs.list({})).items.map(({ id }) => id).sort()
    }
    await expect.poll(kept, { timeout: 40_000 }).toEqual(ids.slice(2).sort())
  })
})
