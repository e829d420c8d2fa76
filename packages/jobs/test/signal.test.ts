import { defineAction } from '@kamihi/core'
import { describe, expect, it } from 'vitest'
import { change, createJob, createPerUserJob, runNow, startTestBot, type TestBot } from './bot.ts'

/** An action that works until its signal is aborted, and says why it ended. */
function patientAction(name: string) {
  const seen: { reasons: string[]; started: number } = { reasons: [], started: 0 }
  const action = defineAction({
    name,
    async run({ signal }) {
      seen.started += 1
      await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
      seen.reasons.push((signal.reason as Error).message)
      return 'too late'
    },
  })
  return { action, seen }
}

const begun = (seen: { started: number }) => expect.poll(() => seen.started, { timeout: 20_000 }).toBe(1)
const firstDelivery = async (bot: TestBot, runId: string) =>
  (await bot.store.deliveries.list(runId, {})).items[0]

describe('the signal of an action', () => {
  it('is aborted when it takes longer than its timeout, and its late result is not sent', async () => {
    const { action, seen } = patientAction('slow')
    const bot = await startTestBot([action], { people: 1 })
    const job = await createJob(bot, {
      action: 'slow',
      cronExpression: '0 0 1 1 *',
      perUser: true,
      userIds: bot.users,
      timeoutSeconds: 20,
    })
    const { id } = await runNow(bot, job.id)
    await begun(seen)
    bot.clock.advance(19_000)
    expect(seen.reasons).toEqual([])
    bot.clock.advance(1000)
    expect(await bot.ended(id)).toMatchObject({ state: 'failed', counts: { failed: 1 } })
    expect(seen.reasons).toEqual(['It took longer than 20 s.'])
    expect((await firstDelivery(bot, id))?.error).toMatchObject({ class: 'timeout' })
    expect(await bot.texts(1)).toEqual([])
  })

  it('is aborted at the deadline of its run, which then ends as expired', async () => {
    const { action, seen } = patientAction('slow')
    const bot = await startTestBot([action], { people: 2 })
    const job = await createJob(bot, {
      action: 'slow',
      cronExpression: '0 0 1 1 *',
      userIds: bot.users,
      timeoutSeconds: 3600,
      deadlineSeconds: 30,
    })
    const { id } = await runNow(bot, job.id)
    await begun(seen)
    bot.clock.advance(31_000)
    expect(['expired', 'failed']).toContain((await bot.ended(id)).state)
    expect(seen.reasons).toEqual(['The deadline of its run has passed.'])
    expect(await bot.texts(1)).toEqual([])
  })

  it('is aborted when its run, that calls it once for all, is cancelled', async () => {
    const { action, seen } = patientAction('slow')
    const bot = await startTestBot([action], { people: 2 })
    const job = await createJob(bot, { action: 'slow', cronExpression: '0 0 1 1 *', userIds: bot.users })
    const { id } = await runNow(bot, job.id)
    await begun(seen)
    await bot.jobs.cancel(id, change)
    await expect.poll(() => seen.reasons).toEqual(['The run was cancelled.'])
    expect(await bot.ended(id)).toMatchObject({ state: 'cancelled', counts: { cancelled: 2 } })
    expect(await bot.texts(1)).toEqual([])
  })

  it('is aborted when the run was cancelled by another process, as soon as its lease is renewed', async () => {
    const { action, seen } = patientAction('slow')
    const bot = await startTestBot([action], { people: 1 })
    const job = await createJob(bot, { action: 'slow', cronExpression: '0 0 1 1 *', userIds: bot.users })
    const { id } = await runNow(bot, job.id)
    await begun(seen)
    await bot.store.runs.cancel(id, change)
    bot.clock.advance(6000)
    await expect.poll(() => seen.reasons, { timeout: 10_000 }).toEqual(['The run was cancelled.'])
  })
})

describe('a run that is paused while its action works', () => {
  it('keeps what it returns, and sends it when the run goes on', async () => {
    let finish = () => {}
    const action = defineAction({
      name: 'report',
      run: () => new Promise<string>((resolve) => (finish = () => resolve('done'))),
    })
    const bot = await startTestBot([action], { people: 2 })
    const job = await createJob(bot, { action: 'report', cronExpression: '0 0 1 1 *', userIds: bot.users })
    const { id } = await runNow(bot, job.id)
    await expect.poll(() => finish.toString()).toContain('resolve')
    await bot.store.runs.pause(id, { reason: null }, change)
    finish()
    await expect.poll(async () => (await bot.store.runs.get(id))?.output).not.toBeNull()
    expect((await bot.store.runs.get(id))?.state).toBe('paused')
    await bot.jobs.resume(id, change)
    expect(await bot.ended(id)).toMatchObject({ state: 'completed', counts: { sent: 2 } })
    expect(await bot.texts(2)).toEqual(['done'])
  })
})

describe('a cancelled run', () => {
  it('is not sent to whom Telegram asked to wait for', async () => {
    const action = defineAction({ name: 'report', run: () => 'hello' })
    const bot = await startTestBot([action], { people: 1 })
    await bot.emulator.control.fail({
      method: 'sendMessage',
      error: { status: 429, description: 'Too Many Requests: retry after 30', retryAfter: 30 },
    })
    const { id } = await runNow(bot, (await createPerUserJob(bot, 'report')).id)
    await expect.poll(async () => (await firstDelivery(bot, id))?.state).toBe('retrying')
    await bot.jobs.cancel(id, change)
    expect(await bot.ended(id)).toMatchObject({ state: 'cancelled', counts: { cancelled: 1 } })
    bot.clock.advance(60_000)
    expect(await bot.texts(1)).toEqual([])
  })
})

describe('a retry of a run whose action failed once for all', () => {
  it('calls the action again, since it has returned nothing', async () => {
    let broken = true
    const action = defineAction({
      name: 'report',
      run() {
        if (broken) throw new Error('no data yet')
        return 'here it is'
      },
    })
    const bot = await startTestBot([action], { people: 2 })
    const job = await createJob(bot, { action: 'report', cronExpression: '0 0 1 1 *', userIds: bot.users })
    const failed = await bot.ended((await runNow(bot, job.id)).id)
    expect(failed).toMatchObject({ state: 'failed', error: { message: 'no data yet' } })
    broken = false
    const retried = await bot.jobs.retry(failed.id, change)
    const run = await bot.ended(retried.kind === 'enqueued' ? retried.run.id : '')
    expect(run).toMatchObject({ state: 'completed', trigger: 'retry', counts: { sent: 2 } })
    expect(await bot.texts(1)).toEqual(['here it is'])
  })
})
