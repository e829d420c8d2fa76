import { expect, it, onTestFinished } from 'vitest'
import type { Store } from '../../src/index.ts'
import { change, lease, newFile, now, withActions, withJob } from '../fixtures.ts'

const minute = 60_000
const all = { url: 'https://a.example/hook', events: ['run.finished', 'run.failed'] as const }
const failures = { url: 'https://b.example/hook', events: ['run.failed'] as const }

async function openStore(): Promise<Store> {
  const store = await newFile().open()
  onTestFinished(() => store.close())
  await withActions(store, 'report')
  return store
}

/** A stretch that was missed, and one that was skipped, which tells nobody anything. */
async function missed(store: Store): Promise<void> {
  const job = await withJob(store)
  await store.runs.enqueueScheduled({
    jobId: job.id,
    expectedNextRunAt: now,
    nextRunAt: now + 3 * minute,
    occurrences: [
      { kind: 'skipped', scheduledFor: now, reason: 'action_missing' },
      { kind: 'missed', from: now + minute, to: now + minute, count: 1 },
    ],
    now: now + 2 * minute,
  })
}
const enqueue = (store: Store, since = now) =>
  store.webhooks.enqueueFinished({ since, targets: [all, failures], now: now + 3 * minute })

it('writes a request for each target of a run that ended, and none twice', async () => {
  const store = await openStore()
  await missed(store)
  expect([await enqueue(store), await enqueue(store)]).toEqual([2, 0])
  expect(await enqueue(store, now + 5 * minute)).toBe(0)
  const { items, total } = await store.webhooks.list({})
  expect(total).toBe(2)
  expect(new Set(items.map(({ url, event, state }) => `${url} ${event} ${state}`))).toEqual(
    new Set([`${all.url} run.failed pending`, `${failures.url} run.failed pending`]),
  )
})

it('tells of a run that was cancelled only who asked for every end', async () => {
  const store = await openStore()
  const job = await withJob(store)
  const asked = { jobId: job.id, idempotencyKey: 'k', args: null, onlyUserIds: null, dryRun: false }
  const outcome = await store.runs.enqueueManual(asked, change)
  if (outcome.kind !== 'enqueued') throw new Error(outcome.kind)
  await store.runs.cancel(outcome.run.id, change)
  expect(await enqueue(store)).toBe(1)
  expect((await store.webhooks.list({})).items).toMatchObject([{ url: all.url, event: 'run.finished' }])
})

it('gives a request to one worker, and to another when the lease of the first has ended', async () => {
  const store = await openStore()
  await missed(store)
  await enqueue(store)
  const at = now + 3 * minute
  const first = await store.webhooks.claim(lease('w1', at + minute), 10, at)
  expect(first).toHaveLength(2)
  expect(await store.webhooks.claim(lease('w2', at + minute), 10, at)).toEqual([])
  const later = at + minute
  expect(await store.webhooks.claim(lease('w2', later + minute), 10, later)).toHaveLength(2)
  const late = { id: first[0]?.id ?? '', worker: 'w1', status: 200, kind: 'delivered' as const }
  expect(await store.webhooks.settle(late, later)).toBe(false)
})

it('waits until a request that failed is due again, and records the one that is given up', async () => {
  const store = await openStore()
  await missed(store)
  await store.webhooks.enqueueFinished({ since: now, targets: [failures], now })
  const [claimed] = await store.webhooks.claim(lease('w1', now + minute), 10, now)
  const held = { id: claimed?.id ?? '', worker: 'w1' }
  await store.webhooks.settle(
    { ...held, kind: 'retry', status: 500, error: 'HTTP 500', at: now + minute },
    now,
  )
  expect(await store.webhooks.claim(lease('w1', now + 2 * minute), 10, now + minute - 1)).toEqual([])
  const [again] = await store.webhooks.claim(lease('w1', now + 2 * minute), 10, now + minute)
  expect(again?.attempts).toBe(1)
  await store.webhooks.settle({ ...held, kind: 'given_up', status: null, error: 'nobody' }, now + minute)
  expect((await store.webhooks.list({ state: 'failed' })).items).toMatchObject([
    { attempts: 2, lastStatus: null, lastError: 'nobody', nextAttemptAt: null },
  ])
  expect((await store.audit.list({ verb: 'webhook.given_up' })).items).toMatchObject([
    { object: { kind: 'webhook', label: failures.url } },
  ])
  expect(await store.webhooks.claim(lease('w1', now + 9 * minute), 10, now + 8 * minute)).toEqual([])
})

it('gives what it holds in pages, newest first, and forgets what ended long ago', async () => {
  const store = await openStore()
  await missed(store)
  await enqueue(store)
  const first = await store.webhooks.list({ limit: 1 })
  const second = await store.webhooks.list({ limit: 1, cursor: first.nextCursor ?? '' })
  expect(new Set([...first.items, ...second.items].map(({ id }) => id)).size).toBe(2)
  expect(second.nextCursor).toBeNull()
  const at = now + 3 * minute
  for (const { id } of await store.webhooks.claim(lease('w1', at + minute), 1, at))
    await store.webhooks.settle({ id, worker: 'w1', status: 204, kind: 'delivered' }, at)
  expect([await store.webhooks.prune(at, 10), await store.webhooks.prune(at + 1, 10)]).toEqual([0, 1])
  expect((await store.webhooks.list({})).total).toBe(1)
})
