import { defineAction } from '@kamihi/core'
import { describe, expect, it } from 'vitest'
import { change, createJob, createPerUserJob, runNow, startTestBot, type TestBot } from './bot.ts'

const second = 1000
const broken = defineAction({
  name: 'broken',
  run: () => Promise.reject(new Error('no answer from the shop')),
})
const picky = defineAction({
  name: 'picky',
  run: ({ user }) => (user?.telegramId === 3 ? Promise.reject(new Error('not for you')) : undefined),
})
const told = { overrides: { jobs: { enabled: true, notifyAdmins: true } } }

/** The first person of the bot is an admin. */
async function makeAdmin(bot: TestBot, index = 0): Promise<void> {
  const user = await bot.store.users.get(bot.users[index] ?? '')
  if (user) await bot.store.users.update(user.id, user.version, { isAdmin: true }, change)
}

const failedRun = async (bot: TestBot) => {
  const job = await createJob(bot, { action: 'broken', name: 'Shop', cronExpression: '0 0 1 1 *' })
  return bot.ended((await runNow(bot, job.id)).id)
}
const due = async (bot: TestBot) => (await bot.store.runs.listNotices(10)).length
/** Time goes by in steps so small that the lease of the scheduler is renewed meanwhile. */
async function pass(bot: TestBot, seconds: number): Promise<void> {
  for (let left = seconds; left > 0; left -= 4) {
    bot.clock.advance(Math.min(left, 4) * second)
    await expect.poll(() => bot.jobs.status()).toBe('running')
  }
}
/** Time for the notice: ten seconds in which others may join it, and the next look. */
const letTell = (bot: TestBot) =>
  expect
    .poll(async () => {
      bot.clock.advance(2 * second)
      return due(bot)
    })
    .toBe(0)

describe('an admin', () => {
  it('is told of a run that failed, with the reason and a link, and only once', async () => {
    const bot = await startTestBot([broken], { people: 2, ...told })
    await makeAdmin(bot)
    const run = await failedRun(bot)
    await letTell(bot)
    const [text] = await bot.texts(1)
    expect(text?.split('\n')).toEqual([
      'Shop failed',
      'Because: no answer from the shop',
      expect.stringMatching(/^\d+ \w+ \d{4}, \d\d:\d\d \(UTC\)$/),
      `http://localhost:4242/runs/${run.id}`,
    ])
    await pass(bot, 60)
    await failedRun(bot)
    await letTell(bot)
    expect([(await bot.texts(1)).length, (await bot.texts(2)).length]).toEqual([2, 0])
  })

  it('is told of one that did not reach everyone, in its own words', async () => {
    const bot = await startTestBot([picky], { people: 3, ...told })
    await makeAdmin(bot)
    const job = await createPerUserJob(bot, 'picky')
    await bot.ended((await runNow(bot, job.id)).id)
    await letTell(bot)
    expect((await bot.texts(1))[0]).toContain(
      '/picky did not reach everyone\n1 of 3 recipients not reached\n',
    )
  })

  it('is told of occurrences that were missed', async () => {
    const bot = await startTestBot([broken], { people: 1, ...told })
    await makeAdmin(bot)
    const job = await createJob(bot, { action: 'broken', cronExpression: '0 0 1 1 *' })
    const at = bot.clock.now() - 3600 * second
    await bot.store.runs.enqueueScheduled({
      jobId: job.id,
      expectedNextRunAt: job.nextRunAt ?? 0,
      nextRunAt: job.nextRunAt,
      occurrences: [{ kind: 'missed', from: at, to: at + 60 * second, count: 2 }],
      now: bot.clock.now(),
    })
    await letTell(bot)
    expect((await bot.texts(1))[0]).toContain('/broken was missed\n2 occurrences\n')
  })

  it('gets one message about all that went wrong at about the same time', async () => {
    const bot = await startTestBot([broken], { people: 1, ...told })
    await makeAdmin(bot)
    for (let n = 0; n < 3; n += 1) await failedRun(bot)
    await letTell(bot)
    const texts = await bot.texts(1)
    expect(texts).toHaveLength(1)
    expect(texts[0]).toMatch(/^3 runs did not go well\n\nShop failed\n/)
  })

  it('is not told of dry runs, nor of what somebody cancelled', async () => {
    const done: { resolve?: () => void } = {}
    const waits = defineAction({
      name: 'waits',
      run: () =>
        new Promise<void>((resolve) => {
          done.resolve = resolve
        }),
    })
    const bot = await startTestBot([broken, waits], { people: 1, ...told })
    await makeAdmin(bot)
    const dry = await createJob(bot, { action: 'broken', cronExpression: '0 0 1 1 *' })
    await bot.ended((await runNow(bot, dry.id, { dryRun: true })).id)
    const job = await createPerUserJob(bot, 'waits')
    const { id } = await runNow(bot, job.id)
    await expect.poll(() => done.resolve !== undefined).toBe(true)
    await bot.jobs.cancel(id, change)
    done.resolve?.()
    await bot.ended(id)
    expect(await due(bot)).toBe(0)
  })

  it('is told twice at most when the bot dies between sending and recording it', async () => {
    const bot = await startTestBot([broken], { people: 1, ...told })
    await makeAdmin(bot)
    await failedRun(bot)
    const record = bot.store.runs.noticesTold
    bot.store.runs.noticesTold = async (runs) => {
      if (runs.length === 0) return
      bot.store.runs.noticesTold = record
      throw new Error('killed')
    }
    await pass(bot, 16)
    await expect.poll(async () => (await bot.texts(1)).length).toBe(1)
    await letTell(bot)
    await pass(bot, 60)
    await bot.kamihi.stop()
    expect(await bot.texts(1)).toHaveLength(2)
  })

  it('who blocked the bot is left out, and it is not tried again and again', async () => {
    const bot = await startTestBot([broken], { people: 2, ...told })
    await makeAdmin(bot, 0)
    await makeAdmin(bot, 1)
    await bot.emulator.control.block(1)
    await failedRun(bot)
    await letTell(bot)
    expect([(await bot.texts(1)).length, (await bot.texts(2)).length]).toEqual([0, 1])
    expect(await bot.emulator.control.calls({ method: 'sendMessage' })).toHaveLength(2)
  })

  it('is told later when Telegram could not take the message', async () => {
    const bot = await startTestBot([broken], { people: 1, ...told })
    await makeAdmin(bot)
    await bot.emulator.control.fail({
      method: 'sendMessage',
      error: { status: 502, description: 'Bad Gateway' },
    })
    await failedRun(bot)
    await pass(bot, 16)
    await expect
      .poll(async () => (await bot.emulator.control.calls({ method: 'sendMessage' })).length)
      .toBe(1)
    expect(await due(bot)).toBe(1)
    await letTell(bot)
    expect(await bot.texts(1)).toHaveLength(1)
  })

  it('hears of it once when two processes share the database', async () => {
    const bot = await startTestBot([broken], { people: 1, ...told })
    await bot.another()
    await makeAdmin(bot)
    await failedRun(bot)
    await letTell(bot)
    await pass(bot, 60)
    await bot.kamihi.stop()
    expect(await bot.texts(1)).toHaveLength(1)
  })

  it('hears nothing unless jobs.notify_admins is on', async () => {
    const bot = await startTestBot([broken], { people: 1 })
    await makeAdmin(bot)
    await failedRun(bot)
    await pass(bot, 60)
    await bot.kamihi.stop()
    expect(await bot.texts(1)).toEqual([])
  })
})
