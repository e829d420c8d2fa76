import { defineAction } from '@kamihi/core'
import { presentJob } from '@kamihi/jobs'
import type { Change } from '@kamihi/store'
import { describe, expect, it } from 'vitest'
import { createJob, createPerUserJob, runNow, startTestBot, type TestBot } from './bot.ts'

const minute = 60_000
const report = defineAction({ name: 'report', run: () => 'hi' })
const by = (bot: TestBot, name: string): Change => ({
  actor: { kind: 'account', id: null, name },
  now: bot.clock.now(),
})
const rowsOf = async (bot: TestBot, jobId: string) =>
  (await bot.store.runs.listScheduled(jobId, 0, bot.clock.now(), 100)).map(
    ({ state, reason, reasonDetail, missed }) => ({
      state,
      reason,
      reasonDetail,
      count: missed?.count ?? null,
    }),
  )
const shown = async (bot: TestBot, jobId: string) => {
  const row = await bot.store.jobs.getRow(jobId)
  if (!row) throw new Error('no job')
  return presentJob(bot.kamihi, row, (await bot.store.scheduler.pauses()).current)
}

describe('a job that is paused', () => {
  it('does not run, and what passed is one row when it goes on: nothing runs for the past', async () => {
    const bot = await startTestBot([report])
    const job = await createPerUserJob(bot, 'report')
    await bot.jobs.pauseJob(job.id, { reason: 'holiday' }, by(bot, 'Ana'))
    expect(await shown(bot, job.id)).toMatchObject({
      nextRunAt: null,
      paused: { by: 'Ana', reason: 'holiday' },
    })
    bot.clock.advance(10 * minute)
    const outcome = await bot.jobs.resumeJob(job.id, by(bot, 'Luis'))
    expect(outcome).toMatchObject({ kind: 'resumed' })
    expect(await rowsOf(bot, job.id)).toEqual([
      { state: 'skipped', reason: 'paused', reasonDetail: 'Paused by Ana: holiday', count: 10 },
    ])
    const next = Date.parse((await shown(bot, job.id)).nextRunAt ?? '')
    expect(next).toBeGreaterThan(bot.clock.now())
    bot.clock.advance(minute)
    await bot.emulator.control.waitForMessage(1, (message) => message.text === 'hi')
    await expect
      .poll(async () => (await rowsOf(bot, job.id)).map(({ state }) => state))
      .toEqual(['skipped', 'completed'])
  })

  it('is paused once: whoever pauses or resumes it again changes nothing', async () => {
    const bot = await startTestBot([report])
    const job = await createPerUserJob(bot, 'report')
    await bot.jobs.pauseJob(job.id, { reason: null }, by(bot, 'Ana'))
    expect(await bot.jobs.pauseJob(job.id, { reason: 'x' }, by(bot, 'Luis'))).toMatchObject({
      kind: 'already_paused',
      job: { pausedBy: 'Ana' },
    })
    expect(await bot.jobs.resumeJob(job.id, by(bot, 'Luis'))).toMatchObject({ kind: 'resumed' })
    expect(await bot.jobs.resumeJob(job.id, by(bot, 'Luis'))).toMatchObject({ kind: 'not_paused' })
    expect(await bot.jobs.resumeJob('nothing', by(bot, 'Luis'))).toEqual({ kind: 'not_found' })
    // Nothing passed in between, so nothing is written.
    expect(await rowsOf(bot, job.id)).toEqual([])
  })

  it('still runs by hand', async () => {
    const bot = await startTestBot([report])
    const job = await createPerUserJob(bot, 'report')
    await bot.jobs.pauseJob(job.id, { reason: null }, by(bot, 'Ana'))
    expect(await bot.ended((await runNow(bot, job.id)).id)).toMatchObject({ state: 'completed' })
  })

  it('stays paused while it is edited; what passed under another schedule is recorded with the edit', async () => {
    const bot = await startTestBot([report])
    const job = await createPerUserJob(bot, 'report')
    await bot.jobs.pauseJob(job.id, { reason: null }, by(bot, 'Ana'))
    bot.clock.advance(5 * minute)
    await bot.jobs.update(job.id, 1, { name: 'renamed' }, by(bot, 'Luis'))
    expect(await rowsOf(bot, job.id)).toEqual([])
    bot.clock.advance(minute)
    await bot.jobs.update(job.id, 2, { cronExpression: '0 9 1 1 *' }, by(bot, 'Luis'))
    expect(await rowsOf(bot, job.id)).toMatchObject([{ reason: 'paused', count: 6 }])
    expect(await shown(bot, job.id)).toMatchObject({ paused: { by: 'Ana' }, nextRunAt: null })
    await bot.jobs.resumeJob(job.id, by(bot, 'Luis'))
    expect(await rowsOf(bot, job.id)).toHaveLength(1)
    expect((await shown(bot, job.id)).nextRunAt).toMatch(/-01-01T09:00/)
  })
})

