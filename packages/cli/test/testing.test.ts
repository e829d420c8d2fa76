import { ask, defineAction } from '@kamihi/core'
import { describe, expect, it } from 'vitest'
import { startTestBot } from '../src/testing.ts'

const report = defineAction({
  name: 'report',
  run: ({ user, job }) => `Report of ${job?.scheduledFor.toISOString() ?? 'now'} for ${user?.name}`,
})
const order = defineAction({
  name: 'order',
  args: { dish: ask.choice('What would you like?', ['Soup', 'Salad']), portions: ask.integer('How many?') },
  run: ({ args }) => `${args.portions} × ${args.dish}`,
})

describe('the test kit', () => {
  it('talks to a bot as one of its users', async () => {
    await using bot = await startTestBot({ actions: [order] })
    const ana = await bot.user({ name: 'Ana', mayUse: ['order'] })
    await ana.say('/order')
    await ana.press('Soup')
    await ana.hears('How many?')
    await ana.say('2')
    await ana.hears('2 × Soup')
    await expect.poll(async () => (await ana.commands()).map(({ command }) => command)).toContain('order')
  })

  it('moves the time to where a job is due', async () => {
    await using bot = await startTestBot({ actions: [report], startAt: '2027-03-28T00:59:30Z' })
    const ana = await bot.user({ name: 'Ana' })
    const job = await bot.job({
      action: 'report',
      cronExpression: '30 2 * * *',
      timezone: 'Europe/Madrid',
      perUser: true,
      users: [ana.telegramId],
    })
    // The clocks go forward at this very hour: half past two does not exist, and the job runs after the gap.
    expect(job.nextRunAt).toBe('2027-03-28T01:00:00.000Z')
    await bot.moveTo('2027-03-28T01:00:01Z')
    await ana.hears('Report of 2027-03-28T01:00:00.000Z for Ana')
    await bot.moveTo('2027-03-29T00:30:01Z')
    await ana.hears('Report of 2027-03-29T00:30:00.000Z for Ana')
    expect(await ana.heard()).toHaveLength(2)
  })

  it('runs a job by hand and tells how it ended', async () => {
    await using bot = await startTestBot({ actions: [report] })
    const [ana, luis] = [await bot.user({ name: 'Ana' }), await bot.user({ name: 'Luis' })]
    const users = [ana.telegramId, luis.telegramId]
    const job = await bot.job({ action: 'report', cronExpression: '0 0 1 1 *', perUser: true, users })
    await luis.block()
    expect(await bot.run(job)).toMatchObject({ state: 'partial', counts: { sent: 1, unreachable: 1 } })
  })

  it('says what is wrong with a job', async () => {
    await using bot = await startTestBot({ actions: [report] })
    await expect(bot.job({ action: 'report', cronExpression: '61 * * * *' })).rejects.toThrow(
      /^Invalid cron expression\./,
    )
    await expect(bot.job({ action: 'report', cronExpression: '* * * * *', users: [5] })).rejects.toThrow(
      /no user with the Telegram id 5/,
    )
  })
})
