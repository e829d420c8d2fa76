import { defineAction } from '@kamihi/core'
import type { Change } from '@kamihi/store'
import { describe, expect, it } from 'vitest'
import { createJob, startTestBot, type TestBot } from './bot.ts'

const minute = 60_000
const hour = 60 * minute
const report = defineAction({ name: 'report', run: () => 'hi' })
const by = (bot: TestBot, name: string): Change => ({
  actor: { kind: 'account', id: null, name },
  now: bot.clock.now(),
})
const hourly = (bot: TestBot) =>
  createJob(bot, { action: 'report', cronExpression: '0 * * * *', timezone: 'UTC' })
type Explains = Pick<TestBot['jobs'], 'explain'>
const outcomes = async (jobs: Explains, id: string, from: number, to: number) =>
  (await jobs.explain(id, from, to))?.items.map(({ outcome, run }) => [outcome, run?.state ?? null])

describe('why a job did not run', () => {
  it('is told for each time of it: ran, left out, paused, disabled, to come, and before it was made', async () => {
    const bot = await startTestBot([report])
    const start = Math.ceil(bot.clock.now() / hour) * hour
    const job = await hourly(bot)
    const moveTo = (at: number) => bot.clock.advance(at - bot.clock.now())
    const rows = () => bot.store.runs.listScheduled(job.id, 0, start + 100 * hour, 100)
    moveTo(start + 5000)
    await expect.poll(rows).toMatchObject([{ state: 'completed' }])
    await bot.jobs.skip(job.id, { scheduledFor: null, reason: 'party' }, by(bot, 'Ana'))
    moveTo(start + hour + 5000)
    await expect.poll(async () => (await rows()).length).toBe(2)
    await bot.jobs.pauseJob(job.id, { reason: null }, by(bot, 'Ana'))
    moveTo(start + 3 * hour + 5000)
    await bot.jobs.resumeJob(job.id, by(bot, 'Ana'))
    await bot.jobs.update(job.id, 1, { enabled: false }, by(bot, 'Luis'))
    moveTo(start + 5 * hour + 5000)
    await bot.jobs.update(job.id, 2, { enabled: true }, by(bot, 'Luis'))
    const told = await bot.jobs.explain(job.id, start - hour, start + 6 * hour)
    expect(told?.items.map(({ outcome, run }) => [outcome, run?.state ?? null])).toEqual([
      ['not_created', null],
      ['ran', 'completed'],
      ['requested', 'skipped'],
      ['paused', 'skipped'],
      ['paused', 'skipped'],
      ['disabled', null],
      ['disabled', null],
      ['upcoming', null],
    ])
    expect(told?.items[5]?.sentence).toMatch(
      /^The job was disabled: Luis switched it off at .+, Luis switched it on/,
    )
    expect(told).toMatchObject({ truncated: false, from: new Date(start - hour).toISOString() })
  })

  it('is that the bot was not running, from when to when', async () => {
    const bot = await startTestBot([report])
    const job = await hourly(bot)
    const start = job.nextRunAt ?? 0
    await expect.poll(bot.store.scheduler.lastSeenAt).not.toBeNull()
    const stoppedAt = bot.clock.now()
    await bot.kamihi.stop()
    bot.clock.advance(start + 2 * hour + 30 * minute - bot.clock.now())
    const { jobs, kamihi } = await bot.another()
    const rows = () => kamihi.store.runs.listScheduled(job.id, 0, start + 9 * hour, 100)
    await expect.poll(async () => (await rows()).length).toBe(2)
    const told = await jobs.explain(job.id, start, start + hour)
    expect(told?.items).toMatchObject([
      {
        outcome: 'missed',
        sentence: expect.stringMatching(/^The bot was not running from .+ It is one of 2 /),
      },
      { outcome: 'missed' },
    ])
    const { from, to } = told?.items[0] ?? {}
    expect(Math.abs(Date.parse(from ?? '') - stoppedAt)).toBeLessThan(30_000)
    expect(Date.parse(to ?? '')).toBeGreaterThanOrEqual(start + 2 * hour + 30 * minute)
    // The latest one was made up for.
    expect(await outcomes(jobs, job.id, start + 2 * hour, start + 2 * hour)).toMatchObject([
      ['ran', expect.anything()],
    ])
  })

  it('is told by the schedule of that time, where it was edited since', async () => {
    const bot = await startTestBot([report])
    const job = await createJob(bot, { action: 'report', cronExpression: '30 * * * *', timezone: 'UTC' })
    const created = bot.clock.now()
    bot.clock.advance(2 * hour)
    const rows = async () => (await bot.store.runs.listScheduled(job.id, 0, created + 9 * hour, 100)).length
    await expect.poll(rows).toBeGreaterThan(0)
    await bot.jobs.update(job.id, 1, { cronExpression: '0 * * * *' }, by(bot, 'Ana'))
    const told = await bot.jobs.explain(job.id, created, bot.clock.now())
    const edited = told?.items.filter(({ outcome }) => outcome === 'edited') ?? []
    expect(edited.length).toBeGreaterThan(0)
    expect(edited[0]?.sentence).toMatch(/^The schedule was 30 \* \* \* \* until Ana changed it at /)
    // What ran by the old schedule is shown as well.
    expect(told?.items.some(({ run }) => run !== null)).toBe(true)
  })

  it('is told for a hundred times at most, and says that there are more', async () => {
    const bot = await startTestBot([report])
    const job = await createJob(bot, { action: 'report', cronExpression: '* * * * *' })
    const from = bot.clock.now()
    const told = await bot.jobs.explain(job.id, from, from + 24 * hour)
    expect([told?.items.length, told?.truncated]).toEqual([100, true])
    const next = Date.parse(told?.items.at(-1)?.at ?? '') + 1
    const rest = await bot.jobs.explain(job.id, next, next + 10 * minute)
    expect([rest?.items.length, rest?.truncated]).toEqual([10, false])
    expect(await bot.jobs.explain('nothing', from, from)).toBeNull()
  })
})
