import { defineAction } from '@kamihi/core'
import { presentJob } from '@kamihi/jobs'
import type { Change } from '@kamihi/store'
import { describe, expect, it } from 'vitest'
import { createJob, createPerUserJob, startTestBot, type TestBot } from './bot.ts'

const minute = 60_000
const report = defineAction({ name: 'report', run: () => 'hi' })
const by = (bot: TestBot, name: string): Change => ({
  actor: { kind: 'account', id: null, name },
  now: bot.clock.now(),
})
const next = { scheduledFor: null, reason: 'public holiday' }
const shown = async (bot: TestBot, jobId: string) => {
  const row = await bot.store.jobs.getRow(jobId)
  if (!row) throw new Error('no job')
  return presentJob(bot.kamihi, row)
}

describe('an occurrence that is to be left out', () => {
  it('is the next one by default; it becomes a row that says who and why, and the one after it runs', async () => {
    const bot = await startTestBot([report])
    const job = await createPerUserJob(bot, 'report')
    const cursor = job.nextRunAt ?? 0
    expect(await bot.jobs.skip(job.id, next, by(bot, 'Ana'))).toMatchObject({
      kind: 'skipped',
      scheduledFor: cursor,
    })
    expect(await shown(bot, job.id)).toMatchObject({
      nextRunAt: new Date(cursor + minute).toISOString(),
      skips: [{ scheduledFor: new Date(cursor).toISOString(), by: 'Ana', reason: 'public holiday' }],
    })
    bot.clock.advance(minute)
    await expect
      .poll(async () => (await bot.store.runs.list({})).items)
      .toMatchObject([
        {
          state: 'skipped',
          reason: 'requested',
          reasonDetail: 'Ana asked to leave it out: public holiday',
          scheduledFor: new Date(cursor).toISOString(),
        },
      ])
    bot.clock.advance(minute)
    await bot.emulator.control.waitForMessage(1, (message) => message.text === 'hi')
    expect((await shown(bot, job.id)).skips).toEqual([])
  })

  it('asked for twice is the next and the one after it', async () => {
    const bot = await startTestBot([report])
    const job = await createPerUserJob(bot, 'report')
    await bot.jobs.skip(job.id, next, by(bot, 'Ana'))
    await bot.jobs.skip(job.id, next, by(bot, 'Ana'))
    const { nextRunAt, skips } = await shown(bot, job.id)
    expect(skips).toHaveLength(2)
    expect(Date.parse(nextRunAt ?? '')).toBe((job.nextRunAt ?? 0) + 2 * minute)
  })

  it('has to be one that the schedule has; else the nearest ones are named', async () => {
    const bot = await startTestBot([report])
    const job = await createJob(bot, { action: 'report', cronExpression: '0 9 * * *' })
    const nine = job.nextRunAt ?? 0
    const ask = (scheduledFor: number) =>
      bot.jobs.skip(job.id, { scheduledFor, reason: null }, by(bot, 'Ana'))
    const iso = (ms: number) => new Date(ms).toISOString()
    expect(await ask(nine + minute)).toEqual({
      kind: 'not_scheduled',
      issue: {
        kind: 'not_at_that_time',
        at: iso(nine + minute),
        hasPassed: false,
        nearest: [iso(nine), iso(nine + 1440 * minute)],
      },
      nearest: [nine, nine + 1440 * minute],
    })
    expect(await ask(nine - 1440 * minute)).toMatchObject({
      kind: 'not_scheduled',
      issue: { kind: 'not_at_that_time', hasPassed: true, nearest: [iso(nine)] },
    })
    await bot.jobs.update(job.id, 1, { enabled: false }, by(bot, 'Ana'))
    expect(await ask(nine)).toMatchObject({ kind: 'not_scheduled', nearest: [] })
    expect(await bot.jobs.skip('nothing', next, by(bot, 'Ana'))).toEqual({ kind: 'not_found' })
  })

  it('runs after all when that is taken back', async () => {
    const bot = await startTestBot([report])
    const job = await createPerUserJob(bot, 'report')
    await bot.jobs.skip(job.id, next, by(bot, 'Ana'))
    const cursor = job.nextRunAt ?? 0
    expect(await bot.jobs.unskip(job.id, cursor, by(bot, 'Luis'))).toMatchObject({ kind: 'unskipped' })
    expect(await bot.jobs.unskip(job.id, cursor, by(bot, 'Luis'))).toEqual({ kind: 'not_skipped' })
    bot.clock.advance(minute)
    await bot.emulator.control.waitForMessage(1, (message) => message.text === 'hi')
  })

  it('is forgotten when an edit leaves no such time, and kept when the new schedule has it too', async () => {
    const bot = await startTestBot([report])
    const job = await createJob(bot, { action: 'report', cronExpression: '0 9,10 * * *' })
    const first = job.nextRunAt ?? 0
    await bot.jobs.skip(job.id, { scheduledFor: first, reason: null }, by(bot, 'Ana'))
    await bot.jobs.skip(job.id, next, by(bot, 'Ana'))
    expect((await shown(bot, job.id)).skips).toHaveLength(2)
    const hour = new Date(first).getUTCHours()
    await bot.jobs.update(job.id, 1, { cronExpression: `0 ${hour} * * *` }, by(bot, 'Ana'))
    expect((await shown(bot, job.id)).skips.map((skip) => Date.parse(skip.scheduledFor))).toEqual([first])
  })

  it('is part of the missed ones when nobody was there to run it either', async () => {
    const bot = await startTestBot([report])
    const job = await createJob(bot, { action: 'report', cronExpression: '* * * * *', catchUp: 'skip' })
    await bot.jobs.skip(job.id, next, by(bot, 'Ana'))
    await bot.kamihi.stop()
    bot.clock.advance(5 * minute + 70_000)
    const { kamihi } = await bot.another()
    const rows = async () =>
      (await kamihi.store.runs.listScheduled(job.id, 0, bot.clock.now(), 10)).map(({ reason }) => reason)
    await expect.poll(rows).toEqual(['missed', null])
    expect(await kamihi.store.jobs.skips(job.id)).toEqual([])
  })
})
