import type { JobSettings, OutgoingPart, Run } from '@kamihi/contracts'
import { beforeEach, describe, expect, it } from 'vitest'
import type { ClaimedDelivery, DeliveryStep, Store } from '../../src/index.ts'
import { change, lease, now, startedRun, withActions, withUsers } from '../fixtures.ts'

const hello: OutgoingPart[] = [{ kind: 'text', text: 'Hello', entities: [] }]
const failure = { class: 'bad_request', message: 'no' }
const cutOff = { class: 'ambiguous', message: 'cut off' }
/** A step without what every step has. */
type Step = DeliveryStep extends infer S ? (S extends DeliveryStep ? Omit<S, 'id' | 'worker'> : never) : never

const inTheAir: Step[] = [{ kind: 'acting' }, { kind: 'acted', output: hello }, { kind: 'sending', part: 0 }]
const ways = {
  sent: [...inTheAir, { kind: 'part_sent', part: 0, messageId: 1 }, { kind: 'sent' }],
  failed: [...inTheAir, { kind: 'failed', failure }],
  unreachable: [...inTheAir, { kind: 'unreachable', failure, reachability: 'blocked' }],
  uncertain: [...inTheAir, { kind: 'uncertain', failure: cutOff }],
  no_output: [{ kind: 'acting' }, { kind: 'no_output' }],
} satisfies Record<string, Step[]>
type End = keyof typeof ways

