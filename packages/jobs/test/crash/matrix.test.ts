import { describe, expect, it } from 'vitest'
import { crashSite } from './harness.ts'

describe('a bot that is killed while it starts a run', () => {
  it.each([
    ['R1', 'run.enqueue.before-commit', 'before the occurrence is written'],
    ['R2', 'run.enqueued', 'when the occurrence is written, before the worker knows'],
    ['R3', 'run.leased', 'when it holds the run, before the audience is written'],
    ['R4', 'run.audience.before-commit', 'while the audience is being written'],
    ['R5', 'run.audience.stored', 'when the audience is written and nothing has begun'],
  ])('%s: at %s, %s, gives one run and one message to each', async (_, point) => {
    const site = await crashSite({ people: 2, dueInMs: -1000 })
    await site.killAt(point)
    await site.recover()
    await expect.poll(async () => (await site.runs()).length, { timeout: 20_000 }).toBeGreaterThan(0)
    const [first] = await site.runs()
    const run = await site.ended(first?.id ?? '')
    expect(run).toMatchObject({ state: 'completed', counts: { total: 2, sent: 2 } })
    expect(await site.runs()).toHaveLength(1)
    expect(site.calls().sort()).toEqual(['User 1', 'User 2'])
    expect(await site.texts(1)).toEqual(['User 1, part 1'])
  })
})

