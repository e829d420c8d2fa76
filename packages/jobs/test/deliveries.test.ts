import { defineAction } from '@kamihi/core'
import { describe, expect, it } from 'vitest'
import { change, createPerUserJob, runNow, startTestBot, type TestBot } from './bot.ts'

const calls: (string | null)[] = []
const greet = defineAction({
  name: 'greet',
  run: ({ user }) => {
    calls.push(user?.name ?? null)
    return `Hello ${user?.name}`
  },
})

/** A run that reached everybody but the first person, who had blocked the bot. */
async function withOneMissed(): Promise<{ bot: TestBot; deliveryId: string; runId: string }> {
  const bot = await startTestBot([greet])
  await bot.emulator.control.block(1)
  const job = await createPerUserJob(bot, 'greet')
  const run = await bot.ended((await runNow(bot, job.id)).id)
  expect(run).toMatchObject({ state: 'partial', counts: { sent: 1, unreachable: 1 } })
  const { items } = await bot.store.deliveries.list(run.id, { state: 'unreachable' })
  return { bot, runId: run.id, deliveryId: items[0]?.id ?? '' }
}

describe('a single delivery that did not arrive', () => {
  it('is sent again to that person alone, and the action is not called for it', async () => {
    const { bot, runId, deliveryId } = await withOneMissed()
    await bot.emulator.control.unblock(1)
    calls.length = 0
    const outcome = await bot.jobs.retryDelivery(deliveryId, change)
    if (outcome.kind !== 'enqueued') throw new Error(outcome.kind)
    expect(await bot.ended(outcome.run.id)).toMatchObject({
      state: 'completed',
      retryOf: runId,
      counts: { total: 1, sent: 1 },
    })
    expect(await bot.texts(1)).toEqual(['Hello User 1'])
    expect(await bot.texts(2)).toEqual(['Hello User 2'])
    expect(calls).toEqual([])
    expect(await bot.jobs.retryDelivery(deliveryId, change)).toEqual({
      kind: 'arrived',
      runId: outcome.run.id,
    })
  })

  it('is not sent while jobs are switched off', async () => {
    const bot = await startTestBot([greet], { overrides: { jobs: { enabled: false } } })
    expect(await bot.jobs.retryDelivery('any', change)).toEqual({ kind: 'jobs_disabled' })
  })
})