/** What people do with single deliveries. */
export function deliveriesSuite(newDatabase: () => () => Promise<Store>): void {
  let store: Store
  let people: string[]
  beforeEach(async () => {
    store = await newDatabase()()
    await withActions(store, 'report')
    // Deliveries come in the order of their people.
    people = (await withUsers(store, 3)).sort()
    return () => store.close()
  })

  const record = (id: string, steps: Step[]) =>
    store.deliveries.record(
      steps.map((step) => ({ ...step, id, worker: 'w1' }) as DeliveryStep),
      now,
    )
  const claim = () => store.deliveries.claim(lease('w1'), 10, now)
  /** A run for some people of whom each ends as is said. */
  const ended = async (
    ends: End[],
    settings: Partial<JobSettings> = {},
  ): Promise<{ run: Run; ids: string[] }> => {
    const userIds = people.slice(0, ends.length)
    const { id: runId } = await startedRun(store, { perUser: true, userIds, ...settings })
    const ids = (await claim()).map(({ id }) => id)
    for (const [at, end] of ends.entries()) await record(ids[at] ?? '', ways[end])
    return { run: (await store.runs.get(runId)) as Run, ids }
  }
  const retry = (id: string | undefined) => store.deliveries.retry(id ?? '', change)
  const retried = async (id: string | undefined): Promise<Run> => {
    const outcome = await retry(id)
    if (outcome.kind !== 'enqueued') throw new Error(outcome.kind)
    await store.runs.claim(lease('w1'), 1, now)
    return outcome.run
  }
  const audited = async (verb: string) => (await store.audit.list({ verb })).items

  describe('sending one delivery again', () => {
    it.each(['failed', 'unreachable', 'uncertain'] as const)(
      'that is %s goes to that person alone, without the action',
      async (end) => {
        const { run, ids } = await ended([end, 'failed'])
        const again = await retried(ids[0])
        expect(again).toMatchObject({ trigger: 'retry', retryOf: run.id, counts: { total: 1 } })
        expect(await claim()).toMatchObject([{ userId: people[0], state: 'acted', output: hello }])
      },
    )

    it('calls the action once more where it had nothing for the person', async () => {
      const { ids } = await ended(['no_output', 'sent'])
      await retried(ids[0])
      expect(await claim()).toMatchObject([{ userId: people[0], state: 'pending', output: null }])
    })

    it('calls the action once more for all, where that had nothing', async () => {
      const run = await startedRun(store, { userIds: people })
      await store.runs.actionStarted(run.id, 'w1', now)
      await store.runs.actionReturned(run.id, 'w1', [], now)
      const [first] = (await store.deliveries.list(run.id, {})).items
      const outcome = await retry(first?.id)
      expect(outcome).toMatchObject({ kind: 'enqueued', run: { counts: { total: 1 } } })
      const [claimed] = await store.runs.claim(lease('w1'), 1, now)
      expect(claimed).toMatchObject({ outputStored: false, actionStarted: false })
    })

    it('marks as possibly twice what was in doubt', async () => {
      const { ids } = await ended(['uncertain'])
      await retried(ids[0])
      const [anew] = (await claim()) as [ClaimedDelivery]
      expect(await store.deliveries.get(anew.id)).toMatchObject({ possiblyDuplicated: true })
    })

    it('is refused while the last try is under way, and says of which run that is', async () => {
      const { ids } = await ended(['failed'])
      const again = await retried(ids[0])
      expect(await retry(ids[0])).toEqual({ kind: 'under_way', runId: again.id })
    })

    it('is refused when it has arrived, by whichever try', async () => {
      const { run, ids } = await ended(['sent', 'failed'])
      expect(await retry(ids[0])).toEqual({ kind: 'arrived', runId: run.id })
      const again = await retried(ids[1])
      const [anew] = (await claim()) as [ClaimedDelivery]
      await record(anew.id, [{ kind: 'sending', part: 0 }, { kind: 'sent' }])
      expect(await retry(ids[1])).toEqual({ kind: 'arrived', runId: again.id })
    })

    it('is refused while others of its run have not ended', async () => {
      await startedRun(store, { perUser: true, userIds: people })
      const [first] = (await claim()) as [ClaimedDelivery]
      await record(first.id, ways.failed)
      expect(await retry(first.id)).toEqual({ kind: 'not_finished' })
    })

    it('obeys the overlap of the job', async () => {
      const { ids } = await ended(['failed', 'failed'])
      const again = await retried(ids[0])
      expect(await retry(ids[1])).toMatchObject({ kind: 'overlap', blocking: { id: again.id } })
    })

    it('knows no delivery that there is not', async () => {
      expect(await retry('nothing')).toEqual({ kind: 'not_found' })
    })

    it('is in the audit log, with the run that it made', async () => {
      const { ids } = await ended(['failed'])
      const again = await retried(ids[0])
      expect(await audited('delivery.retried')).toMatchObject([
        {
          object: { kind: 'delivery', id: ids[0], label: expect.stringMatching(/^User \d$/) },
          changes: { runId: { after: again.id } },
        },
      ])
    })
  })

  describe('saying that a delivery in doubt has arrived', () => {
    const resolve = (id: string | undefined) => store.deliveries.resolve(id ?? '', change)

    it.each([
      [['uncertain'], 'failed', 'completed'],
      [['uncertain', 'sent'], 'partial', 'completed'],
      [['uncertain', 'failed'], 'failed', 'partial'],
      [['uncertain', 'uncertain'], 'failed', 'partial'],
      [['uncertain', 'sent', 'failed'], 'partial', 'partial'],
    ] as [End[], string, string][])('of %j makes a run that was %s %s', async (ends, before, after) => {
      const { run, ids } = await ended(ends)
      expect(run.state).toBe(before)
      const outcome = await resolve(ids[0])
      expect(outcome).toMatchObject({
        kind: 'resolved',
        delivery: { state: 'sent', resolvedBy: 'test' },
        run: { state: after, finishedAt: run.finishedAt },
      })
      expect((await store.runs.get(run.id))?.counts).toMatchObject({
        sent: run.counts.sent + 1,
        uncertain: run.counts.uncertain - 1,
      })
      expect(await store.deliveries.get(ids[0] ?? '')).toMatchObject({ state: 'sent', resolvedBy: 'test' })
    })

    it('leaves a run that was cancelled cancelled', async () => {
      const { id } = await startedRun(store, { perUser: true, userIds: people })
      const [first] = (await store.deliveries.claim(lease('w1'), 1, now)) as [ClaimedDelivery]
      await record(first.id, inTheAir)
      await store.runs.cancel(id, change)
      await record(first.id, [{ kind: 'uncertain', failure: cutOff }])
      expect(await resolve(first.id)).toMatchObject({ run: { state: 'cancelled', counts: { sent: 1 } } })
    })

    it('takes back the notice of a failure that was none', async () => {
      const { run, ids } = await ended(['uncertain'])
      expect(await store.runs.listNotices(10)).toMatchObject([{ id: run.id }])
      await resolve(ids[0])
      expect(await store.runs.listNotices(10)).toEqual([])
    })

    it('is refused of one that is not in doubt, and of none', async () => {
      const { ids } = await ended(['failed'])
      expect(await resolve(ids[0])).toEqual({ kind: 'not_uncertain', state: 'failed' })
      expect(await resolve('nothing')).toEqual({ kind: 'not_found' })
    })

    it('leaves nothing to be sent again', async () => {
      const { run, ids } = await ended(['uncertain'])
      await resolve(ids[0])
      expect(await retry(ids[0])).toEqual({ kind: 'arrived', runId: run.id })
      expect(await store.runs.enqueueRetry(run.id, change)).toEqual({ kind: 'nothing_to_retry' })
    })

    it('is in the audit log', async () => {
      const { ids } = await ended(['uncertain'])
      await resolve(ids[0])
      expect(await audited('delivery.resolved')).toMatchObject([
        { object: { id: ids[0] }, changes: { state: { before: 'uncertain', after: 'sent' } } },
      ])
    })
  })

  describe('tries that did not succeed', () => {
    const flood = { class: 'flood', message: 'Telegram asked to wait 30 s.' }
    const network = { class: 'network', message: 'no answer' }
    const again = (reason: typeof flood, at: number): Step => ({
      kind: 'retry',
      at,
      failure: reason,
      countsAsAttempt: reason !== flood,
      possiblyDuplicated: false,
    })
    const iso = (at: number) => new Date(at).toISOString()
    const sendingAt = async (at: number, step: Step) => {
      const [claimed] = await store.deliveries.claim(lease('w1'), 1, at)
      const id = claimed?.id ?? ''
      const before: Step[] = claimed?.state === 'pending' ? inTheAir : [{ kind: 'sending', part: 0 }]
      const steps = [...before, step].map((one) => ({ ...one, id, worker: 'w1' }) as DeliveryStep)
      await store.deliveries.record(steps, at)
      return id
    }

    it('are kept one by one, the same reason once more is counted, and none of those that succeeded', async () => {
      const run = await startedRun(store, { perUser: true, userIds: people.slice(0, 1) })
      const id = await sendingAt(now, again(flood, now + 10))
      await sendingAt(now + 10, again(flood, now + 30))
      await sendingAt(now + 30, again(network, now + 40))
      expect(await store.deliveries.failedAttempts(id)).toEqual([
        { ...flood, firstAt: iso(now), lastAt: iso(now + 10), count: 2, nextAt: iso(now + 30) },
        { ...network, firstAt: iso(now + 30), lastAt: iso(now + 30), count: 1, nextAt: iso(now + 40) },
      ])
      await sendingAt(now + 40, { kind: 'unreachable', failure, reachability: 'blocked' })
      const tries = await store.deliveries.failedAttempts(id)
      expect(tries?.slice(2)).toEqual([
        { ...failure, firstAt: iso(now + 40), lastAt: iso(now + 40), count: 1, nextAt: null },
      ])
      expect((await store.runs.trace(run.id))?.waits).toEqual([{ from: now, until: now + 30, count: 2 }])
    })

    it('are none of a delivery that arrived at once, and unknown of one that is not there', async () => {
      const { run, ids } = await ended(['sent'])
      expect(await store.deliveries.failedAttempts(ids[0] ?? '')).toEqual([])
      expect(await store.deliveries.failedAttempts('nothing')).toBeNull()
      expect((await store.runs.trace(run.id))?.waits).toEqual([])
    })

    it('are fifty at most, with what was said cut short; the last one counts the others', async () => {
      await startedRun(store, { perUser: true, userIds: people.slice(0, 1) })
      const long = { class: 'unauthorized', message: 'x'.repeat(2000) }
      let id = ''
      for (let n = 0; n < 60; n += 1) id = await sendingAt(now + n, again(n % 2 ? long : flood, now + n + 1))
      const tries = (await store.deliveries.failedAttempts(id)) ?? []
      expect(tries).toHaveLength(50)
      expect(tries.reduce((sum, { count }) => sum + count, 0)).toBe(60)
      expect(Math.max(...tries.map(({ message }) => message.length))).toBe(1000)
    })

    it('have those that ended with their process among them', async () => {
      await startedRun(store, { perUser: true, userIds: people.slice(0, 2), delivery: 'at-most-once' })
      const [sending, acting] = await claim()
      await record(sending?.id ?? '', inTheAir)
      await record(acting?.id ?? '', [{ kind: 'acting' }])
      await store.deliveries.rescueExpired(now + 120_000)
      expect(await store.deliveries.failedAttempts(sending?.id ?? '')).toMatchObject([{ class: 'ambiguous' }])
      expect(await store.deliveries.failedAttempts(acting?.id ?? '')).toMatchObject([
        { class: 'interrupted' },
      ])
    })
  })

  describe('leaving one recipient out', () => {
    const cancel = (id: string | undefined) => store.deliveries.cancel(id ?? '', change)

    it('ends that delivery, and the run goes on for the others', async () => {
      const { id: runId } = await startedRun(store, { perUser: true, userIds: people })
      const [first] = (await store.deliveries.list(runId, {})).items
      expect(await cancel(first?.id)).toMatchObject({
        kind: 'cancelled',
        delivery: { id: first?.id, state: 'cancelled', finishedAt: expect.any(String) },
        run: { state: 'running', counts: { pending: 2, cancelled: 1 } },
      })
      expect((await claim()).map(({ userId }) => userId)).toEqual(people.slice(1))
    })

    it('takes it from a worker that has not begun', async () => {
      await startedRun(store, { perUser: true, userIds: people.slice(0, 1) })
      const [claimed] = await claim()
      expect(await cancel(claimed?.id)).toMatchObject({ kind: 'cancelled', run: { state: 'cancelled' } })
      expect((await record(claimed?.id ?? '', [{ kind: 'acting' }]))[0]?.accepted).toBe(false)
    })

    it('ends the run with the last of it', async () => {
      const { id: runId } = await startedRun(store, { perUser: true, userIds: people.slice(0, 2) })
      const [sent, left] = (await claim()).map(({ id }) => id)
      await record(sent ?? '', ways.sent)
      await record(left ?? '', [
        ...inTheAir,
        { kind: 'retry', at: now, failure, countsAsAttempt: true, possiblyDuplicated: false },
      ])
      expect(await cancel(left)).toMatchObject({ run: { id: runId, state: 'partial' } })
    })

    const inDoubt: Step = {
      kind: 'retry',
      at: now,
      failure: cutOff,
      countsAsAttempt: true,
      possiblyDuplicated: true,
    }

    it('says of what may have arrived that it is uncertain, and people can still say that it did', async () => {
      await startedRun(store, { perUser: true, userIds: people.slice(0, 1) })
      const [claimed] = await claim()
      await record(claimed?.id ?? '', [...inTheAir, inDoubt])
      expect(await cancel(claimed?.id)).toMatchObject({
        delivery: { state: 'uncertain', error: cutOff, nextAttemptAt: null },
        run: { state: 'failed', counts: { uncertain: 1, cancelled: 0 } },
      })
      expect(await store.deliveries.resolve(claimed?.id ?? '', change)).toMatchObject({
        delivery: { state: 'sent' },
        run: { state: 'completed' },
      })
    })

    it('says the same of it where the whole run is cancelled', async () => {
      const { id: runId } = await startedRun(store, { perUser: true, userIds: people })
      const [first] = await claim()
      await record(first?.id ?? '', [...inTheAir, inDoubt])
      await store.runs.cancel(runId, change)
      expect((await store.runs.get(runId))?.counts).toMatchObject({ uncertain: 1, cancelled: 2 })
    })

    it('does not begin an action that is to run once for all and has nobody left', async () => {
      const run = await startedRun(store, { userIds: people.slice(0, 1) })
      const [only] = (await store.deliveries.list(run.id, {})).items
      expect(await cancel(only?.id)).toMatchObject({ run: { state: 'cancelled' } })
      expect(await store.runs.actionStarted(run.id, 'w1', now)).toBe(false)
    })

    it('is refused of what is in hand or has ended, and of none', async () => {
      const { ids } = await ended(['sent'])
      expect(await cancel(ids[0])).toEqual({ kind: 'not_waiting', state: 'sent' })
      await startedRun(store, { perUser: true, userIds: people.slice(0, 1) })
      const [claimed] = await claim()
      await record(claimed?.id ?? '', inTheAir)
      expect(await cancel(claimed?.id)).toEqual({ kind: 'not_waiting', state: 'sending' })
      expect(await cancel('nothing')).toEqual({ kind: 'not_found' })
    })

    it('is in the audit log', async () => {
      const { id: runId } = await startedRun(store, { perUser: true, userIds: people })
      const [first] = (await store.deliveries.list(runId, {})).items
      await cancel(first?.id)
      expect(await audited('delivery.cancelled')).toMatchObject([
        { object: { kind: 'delivery', id: first?.id }, changes: { state: { before: 'pending' } } },
      ])
    })
  })

  describe('deliveries of a person', () => {
    /** Ids begin with the time that their run was made. */
    const newestFirst = (ids: (string | undefined)[]) => [...ids].sort().reverse()
    const ofFirst = (query = {}) => store.deliveries.listOfUser(people[0] ?? '', query)

    it('are those to them and to nobody else, the newest first, with what they are of', async () => {
      const one = await ended(['sent', 'sent'], { name: 'One' })
      await ended(['failed'], { name: 'Other', userIds: people.slice(1, 2) })
      const two = await ended(['failed'], { name: 'Two' })
      const { items, total } = await ofFirst()
      expect(items.map(({ id }) => id)).toEqual(newestFirst([one.ids[0], two.ids[0]]))
      const { jobId, scheduledFor } = two.run
      const run = { jobId, jobName: 'Two', action: 'report', scheduledFor, dryRun: false }
      expect(items).toContainEqual(expect.objectContaining({ state: 'failed', error: failure, run }))
      expect(total).toBe(2)
    })

    it('come by pages, and by state', async () => {
      const ids: (string | undefined)[] = []
      for (const end of ['sent', 'failed', 'sent'] as const) ids.push((await ended([end])).ids[0])
      const first = await ofFirst({ limit: 2 })
      const second = await ofFirst({ limit: 2, cursor: first.nextCursor ?? '' })
      expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(newestFirst(ids))
      expect(second.nextCursor).toBeNull()
      expect((await ofFirst({ state: 'failed' })).items.map(({ id }) => id)).toEqual([ids[1]])
    })

    it('are told apart from the runs that were for them', async () => {
      const { run } = await ended(['sent'])
      const userId = people[0] ?? ''
      expect((await store.runs.list({ userId })).items.map(({ id }) => id)).toEqual([run.id])
      expect((await ofFirst()).items).toMatchObject([{ userId, runId: run.id }])
    })
  })
}
