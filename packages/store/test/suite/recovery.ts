import type { JobSettings, OutgoingPart, Run } from '@kamihi/contracts'
import { beforeEach, describe, expect, it } from 'vitest'
import type { ClaimedDelivery, DeliveryStep, JobRecord, Occurrence, Store } from '../../src/index.ts'
import { change, lease, now, startedRun, withJob, withUsers } from '../fixtures.ts'

const minute = 60_000
const text = (words: string): OutgoingPart => ({ kind: 'text', text: words, entities: [] })
const hello = [text('Hello')]
const two = [text('one'), text('two')]
const failure = { class: 'bad_request', message: 'no' }
const cutOff = { class: 'ambiguous', message: 'cut off' }
/** A step without what every step has. */
type Step = DeliveryStep extends infer S ? (S extends DeliveryStep ? Omit<S, 'id' | 'worker'> : never) : never
const again = (possiblyDuplicated = false): Step => ({
  kind: 'retry',
  at: now,
  failure: possiblyDuplicated ? cutOff : failure,
  countsAsAttempt: true,
  possiblyDuplicated,
})

/** What is left of runs and deliveries when workers die, stop or are interfered with: each was found by the model test. */
export function recoverySuite(newDatabase: () => () => Promise<Store>): void {
  let store: Store
  beforeEach(async () => {
    store = await newDatabase()()
    const action = { description: null, argsSchema: null, error: null }
    const names = ['report', 'digest']
    await store.actions.sync(
      names.map((name) => ({ ...action, name, commands: [name], idempotent: name === 'digest' })),
      now,
    )
    return () => store.close()
  })

  const claim = (worker = 'w1') => store.deliveries.claim(lease(worker), 10, now)
  const record = (id: string, ...steps: Step[]) =>
    store.deliveries.record(
      steps.map((step) => ({ ...step, id, worker: 'w1' }) as DeliveryStep),
      now,
    )
  const stateOf = async (id: string) => (await store.deliveries.get(id))?.state
  /** A run for each user, and the delivery of its first user in the worker's hands. */
  const inHands = async (settings: Partial<JobSettings> = {}, people = 1) => {
    const run = await startedRun(store, {
      perUser: true,
      userIds: await withUsers(store, people),
      ...settings,
    })
    const [delivery] = (await store.deliveries.claim(lease('w1'), 1, now)) as [ClaimedDelivery]
    return { run, id: delivery.id }
  }
  const retried = async (run: Run): Promise<Run> => {
    const outcome = await store.runs.enqueueRetry(run.id, change)
    if (outcome.kind !== 'enqueued') throw new Error(outcome.kind)
    return outcome.run
  }
  const claimRetry = async (run: Run) => {
    const retry = await retried(run)
    await store.runs.claim(lease('w1'), 1, now)
    return retry
  }

  describe('a delivery that is given back', () => {
    it('between two of its parts goes on with the next one', async () => {
      const { id } = await inHands()
      await record(id, { kind: 'acting' }, { kind: 'acted', output: two }, { kind: 'sending', part: 0 })
      await record(id, { kind: 'part_sent', part: 0, messageId: 1 }, { kind: 'released' })
      expect(await claim('w2')).toMatchObject([{ id, nextPart: 1 }])
    })

    it('while its action runs is refused, since nobody knows how far that came', async () => {
      const { id } = await inHands()
      const results = await record(id, { kind: 'acting' }, { kind: 'released' })
      expect(results.map(({ accepted }) => accepted)).toEqual([true, false])
    })
  })

  describe('a delivery whose run is over', () => {
    it('is not begun again when the action may run twice and its worker died', async () => {
      const { run, id } = await inHands({ action: 'digest' })
      await record(id, { kind: 'acting' })
      await store.runs.cancel(run.id, change)
      await store.deliveries.rescueExpired(now + minute)
      expect(await stateOf(id)).toBe('cancelled')
      expect(await store.runs.get(run.id)).toMatchObject({ state: 'cancelled' })
    })

    it('is not tried again, and ends with it', async () => {
      const { run, id } = await inHands({ deadlineSeconds: 60 })
      await record(id, { kind: 'acting' }, { kind: 'acted', output: hello }, { kind: 'sending', part: 0 })
      await store.runs.expire(now + minute)
      await record(id, again())
      expect(await stateOf(id)).toBe('expired')
      expect((await store.runs.get(run.id))?.counts).toMatchObject({ total: 1, expired: 1, inProgress: 0 })
    })

    it('is uncertain when its message may have arrived, whoever finds that out', async () => {
      const { run, id } = await inHands({}, 2)
      const [other] = (await claim()) as [ClaimedDelivery]
      for (const each of [id, other.id])
        await record(each, { kind: 'acting' }, { kind: 'acted', output: hello }, { kind: 'sending', part: 0 })
      await store.runs.cancel(run.id, change)
      await record(id, again(true))
      await store.deliveries.rescueExpired(now + minute)
      expect([await stateOf(id), await stateOf(other.id)]).toEqual(['uncertain', 'uncertain'])
    })
  })

  describe('a paused run', () => {
    it('ends when what was in the air was the last of it', async () => {
      const { run, id } = await inHands()
      await record(id, { kind: 'acting' })
      await store.runs.pause(run.id, { reason: null }, change)
      const [result] = await record(id, { kind: 'no_output' })
      expect(result?.run?.state).toBe('completed')
    })

    it('is over when it is cancelled and nothing of it is left', async () => {
      const { run, id } = await inHands()
      await record(id, { kind: 'acting' })
      await store.runs.pause(run.id, { reason: null }, change)
      await store.runs.cancel(run.id, change)
      await record(id, { kind: 'no_output' })
      expect((await store.runs.get(run.id))?.finishedAt).not.toBeNull()
    })

    it('keeps what its action returns for all meanwhile', async () => {
      const run = await startedRun(store, { userIds: await withUsers(store, 1) })
      await store.runs.actionStarted(run.id, 'w1', now)
      await store.runs.pause(run.id, { reason: null }, change)
      expect(await store.runs.renew(run.id, lease('w1', now + minute))).toBe(true)
      expect(await store.runs.actionReturned(run.id, 'w1', hello, now)).toMatchObject({ state: 'paused' })
      await store.runs.resume(run.id, change)
      expect(await claim()).toMatchObject([{ output: hello }])
    })
  })

  describe('a retry', () => {
    it('of an action that failed for all runs it once more', async () => {
      const run = await startedRun(store, { userIds: await withUsers(store, 1) })
      await store.runs.fail(run.id, 'w1', failure, now)
      const retry = await retried(run)
      const [claimed] = await store.runs.claim(lease('w1'), 1, now)
      expect(claimed).toMatchObject({ run: { id: retry.id }, outputStored: false, actionStarted: false })
      await store.runs.actionStarted(retry.id, 'w1', now)
      await store.runs.actionReturned(retry.id, 'w1', hello, now)
      expect(await claim()).toMatchObject([{ output: hello }])
    })

    it('of an action that failed for all is taken over from a worker that died', async () => {
      const run = await startedRun(store, { userIds: await withUsers(store, 1) })
      await store.runs.fail(run.id, 'w1', failure, now)
      const retry = await claimRetry(run)
      const [claimed] = await store.runs.claim(lease('w2', now + 2 * minute), 1, now + minute)
      expect(claimed?.run.id).toBe(retry.id)
    })

    it('sends to nobody twice when it is asked for twice', async () => {
      const { run, id } = await inHands({ overlap: 'allow' })
      await record(id, { kind: 'failed', failure })
      await retried(run)
      expect(await store.runs.enqueueRetry(run.id, change)).toEqual({ kind: 'nothing_to_retry' })
    })

    it('goes on from where the retry before it came, whichever of the two is asked for it', async () => {
      const { run, id } = await inHands()
      await record(id, { kind: 'acting' }, { kind: 'acted', output: two }, { kind: 'sending', part: 0 })
      await record(id, { kind: 'failed', failure })
      const first = await claimRetry(run)
      const [second] = (await claim()) as [ClaimedDelivery]
      await record(second.id, { kind: 'sending', part: 0 }, { kind: 'part_sent', part: 0, messageId: 1 })
      await record(second.id, { kind: 'sending', part: 1 }, { kind: 'failed', failure })
      await claimRetry(run)
      const [third] = (await claim()) as [ClaimedDelivery]
      expect(third).toMatchObject({ nextPart: 1, output: two })
      await record(third.id, { kind: 'sent' })
      expect(await store.runs.enqueueRetry(first.id, change)).toEqual({ kind: 'nothing_to_retry' })
    })

    it.each([
      ['was left to a person', { kind: 'uncertain', failure: cutOff }],
      ['was given up after its last try', { kind: 'failed', failure: cutOff }],
    ] as [string, Step][])('says that a message may be there twice when its delivery %s', async (_, end) => {
      const { run, id } = await inHands()
      await record(
        id,
        { kind: 'acting' },
        { kind: 'acted', output: hello },
        { kind: 'sending', part: 0 },
        end,
      )
      await claimRetry(run)
      const [anew] = (await claim()) as [ClaimedDelivery]
      expect(await store.deliveries.get(anew.id)).toMatchObject({
        possiblyDuplicated: true,
        parts: [{ possiblyDuplicated: true }],
      })
      await record(anew.id, { kind: 'sending', part: 0 }, { kind: 'part_sent', part: 0, messageId: 1 })
      const { parts } = (await store.deliveries.get(anew.id)) ?? {}
      expect(parts).toMatchObject([{ messageId: 1, possiblyDuplicated: true }])
    })
  })

  describe('the mark of a message that may be there twice', () => {
    it('is on that message and on no other', async () => {
      const { id } = await inHands()
      await record(id, { kind: 'acting' }, { kind: 'acted', output: two }, { kind: 'sending', part: 0 })
      await record(id, again(true))
      await claim()
      await record(id, { kind: 'sending', part: 0 }, { kind: 'part_sent', part: 0, messageId: 1 })
      await record(id, { kind: 'sending', part: 1 }, again())
      await claim()
      await record(id, { kind: 'sending', part: 1 }, { kind: 'part_sent', part: 1, messageId: 2 })
      expect((await store.deliveries.get(id))?.parts.map((part) => part.possiblyDuplicated)).toEqual([
        true,
        false,
      ])
    })
  })

  describe('an occurrence that is to be left out and is due', () => {
    it('is left out also when somebody edits the job before the tick', async () => {
      const job = await withJob(store)
      await store.jobs.skip(job.id, { scheduledFor: now, reason: null }, change)
      await store.jobs.update(job.id, job.version, { name: 'Daily' }, undefined, {
        ...change,
        now: now + 1000,
      })
      const outcome = await store.runs.enqueueScheduled({
        jobId: job.id,
        expectedNextRunAt: now,
        nextRunAt: now + minute,
        occurrences: [{ kind: 'run', scheduledFor: now }],
        now: now + 2000,
      })
      expect(outcome).toMatchObject({ runs: [{ state: 'skipped', reason: 'requested' }] })
    })
  })

  describe('a cursor that was put back to what has its row already', () => {
    const tick = (job: JobRecord, occurrences: Occurrence[]) => ({
      jobId: job.id,
      expectedNextRunAt: now,
      nextRunAt: now + 10 * minute,
      occurrences,
      now,
    })
    const run = (scheduledFor: number): Occurrence => ({ kind: 'run', scheduledFor })
    /** A job whose occurrence of now has run and ended; the clock went back and somebody saved it. */
    const putBack = async () => {
      const job = await withJob(store)
      const first = await store.runs.enqueueScheduled(tick(job, [run(now)]))
      if (first.kind === 'enqueued') await store.runs.cancel(first.runs[0]?.id ?? '', change)
      await store.jobs.reschedule(job.id, job.version, now)
      return job
    }

    it('keeps nothing after it from running', async () => {
      const outcome = await store.runs.enqueueScheduled(tick(await putBack(), [run(now), run(now + minute)]))
      expect(outcome).toMatchObject({ runs: [{ state: 'queued' }] })
    })

    it.each(['tick', 'edit'])(
      'loses nothing of a stretch that begins there, passed over by %s',
      async (by) => {
        const job = await putBack()
        const missed = { kind: 'missed', from: now, to: now + 4 * minute, count: 5 } as const
        if (by === 'tick') await store.runs.enqueueScheduled(tick(job, [missed]))
        else await store.jobs.update(job.id, job.version, {}, null, change, { passed: [missed] })
        const rows = await store.runs.listScheduled(job.id, now + minute, now + 4 * minute, 10)
        expect(rows).toMatchObject([{ reason: 'missed', missed: { count: 5 } }])
      },
    )
  })
}
