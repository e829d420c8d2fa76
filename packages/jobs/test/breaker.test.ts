import { defineAction } from '@kamihi/core'
import { describe, expect, it } from 'vitest'
import { change, createJob, createPerUserJob, runNow, startTestBot, type TestBot } from './bot.ts'

const paused = (bot: TestBot, runId: string) =>
  expect.poll(async () => (await bot.store.runs.get(runId))?.state, { timeout: 20_000 }).toBe('paused')

describe('a run whose first recipients fail alike', () => {
  it('is paused with the rest pending, and goes on when the fault is mended and somebody resumes it', async () => {
    let broken = true
    const calls: (string | undefined)[] = []
    const report = defineAction({
      name: 'report',
      run({ user }) {
        calls.push(user?.id)
        if (broken) throw new Error('the service is down')
        return 'hello'
      },
    })
    const bot = await startTestBot([report], { people: 40 })
    const { id } = await runNow(bot, (await createPerUserJob(bot, 'report')).id)
    await paused(bot, id)
    const run = await bot.store.runs.get(id)
    expect(run).toMatchObject({ pausedBy: 'breaker', counts: { failed: 5, pending: 35, inProgress: 0 } })
    expect(run?.pauseReason).toBe('The first 5 recipients failed alike: the service is down')
    expect(calls).toHaveLength(5)
    broken = false
    await bot.jobs.resume(id, change)
    const ended = await bot.ended(id)
    expect(ended).toMatchObject({ state: 'partial', pausedBy: null, counts: { failed: 5, sent: 35 } })
    expect(new Set(calls).size).toBe(40)
  })

  it('is paused once more when it was resumed and nothing was mended', async () => {
    const report = defineAction({
      name: 'report',
      run() {
        throw new Error('the service is down')
      },
    })
    const bot = await startTestBot([report], { people: 12 })
    const { id } = await runNow(bot, (await createPerUserJob(bot, 'report')).id)
    await paused(bot, id)
    await bot.jobs.resume(id, change)
    await expect
      .poll(async () => (await bot.store.runs.get(id))?.counts, { timeout: 20_000 })
      .toMatchObject({ failed: 10, pending: 2 })
    await paused(bot, id)
    await bot.jobs.cancel(id, change)
    expect(await bot.ended(id)).toMatchObject({ counts: { failed: 10, cancelled: 2 } })
  })

  it('is paused too when it is the same message for all that Telegram refuses', async () => {
    const report = defineAction({ name: 'report', run: () => 'hello' })
    const bot = await startTestBot([report], { people: 12 })
    await bot.emulator.control.fail({
      method: 'sendMessage',
      times: null,
      error: { status: 400, description: 'Bad Request: message is too odd' },
    })
    const job = await createJob(bot, { action: 'report', cronExpression: '* * * * *', userIds: bot.users })
    const { id } = await runNow(bot, job.id)
    await paused(bot, id)
    expect((await bot.store.runs.get(id))?.counts).toMatchObject({ failed: 5, pending: 7 })
  })

  it('goes on when they fail differently, or for reasons of their own', async () => {
    const report = defineAction({
      name: 'report',
      run({ user }) {
        throw new Error(`no data for ${user?.name}`)
      },
    })
    const bot = await startTestBot([report], { people: 12 })
    const { id } = await runNow(bot, (await createPerUserJob(bot, 'report')).id)
    expect(await bot.ended(id)).toMatchObject({ state: 'failed', counts: { failed: 12 } })
  })
})
