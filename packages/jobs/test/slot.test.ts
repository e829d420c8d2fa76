import { defineAction } from '@kamihi/core'
import { describe, expect, it } from 'vitest'
import { change, createJob, startTestBot, type TestBot } from './bot.ts'

const hour = 3_600_000
const seen: { at: Date | null; key: string | null }[] = []
const report = defineAction({
  name: 'report',
  run: ({ job }) => {
    seen.push({ at: job?.scheduledFor ?? null, key: job?.key ?? null })
    return 'hi'
  },
})

/** A job that runs each hour, was missed once and has run since. */
async function withMissed() {
  const bot = await startTestBot([report], { people: 1 })
  const job = await createJob(bot, {
    action: 'report',
    cronExpression: '0 * * * *',
    timezone: 'UTC',
    userIds: bot.users,
  })
  const first = job.nextRunAt ?? 0
  bot.clock.advance(first + hour + 5000 - bot.clock.now())
  const rows = () => bot.store.runs.listScheduled(job.id, 0, first + hour, 10)
  await expect.poll(async () => (await rows()).map(({ state }) => state)).toEqual(['skipped', 'completed'])
  const ask = (scheduledFor: number, more: { key?: string; dryRun?: boolean } = {}) =>
    bot.jobs.run(
      job.id,
      {
        idempotencyKey: more.key ?? `${Math.random()}`,
        args: null,
        onlyUserIds: null,
        dryRun: more.dryRun ?? false,
        scheduledFor,
      },
      { ...change, now: bot.clock.now() },
    )
  return { bot, job, first, ask }
}

const outcomeAt = async ({ jobs }: TestBot, id: string, at: number) =>
  (await jobs.explain(id, at, at))?.items.map(({ outcome, run }) => [outcome, run?.id, run?.state])

describe('a run by hand for a time that passed without one', () => {
  it('tells the action that time, and why nothing ran then is answered by it', async () => {
    const { bot, job, first, ask } = await withMissed()
    const asked = await ask(first, { key: 'by-hand' })
    if (asked.kind !== 'enqueued') throw new Error(asked.kind)
    await bot.ended(asked.run.id)
    expect(seen.at(-1)).toEqual({ at: new Date(first), key: 'by-hand' })
    expect(await outcomeAt(bot, job.id, first)).toEqual([['ran', asked.run.id, 'completed']])
    expect(await ask(first)).toMatchObject({ kind: 'slot_taken', run: { id: asked.run.id } })
  })

  it('is refused for a time that ran, that is to come, and at which the job does not run', async () => {
    const { bot, job, first, ask } = await withMissed()
    expect(await ask(first + hour)).toMatchObject({ kind: 'slot_taken', run: { trigger: 'schedule' } })
    expect(await ask(first + 2 * hour)).toEqual({ kind: 'slot_ahead' })
    expect(await ask(first + 60_000)).toEqual({
      kind: 'slot_not_scheduled',
      nearest: [first, first + hour],
    })
    expect(await ask(first - 5 * hour)).toMatchObject({ kind: 'slot_not_scheduled' })
    expect((await bot.store.runs.list({ jobId: job.id, trigger: 'manual' })).total).toBe(0)
  })

  it('is refused where the history no longer tells whether it ran', async () => {
    const { bot, job, first, ask } = await withMissed()
    const after = { olderThan: bot.clock.now() + hour, keepPerJob: 1, limit: 500, from: null }
    await bot.store.runs.prune(after)
    expect(await outcomeAt(bot, job.id, first)).toEqual([['not_running', undefined, undefined]])
    expect(await ask(first)).toEqual({ kind: 'slot_unrecorded' })
  })

  it('that is dry leaves the time as it is', async () => {
    const { bot, job, first, ask } = await withMissed()
    const asked = await ask(first, { dryRun: true })
    if (asked.kind !== 'enqueued') throw new Error(asked.kind)
    expect((await bot.ended(asked.run.id)).dryRun).toBe(true)
    expect((await outcomeAt(bot, job.id, first))?.[0]?.[0]).toBe('missed')
  })

  it('of a job that is not there is refused as such', async () => {
    const { bot } = await withMissed()
    const asked = { idempotencyKey: 'k', args: null, onlyUserIds: null, dryRun: false, scheduledFor: 0 }
    expect(await bot.jobs.run('nothing', asked, change)).toEqual({ kind: 'not_found' })
  })
})