describe('a job that is due', () => {
  it('keeps its run when it is edited without a change of its schedule', async () => {
    const bot = await startTestBot([report])
    const job = await createPerUserJob(bot, 'report')
    await bot.kamihi.stop()
    bot.clock.advance(minute)
    const { kamihi, jobs } = await bot.another()
    await jobs.update(job.id, job.version, { name: 'renamed' }, by(bot, 'Luis'))
    await bot.emulator.control.waitForMessage(1, (message) => message.text === 'hi')
    expect((await kamihi.store.runs.list({ jobId: job.id })).items).toMatchObject([{ trigger: 'schedule' }])
  })
})

describe('the scheduler that is paused', () => {
  it('lets no job run, says so with each, and goes on with one row for each job that had something due', async () => {
    const bot = await startTestBot([report])
    const [often, rarely] = [
      await createPerUserJob(bot, 'report'),
      await createJob(bot, { action: 'report', cronExpression: '0 0 1 1 *' }),
    ]
    await bot.jobs.pauseAll({ reason: 'maintenance' }, by(bot, 'Ana'))
    expect(await shown(bot, often.id)).toMatchObject({
      nextRunAt: null,
      paused: null,
      warnings: [{ code: 'scheduler_paused', message: expect.stringContaining('by Ana: maintenance') }],
    })
    await expect.poll(bot.jobs.status).toBe('paused')
    bot.clock.advance(10 * minute)
    await expect.poll(bot.jobs.describeScheduler).toMatchObject({
      state: 'paused',
      paused: { by: 'Ana', reason: 'maintenance' },
      nextDueAt: null,
      lagMs: 0,
    })
    await bot.jobs.resumeAll(by(bot, 'Luis'))
    await expect
      .poll(() => rowsOf(bot, often.id))
      .toEqual([
        {
          state: 'skipped',
          reason: 'paused',
          reasonDetail: 'The scheduler was paused by Ana: maintenance',
          count: 10,
        },
      ])
    expect(await rowsOf(bot, rarely.id)).toEqual([])
    await expect.poll(bot.jobs.describeScheduler).toMatchObject({ state: 'running', paused: null, lagMs: 0 })
    bot.clock.advance(minute)
    await bot.emulator.control.waitForMessage(1, (message) => message.text === 'hi')
  })

  it('is paused and resumed from another process, and stays so over a restart', async () => {
    const bot = await startTestBot([report])
    const job = await createPerUserJob(bot, 'report')
    const other = await bot.another()
    await other.jobs.pauseAll({ reason: null }, by(bot, 'Ana'))
    bot.clock.advance(3 * minute)
    await expect.poll(bot.jobs.status).toBe('paused')
    await bot.kamihi.stop()
    await other.kamihi.stop()
    bot.clock.advance(3 * minute)
    const third = await bot.another()
    await expect.poll(third.jobs.status).toBe('paused')
    const fourth = await bot.another()
    await fourth.jobs.resumeAll(by(bot, 'Luis'))
    const { store } = third.kamihi
    const rows = () => store.runs.listScheduled(job.id, 0, bot.clock.now(), 10)
    await expect.poll(rows).toMatchObject([{ state: 'skipped', reason: 'paused', missed: { count: 6 } }])
  })

  it('leaves the runs that are open alone', async () => {
    let finish = () => {}
    const slow = defineAction({
      name: 'slow',
      run: () =>
        new Promise<string>((resolve) => {
          finish = () => resolve('done')
        }),
    })
    const bot = await startTestBot([slow], { people: 1 })
    const job = await createPerUserJob(bot, 'slow')
    const run = await runNow(bot, job.id)
    await expect.poll(async () => (await bot.store.runs.get(run.id))?.counts.inProgress).toBe(1)
    await bot.jobs.pauseAll({ reason: null }, by(bot, 'Ana'))
    finish()
    expect(await bot.ended(run.id)).toMatchObject({ state: 'completed', counts: { sent: 1 } })
  })
})
