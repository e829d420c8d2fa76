import type { DeliveryQuery, OutgoingPart } from '@kamihi/contracts'
import { beforeEach, describe, expect, it } from 'vitest'
import type { RunLogLine, Store } from '../../src/index.ts'
import { change, lease, now, startedRun, withActions, withJob, withUsers } from '../fixtures.ts'

const minute = 60_000
const hello: OutgoingPart[] = [{ kind: 'text', text: 'Hello', entities: [] }]

/** What any store does for the history of runs. `open` gives the same database each time within a test. */
export function historySuite(newDatabase: () => () => Promise<Store>): void {
  let store: Store
  beforeEach(async () => {
    store = await newDatabase()()
    await withActions(store, 'report')
    return () => store.close()
  })

  const line = (runId: string, message: string, more: Partial<RunLogLine> = {}): RunLogLine => ({
    runId,
    userId: null,
    at: now,
    level: 'info',
    message,
    fields: null,
    ...more,
  })

  /** A per-user run of which some recipients failed, each with the message given; the others were sent. */
  const endedRun = async (
    people: number,
    failures: string[],
    sentAt: (index: number) => number = () => now,
  ) => {
    const run = await startedRun(store, { perUser: true, userIds: await withUsers(store, people) })
    for (let index = 0; index < people; ) {
      for (const { id } of await store.deliveries.claim(lease('w1'), 100, now)) {
        const held = { id, worker: 'w1' }
        const message = failures[index]
        const end =
          message === undefined
            ? [
                { kind: 'acted' as const, output: [], ...held },
                { kind: 'sent' as const, ...held },
              ]
            : [{ kind: 'failed' as const, failure: { class: 'bad_request', message }, ...held }]
        await store.deliveries.record([{ kind: 'acting', ...held }, ...end], sentAt(index))
        index += 1
      }
    }
    return run
  }

  describe('the log of a run', () => {
    it('keeps its lines in their order, each with its recipient', async () => {
      const userIds = await withUsers(store, 2)
      const run = await startedRun(store, { perUser: true, userIds })
      const [first] = (await store.deliveries.list(run.id, {})).items
      await Promise.all([
        store.runs.addLogs([line(run.id, 'for all')]),
        store.runs.addLogs([
          line(run.id, 'for one', {
            userId: first?.userId ?? '',
            fields: { city: 'Paris' },
            level: 'success',
          }),
        ]),
      ])
      expect(await store.runs.listLogs(run.id, {})).toMatchObject({
        items: [
          {
            deliveryId: null,
            recipient: null,
            message: 'for all',
            level: 'info',
            fields: null,
            at: '2026-11-24T08:00:00.000Z',
          },
          {
            deliveryId: first?.id,
            recipient: { userId: first?.userId, name: first?.userName, telegramId: first?.telegramId },
            message: 'for one',
            level: 'success',
            fields: { city: 'Paris' },
          },
        ],
        nextCursor: null,
        total: 2,
      })
    })

    it('gives a level and those above it, and one recipient by itself', async () => {
      const run = await startedRun(store, { perUser: true, userIds: await withUsers(store, 1) })
      const [delivery] = (await store.deliveries.list(run.id, {})).items
      await store.runs.addLogs([
        line(run.id, 'a', { level: 'debug' }),
        line(run.id, 'b', { level: 'warning' }),
        line(run.id, 'c', { level: 'critical', userId: delivery?.userId ?? '' }),
      ])
      const texts = async (query: object) =>
        (await store.runs.listLogs(run.id, query)).items.map(({ message }) => message)
      expect(await texts({ level: 'warning' })).toEqual(['b', 'c'])
      expect(await texts({ deliveryId: delivery?.id })).toEqual(['c'])
      expect(await texts({ deliveryId: delivery?.id, level: 'trace' })).toEqual(['c'])
    })

    it.each(['asc', 'desc'] as const)('is read page by page, %s', async (order) => {
      const run = await startedRun(store, { perUser: true, userIds: await withUsers(store, 1) })
      await store.runs.addLogs([1, 2, 3, 4, 5].map((n) => line(run.id, `${n}`)))
      const read: string[] = []
      let cursor: string | null = null
      do {
        const page: Awaited<ReturnType<Store['runs']['listLogs']>> = await store.runs.listLogs(run.id, {
          limit: 2,
          order,
          ...(cursor ? { cursor } : {}),
        })
        expect(page.total).toBe(5)
        read.push(...page.items.map(({ message }) => message))
        cursor = page.nextCursor
      } while (cursor)
      expect(read).toEqual(order === 'asc' ? ['1', '2', '3', '4', '5'] : ['5', '4', '3', '2', '1'])
    })

    it('drops lines of a run that is gone, and keeps the others', async () => {
      const run = await startedRun(store, { perUser: true, userIds: await withUsers(store, 1) })
      await store.runs.addLogs([line('gone', 'x'), line(run.id, 'y')])
      expect((await store.runs.listLogs(run.id, {})).items).toMatchObject([{ message: 'y' }])
      expect((await store.runs.listLogs('gone', {})).total).toBe(0)
    })
  })

  describe('the reasons of a run', () => {
    it('are counted by class and message, the commonest first', async () => {
      const run = await endedRun(6, ['too long', 'no photo', 'too long', 'too long'])
      expect(await store.runs.reasons(run.id)).toEqual({
        items: [
          { state: 'failed', class: 'bad_request', message: 'too long', count: 3 },
          { state: 'failed', class: 'bad_request', message: 'no photo', count: 1 },
        ],
        others: 0,
      })
    })

    const found = async (runId: string, query: DeliveryQuery) =>
      (await store.deliveries.list(runId, query)).total

    it('lead to those who share their class', async () => {
      const run = await endedRun(3, ['too long'])
      expect(await found(run.id, { class: 'bad_request' })).toBe(1)
      expect(await found(run.id, { state: ['failed'], class: 'timeout' })).toBe(0)
    })

    it('are those of their state where nothing was said, and lead there too', async () => {
      const run = await startedRun(store, { perUser: true, userIds: await withUsers(store, 2) })
      await store.runs.cancel(run.id, change)
      expect((await store.runs.reasons(run.id)).items).toMatchObject([{ class: 'cancelled', count: 2 }])
      expect(await found(run.id, { class: 'cancelled' })).toBe(2)
    })

    it('are twenty at most, and the rest is counted', async () => {
      const run = await endedRun(
        25,
        [...Array(25).keys()].map((n) => `no ${n}`),
      )
      const { items, others } = await store.runs.reasons(run.id)
      expect([items.length, others]).toEqual([20, 5])
    })
  })

  describe('the trace of a run', () => {
    it('tells when the first and the last recipient had their message', async () => {
      const run = await endedRun(4, ['no'], (index) => now + index * minute)
      expect(await store.runs.trace(run.id)).toMatchObject({
        run: { id: run.id, state: 'partial' },
        audienceWrittenAt: now,
        actionStartedAt: null,
        actionReturnedAt: null,
        firstSentAt: now + minute,
        lastSentAt: now + 3 * minute,
        interventions: [],
      })
    })

    it('tells when the action was called that ran once for all, and when it returned if nothing was sent', async () => {
      const traced = async (output: OutgoingPart[], people: number) => {
        const run = await startedRun(store, { userIds: people > 0 ? await withUsers(store, people) : [] })
        await store.runs.actionStarted(run.id, 'w1', now + 1000)
        await store.runs.actionReturned(run.id, 'w1', output, now + 4000)
        return store.runs.trace(run.id)
      }
      const known = { actionStartedAt: now + 1000, actionReturnedAt: now + 4000, firstSentAt: null }
      expect(await traced([], 1)).toMatchObject(known)
      expect(await traced(hello, 0)).toMatchObject(known)
    })

    it('tells who paused, resumed and cancelled it, and why', async () => {
      const run = await startedRun(store, { perUser: true, userIds: await withUsers(store, 1) })
      const at = (seconds: number) => ({ ...change, now: now + seconds * 1000 })
      await store.runs.pause(run.id, { reason: 'wrong text' }, at(1))
      await store.runs.resume(run.id, at(2))
      await store.runs.cancel(run.id, at(3))
      expect((await store.runs.trace(run.id))?.interventions).toEqual([
        { kind: 'paused', at: now + 1000, by: 'test', reason: 'wrong text' },
        { kind: 'resumed', at: now + 2000, by: 'test', reason: null },
        { kind: 'cancelled', at: now + 3000, by: 'test', reason: null },
      ])
    })

    it('of a run that is not there is null', async () => {
      expect(await store.runs.trace('nothing')).toBeNull()
    })
  })

  describe('a notice', () => {
    const teamOfOne = async () => {
      const saved = await store.users.create({ telegramId: 77 }, change)
      const userIds = saved.kind === 'saved' ? [saved.value.id] : []
      const role = await store.roles.create({ name: 'Team', userIds }, change)
      return role.kind === 'saved' ? role.value.id : ''
    }
    const due = async () => (await store.runs.listNotices(10)).map(({ state, reason }) => reason ?? state)

    it('is due of a run that failed, in part or whole, until it was told', async () => {
      await endedRun(2, ['no'])
      const [run] = await store.runs.listNotices(10)
      expect(run).toMatchObject({ state: 'partial', counts: { failed: 1, sent: 1 } })
      await store.runs.noticesTold(run ? [run] : [])
      expect(await due()).toEqual([])
    })

    it('is due of runs that were missed, not of those that completed or were cancelled', async () => {
      await endedRun(1, [])
      const cancelled = await startedRun(store, { perUser: true, roleIds: [await teamOfOne()] })
      await store.runs.cancel(cancelled.id, change)
      expect((await store.runs.get(cancelled.id))?.state).toBe('cancelled')
      const job = await withJob(store)
      const occurrences = [{ kind: 'missed' as const, from: now, to: now + minute, count: 2 }]
      await store.runs.enqueueScheduled({
        jobId: job.id,
        expectedNextRunAt: now,
        nextRunAt: now + 2 * minute,
        occurrences,
        now: now + minute,
      })
      expect(await due()).toEqual(['missed'])
    })

    it('is due again when a run that had been paused ends badly after all', async () => {
      const run = await endedRun(2, ['no'])
      const told = { id: run.id, state: 'paused' as const }
      await store.runs.noticesTold([told])
      expect(await due()).toEqual(['partial'])
    })
  })

  describe('a job', () => {
    it('shows how its last runs went; those skipped and dry, and people who cannot be reached, say nothing of it', async () => {
      const userIds = await withUsers(store, 1)
      const job = await withJob(store, { perUser: true, userIds, overlap: 'allow' })
      let at = now
      const failure = { class: 'x', message: 'y' }
      const run = async (end: 'sent' | 'failed' | 'unreachable', tookMs: number, dryRun = false) => {
        at += 100 * minute
        await store.runs.enqueueManual(
          { jobId: job.id, idempotencyKey: `${at}`, args: null, onlyUserIds: null, dryRun },
          { ...change, now: at },
        )
        const [claimed] = await store.runs.claim(lease('w1', at + minute), 1, at)
        await store.runs.writeAudience(claimed?.run.id ?? '', 'w1', at)
        const [delivery] = await store.deliveries.claim(lease('w1', at + minute), 1, at)
        const held = { id: delivery?.id ?? '', worker: 'w1' }
        await store.deliveries.record(
          [
            { kind: 'acting', ...held },
            ...{
              sent: [
                { kind: 'acted' as const, output: [], ...held },
                { kind: 'sent' as const, ...held },
              ],
              failed: [{ kind: 'failed' as const, failure, ...held }],
              unreachable: [
                { kind: 'acted' as const, output: [], ...held },
                { kind: 'unreachable' as const, failure, reachability: 'blocked' as const, ...held },
              ],
            }[end],
          ],
          at + tookMs,
        )
      }
      expect((await store.jobs.getRow(job.id))?.stats).toEqual({ runs: 0, successRate: null, p95Ms: null })
      for (let n = 1; n <= 38; n += 1) await run('sent', n * 100)
      await run('failed', 9000)
      await run('failed', 8000)
      await run('failed', 99_000, true)
      await run('unreachable', 100)
      await store.runs.enqueueScheduled({
        jobId: job.id,
        expectedNextRunAt: now,
        nextRunAt: now + minute,
        occurrences: [{ kind: 'missed', from: now, to: now, count: 1 }],
        now: at,
      })
      const row = await store.jobs.getRow(job.id)
      expect(row?.stats).toEqual({ runs: 42, successRate: 39 / 41, p95Ms: 3800 })
      expect(row?.lastRuns.map(({ state }) => state).slice(0, 4)).toEqual([
        'failed',
        'failed',
        'failed',
        'completed',
      ])
      expect(row?.lastRuns).toHaveLength(20)
    })
  })

  describe('updates that were handled', () => {
    it('are removed when they are old, some at a time; those that were not stay', async () => {
      const updates = [1, 2, 3, 4, 5].map((updateId) => ({ updateId, payload: {} }))
      await store.updates.receive(updates, now)
      for (const updateId of [2, 3, 4]) await store.updates.handled(updateId, now)
      await store.updates.receive([{ updateId: 6, payload: {} }], now + minute)
      await store.updates.handled(6, now + minute)
      const prune = () => store.updates.prune(now + minute, 3)
      expect([await prune(), await prune(), await prune()]).toEqual([2, 1, 0])
      expect((await store.updates.unhandled()).map(({ updateId }) => updateId)).toEqual([1, 5])
    })
  })
}
