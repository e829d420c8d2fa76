import { ask, defineAction } from '@kamihi/core'
import { describe, expect, it } from 'vitest'
import { change, createJob, createPerUserJob, runNow, startTestBot } from './bot.ts'

const weather = defineAction({
  name: 'weather',
  args: { city: ask.string('City?') },
  run: ({ args, user, logger }) => {
    logger.info('looking')
    return `**${args.city}** for ${user?.name ?? 'all'}`
  },
})
const daily = { action: 'weather', cronExpression: '0 0 1 1 *', args: { city: 'Paris' } }

describe('a run by hand', () => {
  it('is accepted at once, and its id leads to what it does', async () => {
    const done: { resolve?: () => void } = {}
    const slow = defineAction({
      name: 'slow',
      run: () =>
        new Promise<string>((resolve) => {
          done.resolve = () => resolve('done')
        }),
    })
    const bot = await startTestBot([slow], { people: 1 })
    const job = await createJob(bot, { action: 'slow', cronExpression: '0 0 1 1 *', userIds: bot.users })
    const { id, state } = await runNow(bot, job.id)
    expect(state).toBe('queued')
    await expect.poll(() => done.resolve !== undefined).toBe(true)
    expect((await bot.store.runs.get(id))?.state).toBe('running')
    done.resolve?.()
    expect((await bot.ended(id)).state).toBe('completed')
  })

  it('takes other args for this once; the job keeps its own', async () => {
    const bot = await startTestBot([weather], { people: 1 })
    const job = await createJob(bot, { ...daily, userIds: bot.users })
    const run = await bot.ended((await runNow(bot, job.id, { args: { city: 'Madrid' } })).id)
    await bot.ended((await runNow(bot, job.id)).id)
    expect(await bot.texts(1)).toEqual(['Madrid for all', 'Paris for all'])
    expect(run.args).toEqual({ city: 'Madrid' })
    expect((await bot.store.jobs.get(job.id))?.args).toEqual({ city: 'Paris' })
  })

  it('with args that do not fit is refused when jobs.strict_args is on, and runs without when it is off', async () => {
    const strict = { jobs: { enabled: true, strictArgs: true } }
    const outcomes = []
    for (const overrides of [strict, {}]) {
      const bot = await startTestBot([weather], { people: 1, overrides })
      const job = await createJob(bot, daily)
      const asked = { args: { city: 5 }, onlyUserIds: null, dryRun: false }
      outcomes.push(await bot.jobs.run(job.id, { idempotencyKey: 'k', ...asked }, change))
      outcomes.push((await bot.store.runs.list({})).total)
    }
    expect(outcomes).toMatchObject([
      {
        kind: 'refused',
        code: 'invalid_args',
        errors: [{ path: '/args/city', issue: { kind: 'wrong_type' } }],
      },
      0,
      { kind: 'enqueued' },
      1,
    ])
  })

  it('for people who do not exist is refused with their ids, and nothing runs', async () => {
    const bot = await startTestBot([weather], { people: 2 })
    const job = await createJob(bot, { ...daily, userIds: bot.users })
    const asked = { args: null, onlyUserIds: [...bot.users, 'ghost', 'ghost'], dryRun: false }
    expect(await bot.jobs.run(job.id, { idempotencyKey: 'k', ...asked }, change)).toEqual({
      kind: 'unknown_reference',
      field: 'onlyUserIds',
      ids: ['ghost'],
    })
    expect((await bot.store.runs.list({})).total).toBe(0)
  })

  it('does not move the schedule of the job, and says who asked', async () => {
    const bot = await startTestBot([weather], { people: 1 })
    const job = await createJob(bot, daily)
    const run = await bot.ended((await runNow(bot, job.id)).id)
    expect(run).toMatchObject({ trigger: 'manual', requestedBy: 'test' })
    expect((await bot.store.jobs.get(job.id))?.nextRunAt).toBe(job.nextRunAt)
    expect((await bot.store.audit.list({ verb: 'job.run' })).items).toMatchObject([
      { actor: { name: 'test' }, changes: { runId: { after: run.id } } },
    ])
  })

  it('with the key of another request is refused, and nothing runs', async () => {
    const bot = await startTestBot([weather], { people: 2 })
    const job = await createPerUserJob(bot, 'weather')
    const ask = (more: object) =>
      bot.jobs.run(
        job.id,
        { idempotencyKey: 'k', args: null, onlyUserIds: null, dryRun: false, ...more },
        change,
      )
    const first = await ask({ args: { city: 'Paris' }, onlyUserIds: [...bot.users] })
    const run = first.kind === 'enqueued' ? first.run : null
    await bot.ended(run?.id ?? '')
    const kinds = [
      await ask({ args: { city: 'Paris' }, onlyUserIds: [...bot.users].reverse() }),
      await ask({ args: { city: 'Madrid' }, onlyUserIds: bot.users }),
      await ask({ args: { city: 'Paris' }, onlyUserIds: bot.users.slice(1) }),
      await ask({ args: { city: 'Paris' }, onlyUserIds: bot.users, dryRun: true }),
      await ask({}),
    ].map((outcome) => [outcome.kind, 'run' in outcome && outcome.run.id === run?.id])
    expect(kinds).toEqual([
      ['existing', true],
      ['key_reused', true],
      ['key_reused', true],
      ['key_reused', true],
      ['key_reused', true],
    ])
    expect((await bot.store.runs.list({})).total).toBe(1)
  })

  it('of the same key is the same run also when the job was changed meanwhile', async () => {
    const bot = await startTestBot([weather], { people: 1 })
    const job = await createJob(bot, daily)
    const first = await bot.ended((await runNow(bot, job.id, { key: 'k' })).id)
    bot.clock.advance(1000)
    const later = { ...change, now: bot.clock.now() }
    await bot.jobs.update(job.id, job.version, { args: { city: 'Rome' } }, later)
    expect((await runNow(bot, job.id, { key: 'k' })).id).toBe(first.id)
  })
})

