import { defineAction } from '@kamihi/core'
import { everyItem } from '@kamihi/store'
import { provoke } from '@kamihi/store/testing'
import { describe, expect, it } from 'vitest'
import { createPerUserJob, runNow, startTestBot, type TestBot } from './bot.ts'

const minute = 60_000
const hello = defineAction({ name: 'hello', run: ({ user }) => `Hello ${user?.name}` })
const sent = async (bot: TestBot) => (await bot.emulator.control.calls({ method: 'sendMessage' })).length

/** Lets the loop go round, so that whatever would begin has begun. */
async function turns(count: number): Promise<void> {
  for (let n = 0; n < count; n += 1) await new Promise(setImmediate)
}

/** Leaves free pages for some rows, but not for what is tried before anything goes on. */
async function leaveSomeRoom(bot: TestBot): Promise<void> {
  await bot.store.settings.set('key', 'x'.repeat(100_000))
  await bot.store.settings.set('key', '')
}

/** Notices that the database cannot be written, as any write does that is large enough. */
const notice = (bot: TestBot) => bot.store.settings.set('key', 'x'.repeat(300_000)).catch(() => {})

describe.each(['full', 'readonly'] as const)('while the database is %s', (fault) => {
  it('nothing that is due begins, and it begins once when it can be recorded again', async () => {
    const bot = await startTestBot([hello], { people: 3 })
    const job = await createPerUserJob(bot, 'hello')
    await leaveSomeRoom(bot)
    bot.clock.freeze()
    bot.clock.advance(minute - 10_000)
    await turns(20)
    provoke(bot.store, fault)
    await notice(bot)
    expect(bot.kamihi.health.isWritable()).toBe(false)
    // Past the minute in which the job is due, and short of the fifteen seconds after which a write is tried.
    for (let second = 1; second <= 10; second += 1) {
      bot.clock.advance(1000)
      await turns(20)
    }
    expect(await bot.store.jobs.listDue(bot.clock.now(), 10)).toHaveLength(1)
    expect(await everyItem(bot.store.runs.list)).toEqual([])
    expect(await sent(bot)).toBe(0)

    provoke(bot.store, null)
    bot.clock.resume()
    await expect
      .poll(async () => {
        bot.clock.advance(1000)
        return (await everyItem(bot.store.runs.list)).map(({ state }) => state)
      })
      .toEqual(['completed'])
    const [run] = await everyItem(bot.store.runs.list)
    expect(run).toMatchObject({ jobId: job.id, counts: { total: 3, sent: 3 } })
    for (const person of [1, 2, 3]) expect(await bot.texts(person)).toEqual([`Hello User ${person}`])
  })
})

describe('a broadcast that is under way when the database becomes read-only', () => {
  it('stands still, and is finished when it can be recorded again; what may have come twice is marked', async () => {
    const people = 60
    const bot = await startTestBot([hello], {
      people,
      overrides: { telegram: { rate: { global: 30, perChat: 1 } } },
    })
    const job = await createPerUserJob(bot, 'hello')
    const { id } = await runNow(bot, job.id)
    await expect.poll(() => sent(bot)).toBeGreaterThan(10)
    provoke(bot.store, 'readonly')
    await expect.poll(() => bot.kamihi.health.isWritable()).toBe(false)
    const stopped = await sent(bot)
    expect(stopped).toBeLessThan(people)
    provoke(bot.store, null)
    await expect
      .poll(
        async () => {
          bot.clock.advance(1000)
          return (await bot.store.runs.get(id))?.state
        },
        { timeout: 45_000 },
      )
      .toBe('completed')
    const deliveries = await everyItem((query) => bot.store.deliveries.list(id, query))
    expect(deliveries.map(({ state }) => state)).toEqual(Array.from({ length: people }, () => 'sent'))
    for (const { telegramId, possiblyDuplicated } of deliveries) {
      const received = (await bot.texts(telegramId)).length
      expect(received).toBeGreaterThanOrEqual(1)
      expect(received).toBeLessThanOrEqual(possiblyDuplicated ? 2 : 1)
    }
  })
})
