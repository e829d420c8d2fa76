import type { JobSettings } from '@kamihi/contracts'
import { beforeEach, describe, expect, it } from 'vitest'
import type { JobRecord, Occurrence, Store } from '../../src/index.ts'
import { change, lease, now, value, withActions, withJob, withUsers } from '../fixtures.ts'

const minute = 60_000
const run = (scheduledFor: number): Occurrence => ({ kind: 'run', scheduledFor })

/** What any store does for the scheduler: pauses, single occurrences left out, overlaps, many jobs at once. */
export function schedulingSuite(newDatabase: () => () => Promise<Store>): void {
  let store: Store
  let open: () => Promise<Store>
  beforeEach(async () => {
    open = newDatabase()
    store = await open()
    await withActions(store, 'report')
    return () => store.close()
  })

  const tick = (job: JobRecord, at = now, occurrences = [run(at)]) => ({
    jobId: job.id,
    expectedNextRunAt: at,
    nextRunAt: at + minute,
    occurrences,
    now: at,
  })
  const by = (name: string, at = now) => ({ actor: { kind: 'account' as const, id: null, name }, now: at })
  const statesOf = async (job: JobRecord) =>
    (await store.runs.listScheduled(job.id, 0, now + 60 * minute, 100)).map(({ state, reason }) => [
      state,
      reason,
    ])

  describe('a batch of jobs', () => {
    it('is written in one go, each job won or lost by itself', async () => {
      const jobs = [await withJob(store), await withJob(store), await withJob(store)] as const
      await store.runs.enqueueScheduled(tick(jobs[1]))
      const outcomes = await store.runs.enqueueScheduledMany(jobs.map((job) => tick(job)))
      expect(outcomes.map(({ kind }) => kind)).toEqual(['enqueued', 'lost', 'enqueued'])
      expect(outcomes[2]).toMatchObject({ runs: [{ jobId: jobs[2].id, state: 'queued' }] })
      expect((await store.runs.list({})).total).toBe(3)
    })

    it('that cannot be written leaves every cursor where it was', async () => {
      const job = await withJob(store)
      const broken = { ...tick(await withJob(store)), occurrences: [run(Number.NaN)] }
      await expect(store.runs.enqueueScheduledMany([tick(job), broken])).rejects.toThrow()
      expect((await store.jobs.get(job.id))?.nextRunAt).toBe(now)
      expect((await store.runs.list({})).total).toBe(0)
    })

    it('takes the people and the arguments of each job', async () => {
      const [userId] = (await withUsers(store, 1)) as [string]
      const jobs = [
        await withJob(store, { userIds: [userId], args: { n: 1 } }),
        await withJob(store, { args: { n: 2 } }),
      ]
      await store.runs.enqueueScheduledMany(jobs.map((job) => tick(job)))
      const claimed = await store.runs.claim(lease('w1'), 10, now)
      const given = new Map(claimed.map(({ facts }) => [facts.args.n, facts.settings.userIds]))
      expect(given).toEqual(
        new Map([
          [1, [userId]],
          [2, []],
        ]),
      )
    })
  })

  describe('a paused job', () => {
    it('is not due, and the pause says who and why', async () => {
      const job = await withJob(store)
      expect(await store.jobs.pause(job.id, { reason: 'holiday' }, by('Ana'))).toMatchObject({
        kind: 'paused',
        job: { pausedAt: now, pausedBy: 'Ana', pauseReason: 'holiday', nextRunAt: now },
      })
      expect(await store.jobs.listDue(now, 10)).toEqual([])
      expect(await store.jobs.earliestDue()).toBeNull()
      expect(await store.runs.enqueueScheduled(tick(job))).toEqual({ kind: 'lost' })
      const again = await store.jobs.pause(job.id, { reason: 'mine' }, by('Luis'))
      expect(again).toMatchObject({ kind: 'already_paused', job: { pausedBy: 'Ana' } })
    })

    it('goes on with one row for what passed, and the audit log tells both', async () => {
      const job = await withJob(store)
      await store.jobs.pause(job.id, { reason: 'holiday' }, by('Ana'))
      const passed = { kind: 'paused', scope: 'job', by: 'Ana', reason: 'holiday' } as const
      const placement = {
        expectedNextRunAt: now,
        nextRunAt: now + 5 * minute,
        passed: [{ ...passed, from: now, to: now + 4 * minute, count: 5 }],
      }
      const stale = { ...placement, expectedNextRunAt: now + minute }
      expect(await store.jobs.resume(job.id, stale, by('Luis'))).toEqual({ kind: 'moved' })
      expect(await store.jobs.resume(job.id, placement, by('Luis'))).toMatchObject({
        kind: 'resumed',
        job: { pausedAt: null, nextRunAt: now + 5 * minute },
      })
      expect(await store.jobs.resume(job.id, placement, by('Luis'))).toMatchObject({ kind: 'not_paused' })
      expect((await store.runs.list({ jobId: job.id })).items).toMatchObject([
        { state: 'skipped', reason: 'paused', reasonDetail: 'Paused by Ana: holiday', missed: { count: 5 } },
      ])
      const { items } = await store.audit.list({ objectId: job.id })
      expect(items.map(({ verb, actor, changes }) => [verb, actor.name, changes.reason?.after])).toEqual(
        expect.arrayContaining([
          ['job.paused', 'Ana', 'holiday'],
          ['job.resumed', 'Luis', 'holiday'],
        ]),
      )
    })

    it('can be run by hand', async () => {
      const job = await withJob(store)
      await store.jobs.pause(job.id, { reason: null }, change)
      expect(await ask(store, job)).toMatchObject({ kind: 'enqueued' })
    })
  })

  describe('a paused scheduler', () => {
    it('lets nothing become due, in every process and after a restart, until it is resumed', async () => {
      const job = await withJob(store)
      const other = await open()
      await other.scheduler.pause({ reason: 'maintenance' }, by('Ana'))
      await other.close()
      expect(await store.runs.enqueueScheduled(tick(job))).toEqual({ kind: 'lost' })
      expect((await store.scheduler.pauses()).current).toEqual({ at: now, by: 'Ana', reason: 'maintenance' })
      expect(await store.scheduler.pause({ reason: null }, by('Luis'))).toMatchObject({
        kind: 'already_paused',
        pause: { by: 'Ana' },
      })
      const until = now + 10 * minute
      expect(await store.scheduler.resume(by('Luis', until))).toMatchObject({
        kind: 'resumed',
        pause: { until },
      })
      expect(await store.scheduler.resume(change)).toEqual({ kind: 'not_paused' })
      expect((await store.scheduler.pauses()).ended).toMatchObject([{ at: now, until, by: 'Ana' }])
      expect(await store.runs.enqueueScheduled(tick(job))).toMatchObject({ kind: 'enqueued' })
      const verbs = (await store.audit.list({ objectKind: 'scheduler' })).items.map(({ verb }) => verb)
      expect(verbs.sort()).toEqual(['scheduler.paused', 'scheduler.resumed'])
    })
  })

  describe('an occurrence that was to be left out', () => {
    const skip = (job: JobRecord, at: number) =>
      store.jobs.skip(job.id, { scheduledFor: at, reason: 'public holiday' }, by('Ana'))

    it('becomes a row that names who and why, in the same tick, and is forgotten', async () => {
      const job = await withJob(store)
      expect(await skip(job, now)).toMatchObject({ kind: 'skipped' })
      expect(await skip(job, now)).toMatchObject({ kind: 'already_skipped' })
      expect(await store.runs.enqueueScheduled(tick(job))).toMatchObject({
        runs: [
          {
            state: 'skipped',
            reason: 'requested',
            reasonDetail: 'Ana asked to leave it out: public holiday',
          },
        ],
      })
      expect(await store.jobs.skips(job.id)).toEqual([])
      expect(await skip(job, now)).toEqual({ kind: 'passed' })
    })

    it('is part of the row of the missed ones when it was missed', async () => {
      const job = await withJob(store)
      await skip(job, now + minute)
      const missed = { kind: 'missed' as const, from: now, to: now + 2 * minute, count: 3 }
      await store.runs.enqueueScheduled({ ...tick(job, now, [missed]), now: now + 10 * minute })
      expect(await statesOf(job)).toEqual([['skipped', 'missed']])
      expect(await store.jobs.skips(job.id)).toEqual([])
    })

    it('runs after all when that is taken back', async () => {
      const job = await withJob(store)
      await skip(job, now)
      expect(await store.jobs.unskip(job.id, now, by('Luis'))).toMatchObject({ kind: 'unskipped' })
      expect(await store.jobs.unskip(job.id, now, by('Luis'))).toEqual({ kind: 'not_skipped' })
      await store.runs.enqueueScheduled(tick(job))
      expect(await statesOf(job)).toEqual([['queued', null]])
    })

    it('is forgotten when an edit leaves no such time', async () => {
      const job = await withJob(store)
      await skip(job, now + minute)
      await skip(job, now + 2 * minute)
      await store.jobs.update(job.id, job.version, { cronExpression: '*/2 * * * *' }, now, change, {
        keptSkips: [now + 2 * minute],
      })
      expect(await store.jobs.skips(job.id)).toEqual([
        { scheduledFor: now + 2 * minute, by: 'Ana', reason: 'public holiday' },
      ])
      expect((await store.jobs.getRow(job.id))?.skips).toHaveLength(1)
    })
  })

  describe('an edit', () => {
    const passed = [{ kind: 'missed' as const, from: now, to: now, count: 1 }]

    it('records what was due and had not run', async () => {
      const job = await withJob(store)
      await store.jobs.update(job.id, job.version, { name: 'x' }, now + minute, change, { passed })
      expect(await statesOf(job)).toEqual([['skipped', 'missed']])
    })

    it('leaves it to the tick that was first', async () => {
      const job = await withJob(store)
      await store.runs.enqueueScheduled(tick(job))
      // As it was decided while the cursor still stood a minute earlier.
      const stale = [{ kind: 'missed' as const, from: now - minute, to: now, count: 2 }]
      await store.jobs.update(job.id, job.version, { name: 'x' }, now + minute, change, { passed: stale })
      expect(await statesOf(job)).toEqual([['queued', null]])
    })

    it('to archive a job records it too', async () => {
      const job = await withJob(store)
      expect(await store.jobs.archive(job.id, change, { passed })).toBe(true)
      expect(await statesOf(job)).toEqual([['skipped', 'missed']])
    })
  })

  describe('while a run of the job is open', () => {
    /** A job with a run that a worker has in hand, of a person in the air. */
    const busy = async (settings: Partial<JobSettings>) => {
      const job = await withJob(store, { perUser: true, userIds: await withUsers(store, 2), ...settings })
      await store.runs.enqueueScheduled(tick(job))
      const [claimed] = await store.runs.claim(lease('w1'), 10, now)
      const id = claimed?.run.id ?? ''
      await store.runs.writeAudience(id, 'w1', now)
      const [first] = await store.deliveries.claim(lease('w1'), 1, now)
      await store.deliveries.record([{ kind: 'acting', id: first?.id ?? '', worker: 'w1' }], now)
      const settle = () =>
        store.deliveries.record([{ kind: 'no_output', id: first?.id ?? '', worker: 'w1' }], now)
      return { job, id, settle }
    }
    const next = (job: JobRecord, n = 1) => store.runs.enqueueScheduled(tick(job, now + n * minute))
    const claimNow = async () => (await store.runs.claim(lease('w2'), 10, now)).map(({ run: { id } }) => id)

    it('`skip` leaves the next one out and names the one that blocks', async () => {
      const { job, id } = await busy({ overlap: 'skip' })
      expect(await next(job)).toMatchObject({
        runs: [{ state: 'skipped', reason: 'overlap', reasonDetail: `Run ${id} had not ended.` }],
      })
    })

    it('`queue` lets one wait, the newest, and it begins when the open one has ended', async () => {
      const { job, id, settle } = await busy({ overlap: 'queue' })
      await next(job, 1)
      const third = await next(job, 2)
      expect(third).toMatchObject({
        runs: [{ state: 'queued' }],
        replaced: [{ state: 'skipped', reason: 'overlap' }],
      })
      expect(await claimNow()).toEqual([])
      await settle()
      await store.runs.cancel(id, change)
      expect(await claimNow()).toEqual(third.kind === 'enqueued' ? [third.runs[0]?.id] : [])
    })

    it('`queue` takes runs one after the other, even those of one tick', async () => {
      const job = await withJob(store, { overlap: 'queue' })
      const outcome = await store.runs.enqueueScheduled(
        tick(job, now, [run(now), run(now + 1000), run(now + 2000), run(now + 3000)]),
      )
      expect(outcome).toMatchObject({
        runs: [{ state: 'queued' }, { state: 'skipped' }, { state: 'skipped' }, { state: 'queued' }],
      })
      const [first] = outcome.kind === 'enqueued' ? outcome.runs : []
      expect(await claimNow()).toEqual([first?.id])
    })

    it('`replace` takes no new recipient for the open one, and begins when what is in the air has ended', async () => {
      const { job, id, settle } = await busy({ overlap: 'replace' })
      const second = await next(job)
      expect(second).toMatchObject({
        replaced: [{ id, state: 'running', counts: { cancelled: 1, inProgress: 1 } }],
      })
      expect(await claimNow()).toEqual([])
      await settle()
      expect(await store.runs.get(id)).toMatchObject({ state: 'cancelled' })
      expect(await claimNow()).toEqual(second.kind === 'enqueued' ? [second.runs[0]?.id] : [])
    })

    it('`replace` does not give way to what ran already, after the cursor was put back', async () => {
      const { job, id } = await busy({ overlap: 'replace' })
      await store.jobs.reschedule(job.id, job.version, now)
      expect(await store.runs.enqueueScheduled(tick(job))).toMatchObject({ runs: [], replaced: [] })
      expect(await store.runs.get(id)).toMatchObject({ state: 'running', cancelRequestedAt: null })
    })

    it('`allow` runs beside it', async () => {
      const { job } = await busy({ overlap: 'allow' })
      const second = await next(job)
      expect(await claimNow()).toEqual(second.kind === 'enqueued' ? [second.runs[0]?.id] : [])
    })

    it.each(['skip', 'queue'] as const)(
      'a run by hand of a `%s` job is refused, and what it may do is theirs to choose',
      async (overlap) => {
        const { job, id } = await busy({ overlap })
        expect(await ask(store, job)).toMatchObject({ kind: 'overlap', blocking: { id } })
        const waiting = await ask(store, job, 'wait')
        expect(waiting).toMatchObject({ kind: 'enqueued', replaced: [], run: { state: 'queued' } })
        expect(await claimNow()).toEqual([])
        // The schedule does not push out what a person asked for.
        await next(job)
        expect(await store.runs.get(waiting.kind === 'enqueued' ? waiting.run.id : '')).toMatchObject({
          state: 'queued',
        })
        const replacing = await ask(store, job, 'replace')
        expect(replacing.kind === 'enqueued' && replacing.replaced.map((one) => one.id)).toContain(id)
      },
    )

    it('a run by hand of a `replace` job replaces, of an `allow` job runs beside it', async () => {
      const replaced = await busy({ overlap: 'replace' })
      expect(await ask(store, replaced.job)).toMatchObject({
        kind: 'enqueued',
        replaced: [{ id: replaced.id }],
      })
      const allowed = value(await store.jobs.update(replaced.job.id, 1, { overlap: 'allow' }, now, change))
      expect(await ask(store, allowed)).toMatchObject({ kind: 'enqueued', replaced: [] })
    })

    it('a retry of an older run obeys the same rule', async () => {
      const { job, id, settle } = await busy({ overlap: 'skip' })
      await store.runs.cancel(id, change)
      await settle()
      const second = await next(job)
      expect(await store.runs.enqueueRetry(id, change)).toMatchObject({
        kind: 'overlap',
        blocking: { id: second.kind === 'enqueued' ? second.runs[0]?.id : '' },
      })
    })

    it('a run that is recovered keeps the next one from running', async () => {
      const { job, id } = await busy({ overlap: 'skip' })
      await store.close()
      store = await open()
      await store.deliveries.rescueExpired(now + 20_000)
      expect(await next(job)).toMatchObject({
        runs: [{ state: 'skipped', reasonDetail: `Run ${id} had not ended.` }],
      })
    })
  })

  describe('the stretches of the scheduler', () => {
    const gap = 90_000
    const spans = async () =>
      (await store.scheduler.spans(0, now * 2)).map(({ startedAt, lastSeenAt, endedAt }) => [
        startedAt - now,
        lastSeenAt - now,
        endedAt === null ? null : endedAt - now,
      ])

    it('grow while it works, and end when it stops', async () => {
      for (const at of [0, 30_000, 60_000]) await store.scheduler.seen('w', now + at, gap)
      expect(await spans()).toEqual([[0, 60_000, null]])
      await store.scheduler.ended('w', now + 65_000)
      await store.scheduler.seen('w', now + 70_000, gap)
      expect(await spans()).toEqual([
        [0, 65_000, 65_000],
        [70_000, 70_000, null],
      ])
    })

    it('begin anew after it was silent, and a clock that goes back takes nothing away', async () => {
      await store.scheduler.seen('w', now, gap)
      await store.scheduler.seen('w', now + 10 * gap, gap)
      await store.scheduler.seen('w', now + 9 * gap, gap)
      expect(await spans()).toEqual([
        [0, 0, 0],
        [10 * gap, 10 * gap, null],
      ])
      expect(await store.scheduler.lastSeenAt()).toBe(now + 10 * gap)
    })

    it('come with their neighbours, and old ones can be removed', async () => {
      for (const at of [0, 10, 20, 30]) await store.scheduler.seen('w', now + at * gap, gap / 2)
      const found = await store.scheduler.spans(now + 19 * gap, now + 21 * gap)
      expect(found.map(({ startedAt }) => (startedAt - now) / gap)).toEqual([10, 20, 30])
      expect(await store.scheduler.pruneSpans(now + 15 * gap)).toBe(2)
      expect(await spans()).toHaveLength(2)
    })
  })
}

const ask = (store: Store, job: JobRecord, onOverlap: 'wait' | 'replace' | null = null) =>
  store.runs.enqueueManual(
    {
      jobId: job.id,
      idempotencyKey: `${Math.random()}`,
      args: null,
      onlyUserIds: null,
      dryRun: false,
      onOverlap,
    },
    change,
  )
