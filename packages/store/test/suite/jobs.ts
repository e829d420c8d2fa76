import type { OutgoingPart } from '@kamihi/contracts'
import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import type { ClaimedDelivery, DeliveryStep, Store } from '../../src/index.ts'
import { change, lease, now, startedRun, withActions, withJob, withUsers } from '../fixtures.ts'

const minute = 60_000
const hello: OutgoingPart[] = [{ kind: 'text', text: 'Hello', entities: [] }]
const failure = { class: 'bad_request', message: 'no' }

/** What any store does for jobs, runs and deliveries. `open` gives the same database each time within a test. */
export function jobsSuite(newDatabase: () => () => Promise<Store>): void {
  let store: Store
  let open: () => Promise<Store>
  beforeEach(async () => {
    open = newDatabase()
    store = await open()
    await withActions(store, 'report')
    return () => store.close()
  })

  const occurrence = (jobId: string, at = now) => ({
    jobId,
    expectedNextRunAt: at,
    nextRunAt: at + minute,
    occurrences: [{ kind: 'run' as const, scheduledFor: at }],
    now: at,
  })

  describe('enqueue', () => {
    it('fires an occurrence once when two processes tick at the same time', async () => {
      const other = await open()
      const job = await withJob(store)
      const ticks = await Promise.all(
        [store, other].map((each) => each.runs.enqueueScheduled(occurrence(job.id))),
      )
      await other.close()
      expect(ticks.map((tick) => tick.kind).sort()).toEqual(['enqueued', 'lost'])
      expect((await store.runs.list({ jobId: job.id })).total).toBe(1)
    })

    it('does not fire an instant again after the cursor was put back', async () => {
      const job = await withJob(store, { overlap: 'allow' })
      await store.runs.enqueueScheduled(occurrence(job.id))
      await store.jobs.reschedule(job.id, job.version, now)
      expect(await store.runs.enqueueScheduled(occurrence(job.id))).toMatchObject({
        kind: 'enqueued',
        runs: [],
      })
    })

    it('skips an occurrence while the run before is open, and names that run', async () => {
      const job = await withJob(store)
      await store.runs.enqueueScheduled(occurrence(job.id))
      const second = await store.runs.enqueueScheduled(occurrence(job.id, now + minute))
      expect(second).toMatchObject({ runs: [{ state: 'skipped', reason: 'overlap' }] })
    })

    it('keeps one row for all that was missed', async () => {
      const job = await withJob(store)
      const missed = { kind: 'missed' as const, from: now, to: now + 4 * minute, count: 5 }
      const tick = await store.runs.enqueueScheduled({ ...occurrence(job.id), occurrences: [missed] })
      expect(tick).toMatchObject({ runs: [{ state: 'skipped', reason: 'missed', missed: { count: 5 } }] })
    })

    it('gives the same run for the same idempotency key', async () => {
      const job = await withJob(store)
      const ask = () =>
        store.runs.enqueueManual(
          { jobId: job.id, idempotencyKey: 'k', args: null, onlyUserIds: null, dryRun: false },
          change,
        )
      const [first, second] = [await ask(), await ask()]
      expect([first.kind, second.kind]).toEqual(['enqueued', 'existing'])
      expect('run' in first && 'run' in second && first.run.id === second.run.id).toBe(true)
    })

    it('runs an occurrence whose key somebody gave to a run of their own', async () => {
      const job = await withJob(store, { overlap: 'allow' })
      const idempotencyKey = `${job.id}@${new Date(now).toISOString()}`
      const asked = { jobId: job.id, idempotencyKey, args: null, onlyUserIds: null, dryRun: true }
      const first = await store.runs.enqueueManual(asked, change)
      const tick = await store.runs.enqueueScheduled(occurrence(job.id))
      expect(tick).toMatchObject({ kind: 'enqueued', runs: [{ trigger: 'schedule', state: 'queued' }] })
      const again = await store.runs.enqueueManual(asked, change)
      expect([first.kind, again.kind]).toEqual(['enqueued', 'existing'])
    })

    it('lets a run with more levels of args than SQLite reads keep no other from being taken', async () => {
      const deep = JSON.parse(`{"a":${'['.repeat(1200)}${']'.repeat(1200)}}`)
      for (const args of [deep, {}]) {
        const job = await withJob(store, { args })
        await store.runs.enqueueScheduled(occurrence(job.id))
      }
      expect(await store.runs.claim(lease('w1'), 10, now)).toHaveLength(2)
    })

    it('tells which run blocks a manual one', async () => {
      const job = await withJob(store)
      await store.runs.enqueueScheduled(occurrence(job.id))
      const asked = await store.runs.enqueueManual(
        { jobId: job.id, idempotencyKey: 'k', args: null, onlyUserIds: null, dryRun: false },
        change,
      )
      expect(asked.kind).toBe('overlap')
    })
  })

  describe('audience', () => {
    it('is users and members of roles without duplicates', async () => {
      const [a, b, c] = (await withUsers(store, 3)) as [string, string, string]
      const role = await store.roles.create({ name: 'Team', userIds: [b, c] }, change)
      const roleIds = role.kind === 'saved' ? [role.value.id] : []
      const run = await startedRun(store, { perUser: true, userIds: [a, b], roleIds })
      expect(run.counts).toMatchObject({ total: 3, pending: 3 })
      expect(await store.jobs.recipients({ userIds: [a, b], roleIds })).toMatchObject({
        total: 3,
        direct: 2,
        byRole: 2,
      })
    })

    it('of nobody skips a per-user run', async () => {
      expect(await startedRun(store, { perUser: true })).toMatchObject({
        state: 'skipped',
        reason: 'no_recipients',
      })
    })
  })

  describe('deliveries', () => {
    const claim = async (worker = 'w1') => store.deliveries.claim(lease(worker), 100, now)
    const record = (...steps: DeliveryStep[]) => store.deliveries.record(steps, now)

    const sendAll = async (delivery: ClaimedDelivery, worker = 'w1') => {
      const id = delivery.id
      return record(
        { kind: 'acting', id, worker },
        { kind: 'acted', id, worker, output: hello },
        { kind: 'sending', id, worker, part: 0 },
        { kind: 'part_sent', id, worker, part: 0, messageId: 11 },
        { kind: 'sent', id, worker },
      )
    }

    it('close the run with the last one', async () => {
      const run = await startedRun(store, { perUser: true, userIds: await withUsers(store, 2) })
      const [first, second] = (await claim()) as [ClaimedDelivery, ClaimedDelivery]
      await sendAll(first)
      expect((await store.runs.get(run.id))?.state).toBe('running')
      const results = await record({ kind: 'failed', id: second.id, worker: 'w1', failure })
      expect(results[0]?.run).toMatchObject({
        state: 'partial',
        counts: { total: 2, sent: 1, failed: 1, pending: 0, inProgress: 0 },
      })
      const { items } = await store.deliveries.list(run.id, {})
      expect(items[0]?.parts).toMatchObject([{ messageId: 11, possiblyDuplicated: false }])
    })

    it('refuse a step of a worker that lost its lease', async () => {
      await startedRun(store, { perUser: true, userIds: await withUsers(store, 1) })
      const [delivery] = (await claim()) as [ClaimedDelivery]
      await store.deliveries.rescueExpired(now + 20_000)
      expect((await record({ kind: 'acting', id: delivery.id, worker: 'w1' }))[0]?.accepted).toBe(false)
    })

    it("claimed and not begun are nobody's again when their run is paused", async () => {
      const run = await startedRun(store, { perUser: true, userIds: await withUsers(store, 2) })
      const [first, second] = (await claim()) as [ClaimedDelivery, ClaimedDelivery]
      await record({ kind: 'acting', id: first.id, worker: 'w1' })
      await store.runs.pause(run.id, { reason: null }, change)
      const results = await record(
        { kind: 'acted', id: first.id, worker: 'w1', output: hello },
        { kind: 'acting', id: second.id, worker: 'w1' },
      )
      expect(results.map(({ accepted }) => accepted)).toEqual([true, false])
      expect(await claim('w2')).toEqual([])
    })

    it('are claimed from the oldest run first, each once', async () => {
      const userIds = await withUsers(store, 3)
      const runs = [
        await startedRun(store, { perUser: true, userIds }),
        await startedRun(store, { perUser: true, userIds }),
      ]
      const claimed = [
        ...(await store.deliveries.claim(lease('w1'), 4, now)),
        ...(await store.deliveries.claim(lease('w2'), 4, now)),
      ]
      expect(claimed.map(({ run }) => runs.findIndex(({ id }) => id === run.id))).toEqual([0, 0, 0, 1, 1, 1])
      expect(new Set(claimed.map(({ id }) => id)).size).toBe(6)
    })

    it('go on after their worker died, flagged when the message was in the air', async () => {
      const run = await startedRun(store, { perUser: true, userIds: await withUsers(store, 3) })
      const [a, b] = (await claim()) as [ClaimedDelivery, ClaimedDelivery]
      await record(
        { kind: 'acting', id: a.id, worker: 'w1' },
        { kind: 'acted', id: a.id, worker: 'w1', output: hello },
        { kind: 'sending', id: a.id, worker: 'w1', part: 0 },
        { kind: 'acting', id: b.id, worker: 'w1' },
      )
      await store.deliveries.rescueExpired(now + 20_000)
      const { items } = await store.deliveries.list(run.id, {})
      expect(items.map((item) => [item.state, item.possiblyDuplicated])).toEqual([
        ['acted', true],
        ['failed', false],
        ['pending', false],
      ])
      expect(items[1]?.error?.class).toBe('interrupted')
    })

    it('go on within a minute when their worker died before the clock was set back, and stay with one that lives', async () => {
      const run = await startedRun(store, { perUser: true, userIds: await withUsers(store, 2) })
      const past = now - 3_600_000
      await claim()
      await store.deliveries.rescueExpired(past)
      expect(await store.deliveries.claim(lease('w2', past + 30_000), 10, past + 10_000)).toEqual([])
      const [kept] = (await store.deliveries.list(run.id, {})).items
      await store.deliveries.renew([kept?.id ?? ''], lease('w1', past + 70_000))
      await store.deliveries.rescueExpired(past + 60_001)
      const taken = await store.deliveries.claim(lease('w2', past + 80_000), 10, past + 60_001)
      expect(taken).toHaveLength(1)
      expect(taken[0]?.id).not.toBe(kept?.id)
    })

    it('end as sent, not once more, when the last part had arrived before the worker died', async () => {
      await startedRun(store, { perUser: true, userIds: await withUsers(store, 1) })
      const [a] = (await claim()) as [ClaimedDelivery]
      await record(
        { kind: 'acting', id: a.id, worker: 'w1' },
        { kind: 'acted', id: a.id, worker: 'w1', output: hello },
        { kind: 'sending', id: a.id, worker: 'w1', part: 0 },
        { kind: 'part_sent', id: a.id, worker: 'w1', part: 0, messageId: 11 },
      )
      await store.deliveries.rescueExpired(now + 20_000)
      const [again] = await store.deliveries.claim(lease('w2', now + 40_000), 10, now + 20_000)
      expect(again?.nextPart).toBe(1)
      const [result] = await record({ kind: 'sent', id: a.id, worker: 'w2' })
      expect(result).toMatchObject({ accepted: true, run: { state: 'completed' } })
      expect(await store.deliveries.get(a.id)).toMatchObject({ state: 'sent', possiblyDuplicated: false })
    })

    it('of an at-most-once job are left to a human when the message was in the air', async () => {
      const run = await startedRun(store, {
        perUser: true,
        delivery: 'at-most-once',
        userIds: await withUsers(store, 1),
      })
      const [a] = (await claim()) as [ClaimedDelivery]
      await record(
        { kind: 'acting', id: a.id, worker: 'w1' },
        { kind: 'acted', id: a.id, worker: 'w1', output: hello },
        { kind: 'sending', id: a.id, worker: 'w1', part: 0 },
      )
      await store.deliveries.rescueExpired(now + 20_000)
      expect(await store.runs.get(run.id)).toMatchObject({ state: 'failed', counts: { uncertain: 1 } })
    })

    it('flag a person who blocked the bot, until they write again', async () => {
      await startedRun(store, { perUser: true, userIds: await withUsers(store, 1) })
      const [a] = (await claim()) as [ClaimedDelivery]
      await record(
        { kind: 'acting', id: a.id, worker: 'w1' },
        { kind: 'acted', id: a.id, worker: 'w1', output: hello },
        { kind: 'unreachable', id: a.id, worker: 'w1', failure, reachability: 'blocked' },
      )
      expect((await store.users.get(a.userId))?.reachability).toBe('blocked')
      await store.users.seen(a.chatId, now)
      expect((await store.users.get(a.userId))?.reachability).toBe('ok')
    })

    it('wait for the output of an action that runs once for all', async () => {
      const run = await startedRun(store, { userIds: await withUsers(store, 2) })
      expect(await claim()).toEqual([])
      await store.runs.actionStarted(run.id, 'w1', now)
      await store.runs.actionReturned(run.id, 'w1', hello, now)
      expect((await claim()).map((delivery) => delivery.output)).toEqual([hello, hello])
    })

    it('complete a run for all that returns nothing', async () => {
      const run = await startedRun(store, { userIds: await withUsers(store, 2) })
      expect(await store.runs.actionReturned(run.id, 'w1', [], now)).toMatchObject({
        state: 'completed',
        counts: { noOutput: 2 },
      })
    })

    it('are cancelled when they have not begun', async () => {
      const run = await startedRun(store, { perUser: true, userIds: await withUsers(store, 3) })
      const [a] = (await store.deliveries.claim(lease('w1'), 1, now)) as [ClaimedDelivery]
      await record({ kind: 'acting', id: a.id, worker: 'w1' })
      expect(await store.runs.cancel(run.id, change)).toMatchObject({
        run: { state: 'running', counts: { cancelled: 2, inProgress: 1 } },
      })
      const [done] = await record({ kind: 'no_output', id: a.id, worker: 'w1' })
      expect(done?.run?.state).toBe('cancelled')
    })

    it('of a cancelled run stay with who has them: it cannot be paused any more', async () => {
      const run = await startedRun(store, { perUser: true, userIds: await withUsers(store, 1) })
      const [a] = await store.deliveries.claim(lease('w1'), 1, now)
      const id = a?.id ?? ''
      await store.deliveries.record([{ kind: 'acting', id, worker: 'w1' }], now)
      await store.runs.cancel(run.id, change)
      await store.deliveries.record([{ kind: 'acted', id, worker: 'w1', output: hello }], now)
      expect((await store.runs.pause(run.id, { reason: null }, change)).kind).toBe('not_running')
      const [sending] = await store.deliveries.record([{ kind: 'sending', id, worker: 'w1', part: 0 }], now)
      expect(sending?.accepted).toBe(true)
    })

    it('that did not succeed are sent again by a retry, without the action', async () => {
      const run = await startedRun(store, { perUser: true, userIds: await withUsers(store, 2) })
      const [a, b] = (await claim()) as [ClaimedDelivery, ClaimedDelivery]
      await sendAll(a)
      await record(
        { kind: 'acting', id: b.id, worker: 'w1' },
        { kind: 'acted', id: b.id, worker: 'w1', output: hello },
        { kind: 'failed', id: b.id, worker: 'w1', failure },
      )
      const retried = await store.runs.enqueueRetry(run.id, change)
      expect(retried).toMatchObject({
        kind: 'enqueued',
        run: { trigger: 'retry', retryOf: run.id, counts: { total: 1 } },
      })
      await store.runs.claim(lease('w2'), 1, now)
      expect(await claim('w2')).toMatchObject([{ userId: b.userId, state: 'acted', output: hello }])
    })

    it('that another retry had not begun are taken over by the retry that takes its place', async () => {
      const users = await withUsers(store, 2)
      const run = await startedRun(store, { perUser: true, overlap: 'replace', userIds: users })
      const fail = async ({ id }: ClaimedDelivery, worker: string) =>
        record({ kind: 'acting', id, worker }, { kind: 'failed', id, worker, failure })
      for (const delivery of await claim()) await fail(delivery, 'w1')
      await store.runs.enqueueRetry(run.id, change)
      await store.runs.claim(lease('w2'), 1, now)
      const [first] = (await claim('w2')) as [ClaimedDelivery, ClaimedDelivery]
      await fail(first, 'w2')
      const again = await store.runs.enqueueRetry(run.id, change)
      expect(again).toMatchObject({
        kind: 'enqueued',
        run: { counts: { total: 2 } },
        replaced: [{ retryOf: run.id }],
      })
      const entries = (await store.audit.list({})).items.filter(({ verb }) => verb === 'run.retried')
      expect(entries.map(({ changes }) => changes.deliveries?.after)).toEqual([2, 2])
    })

    it('keep counts that add up, whatever happens in whatever order', async () => {
      const users = await withUsers(store, 4)
      const kinds = [
        'acting',
        'acted',
        'sending',
        'part_sent',
        'sent',
        'no_output',
        'failed',
        'uncertain',
        'expired',
        'cancelled',
        'released',
      ] as const
      let at = now
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.tuple(fc.constantFrom(...kinds), fc.nat(3)), { maxLength: 30 }),
          async (moves) => {
            at += minute
            const job = await withJob(store, { perUser: true, userIds: users }, at)
            await store.runs.enqueueScheduled(occurrence(job.id, at))
            const [claimed] = await store.runs.claim(lease('w', at + 15_000), 1, at)
            const id = claimed?.run.id ?? ''
            await store.runs.writeAudience(id, 'w', at)
            const held = await store.deliveries.claim(lease('w', at + 15_000), 10, at)
            for (const [kind, index] of moves) {
              const step = {
                kind,
                id: held[index]?.id ?? '',
                worker: 'w',
                output: hello,
                part: 0,
                messageId: 1,
                failure,
              } as DeliveryStep
              await store.deliveries.record([step], at)
            }
            const run = await store.runs.get(id)
            const { total, ...parts } = run?.counts ?? { total: -1 }
            expect(Object.values(parts).reduce((sum, n) => sum + n, 0)).toBe(total)
            expect(Math.min(...Object.values(parts))).toBeGreaterThanOrEqual(0)
            await store.runs.cancel(id, change)
          },
        ),
        { numRuns: 25 },
      )
    })
  })
}
