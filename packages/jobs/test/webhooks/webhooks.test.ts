import { createHmac } from 'node:crypto'
import { defineAction } from '@kamihi/core'
import { expect, it } from 'vitest'
import { createJob, runNow, startTestBot, type TestBot } from '../bot.ts'
import { type Receiver, startReceiver } from './receiver.ts'

const secret = 'a secret of some length'
const fine = defineAction({ name: 'fine', run: () => 'Hello' })
const broken = defineAction({ name: 'broken', run: () => Promise.reject(new Error('no shop')) })
const events = ['run.finished', 'run.failed']

const botWith = (webhooks: { url: string; events?: string[] }[]): Promise<TestBot> =>
  startTestBot([fine, broken], {
    people: 1,
    overrides: { webhooks: webhooks.map((hook) => ({ events, secret, ...hook })) },
  })

const run = async (bot: TestBot, action: string, more: { dryRun?: boolean } = {}) => {
  const job = await createJob(bot, { action, cronExpression: '0 0 1 1 *', userIds: bot.users })
  return bot.ended((await runNow(bot, job.id, more)).id)
}
/** Time goes by until so many requests have come, in steps so small that the lease of the scheduler is renewed meanwhile. */
const until = (bot: TestBot, receiver: Receiver, count: number) =>
  expect
    .poll(
      () => {
        if (receiver.received.length < count) bot.clock.advance(4000)
        return receiver.received.length
      },
      { timeout: 15_000 },
    )
    .toBe(count)
const stateOf = async (bot: TestBot) =>
  (await bot.store.webhooks.list({})).items.map(({ state, attempts, lastStatus }) => [
    state,
    attempts,
    lastStatus,
  ])

it('tells an address of a run that ended, signed with its secret', async () => {
  const receiver = await startReceiver()
  const bot = await botWith([{ url: receiver.url }])
  const ended = await run(bot, 'fine')
  await until(bot, receiver, 1)
  const [first] = receiver.received
  const { headers = {}, text = '', body } = first ?? {}
  expect(body).toMatchObject({
    event: 'run.finished',
    run: { id: ended.id, state: 'completed', job: { action: 'fine' }, counts: { total: 1, sent: 1 } },
  })
  const [, t, v1] = /^t=(\d+),v1=(\w+)$/.exec(String(headers['x-kamihi-signature'])) ?? []
  expect(v1).toBe(createHmac('sha256', secret).update(`${t}.${text}`).digest('hex'))
  expect(headers).toMatchObject({ 'content-type': 'application/json', 'x-kamihi-event': 'run.finished' })
  await expect.poll(() => stateOf(bot)).toEqual([['delivered', 1, 204]])
})

it('tells who asked for failures only of those, and nobody of a dry run', async () => {
  const receiver = await startReceiver()
  const bot = await botWith([{ url: receiver.url, events: ['run.failed'] }])
  await run(bot, 'fine')
  await run(bot, 'broken', { dryRun: true })
  const failed = await run(bot, 'broken')
  await until(bot, receiver, 1)
  expect(receiver.received.map(({ body }) => [body.event, body.run.id])).toEqual([['run.failed', failed.id]])
  expect((await bot.store.webhooks.list({})).total).toBe(1)
})

it('tries again with the same id until it is taken', async () => {
  const receiver = await startReceiver()
  receiver.answer.status = 503
  const bot = await botWith([{ url: receiver.url }])
  await run(bot, 'fine')
  await until(bot, receiver, 1)
  await expect.poll(() => stateOf(bot)).toEqual([['pending', 1, 503]])
  receiver.answer.status = 200
  await until(bot, receiver, 2)
  await expect.poll(() => stateOf(bot)).toEqual([['delivered', 2, 200]])
  const [first, second] = receiver.received.map(({ body }) => body.id)
  expect(second).toBe(first)
})

it('does not follow a redirect', async () => {
  const target = await startReceiver()
  const receiver = await startReceiver()
  receiver.answer = { status: 307, headers: { location: target.url } }
  const bot = await botWith([{ url: receiver.url }])
  await run(bot, 'fine')
  await until(bot, receiver, 1)
  await expect.poll(() => stateOf(bot)).toEqual([['pending', 1, 307]])
  expect(target.received).toEqual([])
})

it('is made by the next process when the one that was to make it ended first', async () => {
  const receiver = await startReceiver()
  receiver.answer.status = 500
  const bot = await botWith([{ url: receiver.url }])
  await run(bot, 'fine')
  await until(bot, receiver, 1)
  await expect.poll(() => stateOf(bot)).toEqual([['pending', 1, 500]])
  receiver.answer.status = 204
  await bot.jobs.stop(AbortSignal.timeout(5000))
  await bot.another()
  await until(bot, receiver, 2)
  await expect.poll(() => stateOf(bot)).toEqual([['delivered', 2, 204]])
})

it('tells nobody of what ended before it was set up', async () => {
  const receiver = await startReceiver()
  const before = await startTestBot([fine], { people: 1 })
  await run(before, 'fine')
  const bot = await botWith([{ url: receiver.url }])
  const after = await run(bot, 'fine')
  await until(bot, receiver, 1)
  expect(receiver.received.map(({ body }) => body.run.id)).toEqual([after.id])
})