describe('a dry run', () => {
  it('runs the action and shows what each would see, as the chat would show it', async () => {
    const bot = await startTestBot([weather], { people: 2 })
    const job = await createJob(bot, { ...daily, perUser: true, userIds: bot.users })
    const run = await bot.ended((await runNow(bot, job.id, { dryRun: true })).id)
    expect(run).toMatchObject({ state: 'completed', dryRun: true, counts: { noOutput: 2, sent: 0 } })
    const { items } = await bot.store.deliveries.list(run.id, {})
    const byName = items.sort((a, b) => a.telegramId - b.telegramId)
    expect(byName.map(({ output }) => output)).toEqual(
      ['User 1', 'User 2'].map((name) => [
        { kind: 'text', text: `Paris for ${name}`, entities: [{ type: 'bold', offset: 0, length: 5 }] },
      ]),
    )
    expect((await bot.store.runs.listLogs(run.id, {})).total).toBe(2)
  })

  it('sends nothing to anyone', async () => {
    const bot = await startTestBot([weather], { people: 3 })
    const sent = async () =>
      (await bot.emulator.control.calls({})).filter(({ method }) => /^(send|copy|forward|edit)/i.test(method))
    const job = await createJob(bot, { ...daily, perUser: true, userIds: bot.users })
    await bot.ended((await runNow(bot, job.id, { dryRun: true })).id)
    expect(await sent()).toEqual([])
    await bot.ended((await runNow(bot, job.id)).id)
    expect((await sent()).length).toBe(3)
  })

  it('of an action that runs once for all shows its output with the run', async () => {
    const bot = await startTestBot([weather], { people: 2 })
    const job = await createJob(bot, { ...daily, userIds: bot.users })
    const run = await bot.ended((await runNow(bot, job.id, { dryRun: true })).id)
    expect(run).toMatchObject({ counts: { noOutput: 2 }, output: [{ text: 'Paris for all' }] })
    expect(await bot.emulator.control.calls({ method: 'sendMessage' })).toEqual([])
  })

  it('that failed is tried again as a dry run', async () => {
    let fails = true
    const shaky = defineAction({ name: 'shaky', run: () => (fails ? Promise.reject(new Error('no')) : 'hi') })
    const bot = await startTestBot([shaky], { people: 1 })
    const job = await createPerUserJob(bot, 'shaky')
    const run = await bot.ended((await runNow(bot, job.id, { dryRun: true })).id)
    expect(run.state).toBe('failed')
    fails = false
    const retried = await bot.jobs.retry(run.id, change)
    expect(await bot.ended(retried.kind === 'enqueued' ? retried.run.id : '')).toMatchObject({
      state: 'completed',
      dryRun: true,
    })
    expect(await bot.emulator.control.calls({ method: 'sendMessage' })).toEqual([])
  })
})
