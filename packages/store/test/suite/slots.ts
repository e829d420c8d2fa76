import type { Run } from '@kamihi/contracts'
import { beforeEach, describe, expect, it } from 'vitest'
import type { JobRecord, ManualEnqueue, Occurrence, Store } from '../../src/index.ts'
import { change, lease, now, withActions, withJob } from '../fixtures.ts'

const minute = 60_000
/** When somebody asks: ten minutes after the times that are meant. */
const later = { ...change, now: now + 10 * minute }

/** Runs by hand that stand for a time of the job which passed without one. */
export function slotsSuite(newDatabase: () => () => Promise<Store>): void {
  let store: Store
  let open: () => Promise<Store>
  beforeEach(async () => {
    open = newDatabase()
    store = await open()
    await withActions(store, 'report')
    return () => store.close()
  })

  /** A job whose cursor has gone past some occurrences. */
  const passed = async (...occurrences: Occurrence[]): Promise<JobRecord> => {
    const job = await withJob(store, { overlap: 'allow' })
    const nextRunAt = now + 20 * minute
    await store.runs.enqueueScheduled({
      jobId: job.id,
      expectedNextRunAt: now,
      nextRunAt,
      occurrences,
      now: now + 5 * minute,
    })
    return job
  }
  const missed = { kind: 'missed', from: now, to: now + 4 * minute, count: 5 } as const
  const skipped = { kind: 'skipped', scheduledFor: now, reason: 'action_missing' } as const
  const ask = (job: JobRecord, at: number, more: Partial<ManualEnqueue> = {}, by = store) =>
    by.runs.enqueueManual(
      {
        jobId: job.id,
        idempotencyKey: `${Math.random()}`,
        args: null,
        onlyUserIds: null,
        dryRun: false,
        scheduledFor: at,
        ...more,
      },
      later,
    )
  const iso = (at: number) => new Date(at).toISOString()

  describe('a run for a time that passed', () => {
    it.each([
      ['missed', missed, now],
      ['missed among others', missed, now + 2 * minute],
      ['skipped', skipped, now],
    ] as [string, Occurrence, number][])(
      'that was %s says for which it stands',
      async (_, occurrence, at) => {
        const job = await passed(occurrence)
        expect(await ask(job, at)).toMatchObject({
          kind: 'enqueued',
          run: { trigger: 'manual', scheduledFor: iso(at), requestedBy: 'test' },
        })
        expect((await store.jobs.get(job.id))?.nextRunAt).toBe(now + 20 * minute)
        expect((await store.audit.list({ verb: 'job.run' })).items).toMatchObject([
          { changes: { scheduledFor: { after: iso(at) } } },
        ])
      },
    )

    it('is made once, whoever asks and how often', async () => {
      const job = await passed(missed)
      const other = await open()
      const asked = await Promise.all([ask(job, now), ask(job, now, {}, other)])
      await other.close()
      expect(asked.map(({ kind }) => kind).sort()).toEqual(['enqueued', 'slot_taken'])
      expect(await ask(job, now + minute)).toMatchObject({ kind: 'enqueued' })
    })

    it('is the same run for the same key, which no other time can have', async () => {
      const job = await passed(missed)
      const key = { idempotencyKey: 'once' }
      const first = (await ask(job, now, key)) as { run: Run }
      expect(await ask(job, now, key)).toMatchObject({ kind: 'existing', run: { id: first.run.id } })
      expect(await ask(job, now + minute, key)).toMatchObject({ kind: 'key_reused' })
      expect(
        await store.runs.enqueueManual(
          { jobId: job.id, ...key, args: null, onlyUserIds: null, dryRun: false },
          later,
        ),
      ).toMatchObject({ kind: 'key_reused' })
    })

    it('is refused where the schedule has run it', async () => {
      const job = await passed({ kind: 'run', scheduledFor: now })
      const [run] = (await store.runs.list({ jobId: job.id })).items
      expect(await ask(job, now)).toMatchObject({ kind: 'slot_taken', run: { id: run?.id } })
    })

    it('is refused for a time that the schedule may still run', async () => {
      const job = await withJob(store)
      expect(await ask(job, now)).toEqual({ kind: 'slot_ahead' })
      expect(await ask(job, later.now + minute)).toEqual({ kind: 'slot_ahead' })
    })

    it('is made while the job is paused, since what passes meanwhile does not run', async () => {
      const job = await withJob(store)
      await store.jobs.pause(job.id, { reason: null }, change)
      expect(await ask(job, now)).toMatchObject({ kind: 'enqueued' })
    })

    it('that is dry takes no time away', async () => {
      const job = await passed(missed)
      expect(await ask(job, now, { dryRun: true })).toMatchObject({
        kind: 'enqueued',
        run: { dryRun: true, scheduledFor: iso(now) },
      })
      expect(await ask(job, now)).toMatchObject({ kind: 'enqueued' })
    })

    it('is found beside the rows of the schedule', async () => {
      const job = await passed(missed)
      await ask(job, now + minute)
      await ask(job, now + 2 * minute, { dryRun: true })
      const rows = await store.runs.listScheduled(job.id, now, now + 5 * minute, 10)
      expect(rows.map(({ trigger, scheduledFor }) => [trigger, scheduledFor])).toEqual([
        ['schedule', iso(now)],
        ['manual', iso(now + minute)],
      ])
    })

    it('stays in the history as long as what it stands for, so that it cannot be run once more', async () => {
      const job = await passed(missed)
      const { run } = (await ask(job, now)) as { run: Run }
      await store.runs.claim(lease('w'), 10, later.now)
      await store.runs.writeAudience(run.id, 'w', later.now)
      await store.runs.actionStarted(run.id, 'w', later.now)
      await store.runs.actionReturned(run.id, 'w', [], later.now)
      for (const minutes of [1, 2]) {
        const { id } = (
          (await store.runs.enqueueManual(
            { jobId: job.id, idempotencyKey: `${minutes}`, args: null, onlyUserIds: null, dryRun: true },
            { ...later, now: later.now + minutes * minute },
          )) as { run: Run }
        ).run
        await store.runs.cancel(id, later)
      }
      await store.runs.prune({ olderThan: now - minute, keepPerJob: 1, limit: 500, from: null })
      expect(await ask(job, now)).toMatchObject({
        kind: 'slot_taken',
        run: { id: run.id, state: 'completed' },
      })
    })
  })
}