describe('a bot that is killed while it works on a recipient', () => {
  it.each([
    ['D1', 'delivery.acting.stored', 'before the action is called'],
    ['D2', 'delivery.action.returned', 'when the action has returned and that is not stored'],
  ])('%s: at %s, %s, says that it was interrupted and calls nothing twice', async (_, point) => {
    const site = await crashSite()
    const id = await site.enqueue()
    await site.killAt(point)
    const called = site.calls().length
    await site.recover()
    expect(await site.ended(id)).toMatchObject({ state: 'failed', counts: { failed: 1 } })
    expect((await site.deliveries(id))[0]?.error).toMatchObject({ class: 'interrupted' })
    expect(site.calls()).toHaveLength(called)
    expect(await site.texts(1)).toEqual([])
  })

  it('D2: at delivery.action.returned runs an idempotent action once more, and sends once', async () => {
    const site = await crashSite()
    await site.store.actions.sync(
      [{ name: 'report', commands: [], description: null, argsSchema: null, idempotent: true, error: null }],
      Date.now(),
    )
    const id = await site.enqueue()
    await site.killAt('delivery.action.returned', { idempotent: true })
    await site.recover({ idempotent: true })
    expect(await site.ended(id)).toMatchObject({ state: 'completed' })
    expect(site.calls()).toEqual(['User 1', 'User 1'])
    expect(await site.texts(1)).toEqual(['User 1, part 1'])
  })

  it('D3: at delivery.part.stored of the first of three parts sends the others, and the action does not run again', async () => {
    const site = await crashSite()
    const id = await site.enqueue()
    await site.killAt('delivery.part.stored', { parts: 3 })
    await site.recover({ parts: 3 })
    expect(await site.ended(id)).toMatchObject({ state: 'completed' })
    expect(site.calls()).toEqual(['User 1'])
    expect(await site.texts(1)).toEqual(['User 1, part 1', 'User 1, part 2', 'User 1, part 3'])
    expect((await site.deliveries(id))[0]).toMatchObject({ possiblyDuplicated: false })
  })

  it('D7: at delivery.part.stored of the second of three parts sends only the third', async () => {
    const site = await crashSite()
    const id = await site.enqueue()
    await site.killAt('delivery.part.stored', { parts: 3, nth: 2 })
    expect(await site.texts(1)).toHaveLength(2)
    await site.recover({ parts: 3 })
    expect(await site.ended(id)).toMatchObject({ state: 'completed' })
    expect(await site.texts(1)).toEqual(['User 1, part 1', 'User 1, part 2', 'User 1, part 3'])
  })

  it('D8: at delivery.part.stored of the last message of all finds the run closed, with counts that add up', async () => {
    const site = await crashSite({ people: 3 })
    const id = await site.enqueue()
    await site.killAt('delivery.part.stored', { nth: 3 })
    expect(await site.ended(id)).toMatchObject({ state: 'completed', counts: { total: 3, sent: 3 } })
  })

  it.each([
    ['D4', 'delivery.sending.stored', 'before the socket is written', 1],
    ['D6', 'delivery.answer.sent', 'when Telegram has answered and that is not stored', 2],
  ])('%s: at %s, %s, sends again and says that it may be there twice', async (_, point, __, texts) => {
    const site = await crashSite()
    const id = await site.enqueue()
    await site.killAt(point)
    await site.recover()
    expect(await site.ended(id)).toMatchObject({ state: 'completed', counts: { sent: 1 } })
    expect(await site.texts(1)).toHaveLength(texts)
    expect((await site.deliveries(id))[0]).toMatchObject({ possiblyDuplicated: true })
    expect(site.calls()).toEqual(['User 1'])
  })

  it.each([
    ['D4', 'delivery.sending.stored', 0],
    ['D6', 'delivery.answer.sent', 1],
  ])('%s: at %s leaves an at-most-once message to a human', async (_, point, texts) => {
    const site = await crashSite({ job: { delivery: 'at-most-once' } })
    const id = await site.enqueue()
    await site.killAt(point)
    await site.recover()
    expect(await site.ended(id)).toMatchObject({ counts: { uncertain: 1 } })
    expect(await site.texts(1)).toHaveLength(texts)
  })

  it('D5: when the message is with Telegram, that has not answered yet, sends again and says so', async () => {
    const site = await crashSite()
    await site.emulator.control.fail({ method: 'sendMessage', error: 'half-open' })
    const id = await site.enqueue()
    const bot = site.start()
    const called = async () =>
      (await site.emulator.control.calls()).filter(({ method }) => method === 'sendMessage').length
    await expect.poll(called, { timeout: 30_000 }).toBe(1)
    await bot.kill()
    await site.recover()
    expect(await site.ended(id)).toMatchObject({ state: 'completed' })
    expect((await site.deliveries(id))[0]).toMatchObject({ possiblyDuplicated: true })
  })

  it('D9: at delivery.answer.retry_after asks Telegram once more, and then waits as it was told', async () => {
    const site = await crashSite()
    const error = { status: 429, description: 'Too Many Requests: retry after 600', retryAfter: 600 }
    await site.emulator.control.fail({ method: 'sendMessage', times: null, error })
    const id = await site.enqueue()
    await site.killAt('delivery.answer.retry_after')
    await site.recover()
    const state = async () => (await site.deliveries(id))[0]?.state
    await expect.poll(state, { timeout: 30_000 }).toBe('retrying')
    const calls = (await site.emulator.control.calls()).filter(({ method }) => method === 'sendMessage')
    expect(calls).toHaveLength(2)
    const [delivery] = await site.deliveries(id)
    expect(Date.parse(delivery?.nextAttemptAt ?? '')).toBeGreaterThan(Date.now() + 500_000)
  })

  it('D10: at run.cancel.stored sends to nobody after those who were in the air', async () => {
    const site = await crashSite({ people: 200 })
    const id = await site.enqueue()
    await site.killAt('run.cancel.stored', { cancelsAfterFirst: true })
    const arrived = async () =>
      (await site.emulator.control.calls()).filter(({ method }) => method === 'sendMessage').length
    const before = await arrived()
    await site.recover()
    const run = await site.ended(id)
    expect(await arrived()).toBe(before)
    expect(run.counts.sent + run.counts.cancelled + run.counts.uncertain + run.counts.failed).toBe(200)
    expect(run.counts.cancelled).toBeGreaterThan(0)
  })
})
