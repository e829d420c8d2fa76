import { defineAction } from '@kamihi/core'
import { describe, expect, it } from 'vitest'
import { change, startTestBot, type TestBot } from './bot.ts'

const minute = 60_000
const report = defineAction({ name: 'report', run: () => 'hi' })
const iso = (at: number) => new Date(at).toISOString()
const every = { action: 'report', cronExpression: '* * * * *', timezone: 'UTC' } as const
const nextMinute = (bot: TestBot) => Math.ceil(bot.clock.now() / minute) * minute
const times = async (bot: TestBot) =>
  (await bot.store.runs.list({ sort: 'startedAt', order: 'asc' })).items.map(
    ({ scheduledFor }) => scheduledFor,
  )

describe('a job with a start and an end', () => {
  it('runs at neither before the one nor after the other, and at both', async () => {
    const bot = await startTestBot([report])
    const start = nextMinute(bot) + 2 * minute
    const bounds = { startsAt: iso(start), endsAt: iso(start + minute) }
    const saved = await bot.jobs.create({ ...every, ...bounds }, change)
    expect(saved).toMatchObject({ kind: 'saved', value: { ...bounds, nextRunAt: start } })
    for (let n = 1; n <= 6; n += 1) {
      bot.clock.advance(minute)
      const due = Math.min(Math.max(0, n - 2), 2)
      await expect.poll(async () => (await times(bot)).length).toBe(due)
    }
    expect(await times(bot)).toEqual([iso(start), iso(start + minute)])
    const [job] = (await bot.store.jobs.list({})).items
    expect(job?.nextRunAt).toBeNull()
    expect(job && bot.jobs.describe(job).warnings).toMatchObject([{ code: 'schedule_ended' }])
  })

  it('goes on when its end is moved, from then on only', async () => {
    const bot = await startTestBot([report])
    const end = nextMinute(bot)
    const saved = await bot.jobs.create({ ...every, endsAt: iso(end) }, change)
    if (saved.kind !== 'saved') throw new Error('refused')
    bot.clock.advance(minute)
    await expect.poll(() => times(bot)).toEqual([iso(end)])
    bot.clock.advance(5 * minute)
    const moved = await bot.jobs.update(saved.value.id, 1, { endsAt: null }, change)
    expect(moved).toMatchObject({ kind: 'saved', value: { endsAt: null, nextRunAt: nextMinute(bot) } })
  })

  it('keeps its place when the same start is sent in other words', async () => {
    const bot = await startTestBot([report])
    const saved = await bot.jobs.create({ ...every, startsAt: '2020-01-01T00:00:00.000Z' }, change)
    if (saved.kind !== 'saved') throw new Error('refused')
    const { id, nextRunAt } = saved.value
    const again = await bot.jobs.update(id, 1, { startsAt: '2020-01-01T01:00:00+01:00' }, change)
    expect(again).toMatchObject({ kind: 'saved', value: { startsAt: '2020-01-01T00:00:00.000Z', nextRunAt } })
  })

  it('is refused where nothing would run between them, with the field at fault', async () => {
    const bot = await startTestBot([report])
    const refusal = async (startsAt: string | null, endsAt: string) => {
      const daily = { action: 'report', cronExpression: '0 9 * * *', timezone: 'UTC' }
      const refused = await bot.jobs.create({ ...daily, startsAt, endsAt }, change)
      return refused.kind === 'refused' ? [refused.code, ...refused.errors.map(({ path }) => path)] : refused
    }
    expect(await refusal('2026-11-24T10:00:00Z', '2026-11-24T11:00:00Z')).toEqual([
      'invalid_period',
      '/endsAt',
    ])
    expect(await refusal('2026-11-24T10:00:00Z', '2026-11-23T11:00:00Z')).toEqual([
      'invalid_period',
      '/startsAt',
    ])
    expect(await refusal('2026-11-24T09:00:00Z', '2026-11-24T09:00:00Z')).toMatchObject({ kind: 'saved' })
  })

  it('shows in a preview when it would run first, and says when nothing is left', async () => {
    const bot = await startTestBot([report])
    const start = nextMinute(bot) + 9 * minute
    const preview = (bounds: object) => bot.jobs.preview({ ...every, ...bounds, count: 2 })
    expect(await preview({ startsAt: iso(start), endsAt: iso(start) })).toMatchObject({
      nextRuns: [{ at: iso(start) }],
      warnings: [],
    })
    expect(await preview({ endsAt: iso(start - 20 * minute) })).toMatchObject({
      nextRuns: [],
      warnings: [{ code: 'schedule_ended' }],
    })
  })

  it('tells of times before and after that it had not started, or had ended, and no run stands for them', async () => {
    const bot = await startTestBot([report])
    const start = nextMinute(bot) + minute
    const saved = await bot.jobs.create({ ...every, startsAt: iso(start), endsAt: iso(start) }, change)
    const id = saved.kind === 'saved' ? saved.value.id : ''
    const told = await bot.jobs.explain(id, start - minute, start + minute)
    expect(told?.items.map(({ outcome }) => outcome)).toEqual(['not_started', 'upcoming', 'ended'])
    bot.clock.advance(2 * minute)
    await expect.poll(() => times(bot)).toEqual([iso(start)])
    bot.clock.advance(2 * minute)
    const asked = { idempotencyKey: 'late', args: null, onlyUserIds: null, dryRun: false }
    const run = (scheduledFor: number) => bot.jobs.run(id, { ...asked, scheduledFor }, change)
    expect(await run(start + minute)).toMatchObject({ kind: 'slot_not_scheduled', nearest: [start] })
  })
})
