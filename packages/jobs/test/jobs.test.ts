import type { ActionContext } from '@kamihi/core'
import { ask, defineAction } from '@kamihi/core'
import { describe, expect, it } from 'vitest'
import { change, createJob, createPerUserJob, runNow, startTestBot } from './bot.ts'

const minute = 60_000
const report = defineAction({
  name: 'report',
  run: ({ user, users }) => `${user?.name ?? 'all'} of ${users.length}`,
})

/** An action that keeps what it was given. */
function spy(result?: string) {
  const seen: ActionContext[] = []
  const action = defineAction({
    name: 'spy',
    args: { name: ask.string('Name?'), city: ask.string('City?') },
    run(context) {
      seen.push(context as unknown as ActionContext)
      return result
    },
  })
  return { seen, action }
}

describe('a job', () => {
  it('fires by itself at its time, once, and its message reaches everyone', async () => {
    const bot = await startTestBot([report])
    await createPerUserJob(bot, 'report')
    bot.clock.advance(minute)
    await bot.emulator.control.waitForMessage(1, (message) => message.text === 'User 1 of 2')
    await bot.emulator.control.waitForMessage(2, (message) => message.text === 'User 2 of 2')
    const { items } = await bot.store.runs.list({})
    expect(items).toHaveLength(1)
    expect(await bot.ended(items[0]?.id ?? '')).toMatchObject({
      state: 'completed',
      trigger: 'schedule',
      counts: { total: 2, sent: 2 },
    })
  })

  it('of very many that are due at once begins when all are written down', async () => {
    const written: Promise<number>[] = []
    const count = defineAction({
      name: 'count',
      run: () => void written.push(bot.store.runs.list({ limit: 1 }).then(({ total }) => total)),
    })
    const bot = await startTestBot([count])
    for (let n = 0; n < 120; n += 1) await createJob(bot, { action: 'count', cronExpression: '* * * * *' })
    bot.clock.advance(minute)
    await expect.poll(() => written.length, { timeout: 20_000 }).toBe(120)
    expect(new Set(await Promise.all(written))).toEqual(new Set([120]))
  })

  it('does not fire for the past when it is enabled again', async () => {
    const bot = await startTestBot([report])
    const job = await createJob(bot, { action: 'report', cronExpression: '0 0 1 1 *', enabled: false })
    bot.clock.advance(400 * 24 * 60 * minute)
    const saved = await bot.jobs.update(job.id, job.version, { enabled: true }, change)
    expect(saved.kind === 'saved' && (saved.value.nextRunAt ?? 0) > bot.clock.now()).toBe(true)
  })

  it('fires once when two processes share a database', async () => {
    const bot = await startTestBot([report])
    await bot.another()
    await createPerUserJob(bot, 'report')
    for (let n = 0; n < 3; n += 1) {
      bot.clock.advance(minute)
      await expect.poll(async () => (await bot.store.runs.list({ state: 'completed' })).total).toBe(n + 1)
    }
    expect(await bot.texts(1)).toHaveLength(3)
  })

  it('is refused with a reason when its expression could never fire', async () => {
    const bot = await startTestBot([report])
    expect(await bot.jobs.create({ action: 'report', cronExpression: '0 0 31 2 *' }, change)).toMatchObject({
      kind: 'refused',
      code: 'invalid_cron',
      errors: [
        {
          path: '/cronExpression',
          message: 'Invalid cron expression. It never fires: there is no such date.',
        },
      ],
    })
    expect(
      await bot.jobs.create({ action: 'report', cronExpression: '* * * * *', timezone: 'CET' }, change),
    ).toMatchObject({ kind: 'refused', code: 'invalid_timezone' })
    expect(await bot.jobs.create({ action: 'nothing', cronExpression: '* * * * *' }, change)).toMatchObject({
      kind: 'refused',
      code: 'unknown_action',
    })
  })
})

describe('per user', () => {
  it('runs the action once for each, with user set and users all of them', async () => {
    const { seen, action } = spy('hi')
    const bot = await startTestBot([action])
    const job = await createPerUserJob(bot, 'spy')
    await bot.ended((await runNow(bot, job.id)).id)
    expect(seen.map(({ user, users }) => [user?.name, users.length]).sort()).toEqual([
      ['User 1', 2],
      ['User 2', 2],
    ])
    expect(seen[0]?.job).toMatchObject({ id: job.id, trigger: 'manual', perUser: true })
  })

  it('with nobody chosen does not run at all', async () => {
    const { seen, action } = spy()
    const bot = await startTestBot([action])
    const job = await createJob(bot, { action: 'spy', cronExpression: '* * * * *', perUser: true })
    expect(bot.jobs.describe(job).warnings.map((warning) => warning.code)).toContain('no_recipients')
    expect(await bot.ended((await runNow(bot, job.id)).id)).toMatchObject({
      state: 'skipped',
      reason: 'no_recipients',
    })
    expect(seen).toEqual([])
  })

  it('off runs it once with user null, and what it returns goes to each', async () => {
    const { seen, action } = spy('hello all')
    const bot = await startTestBot([action])
    const job = await createJob(bot, { action: 'spy', cronExpression: '* * * * *', userIds: bot.users })
    expect(await bot.ended((await runNow(bot, job.id)).id)).toMatchObject({
      state: 'completed',
      counts: { sent: 2 },
    })
    expect(seen.map(({ user, users }) => [user, users.length])).toEqual([[null, 2]])
    expect([await bot.texts(1), await bot.texts(2)]).toEqual([['hello all'], ['hello all']])
  })

  it('off with nobody chosen runs it, and sends nothing', async () => {
    const { seen, action } = spy('hello')
    const bot = await startTestBot([action])
    const job = await createJob(bot, { action: 'spy', cronExpression: '* * * * *' })
    expect(await bot.ended((await runNow(bot, job.id)).id)).toMatchObject({
      state: 'completed',
      counts: { total: 0 },
    })
    expect(seen).toHaveLength(1)
  })

  it('an action that returns nothing is a task, not a message', async () => {
    const { action } = spy()
    const bot = await startTestBot([action])
    const job = await createPerUserJob(bot, 'spy')
    expect(await bot.ended((await runNow(bot, job.id)).id)).toMatchObject({
      state: 'completed',
      counts: { noOutput: 2, sent: 0 },
    })
  })
})

describe('args', () => {
  it('reach the action under their names, missing ones as null and wrong types as they are', async () => {
    const { seen, action } = spy()
    const bot = await startTestBot([action])
    const job = await createJob(bot, { action: 'spy', cronExpression: '* * * * *', args: { name: 5 } })
    expect(bot.jobs.describe(job).warnings.map((warning) => [warning.code, warning.path])).toEqual([
      ['wrong_type', '/args/name'],
      ['missing_arg', '/args/city'],
    ])
    await bot.ended((await runNow(bot, job.id)).id)
    expect(seen[0]?.args).toEqual({ name: 5, city: null })
  })

  it('that do not fit are refused when jobs.strict_args is on', async () => {
    const bot = await startTestBot([spy().action], {
      overrides: { jobs: { enabled: true, strictArgs: true } },
    })
    expect(await bot.jobs.create({ action: 'spy', cronExpression: '* * * * *' }, change)).toMatchObject({
      kind: 'refused',
      code: 'invalid_args',
      errors: [{ path: '/args/name' }, { path: '/args/city' }],
    })
    expect(await bot.jobs.preview({ action: 'spy', cronExpression: '* * * * *', count: 1 })).toMatchObject({
      nextRuns: [{ at: expect.any(String) }],
      warnings: [{ code: 'missing_arg' }, { code: 'missing_arg' }],
    })
  })
})

describe('one recipient', () => {
  it('whose action fails does not keep the others from their message', async () => {
    const picky = defineAction({
      name: 'picky',
      run: ({ user }) => (user?.telegramId === 1 ? Promise.reject(new Error('not for you')) : 'ok'),
    })
    const bot = await startTestBot([picky], { people: 3 })
    const job = await createPerUserJob(bot, 'picky')
    const run = await bot.ended((await runNow(bot, job.id)).id)
    expect(run).toMatchObject({ state: 'partial', counts: { sent: 2, failed: 1 } })
    const { items } = await bot.store.deliveries.list(run.id, { state: 'failed' })
    expect(items[0]).toMatchObject({
      telegramId: 1,
      error: { class: 'action_error', message: 'not for you' },
    })
  })

  it('who blocked the bot is flagged, skipped, and freed when they write again', async () => {
    const bot = await startTestBot([report])
    await bot.emulator.control.block(1)
    const job = await createPerUserJob(bot, 'report')
    expect(await bot.ended((await runNow(bot, job.id)).id)).toMatchObject({
      state: 'partial',
      counts: { sent: 1, unreachable: 1 },
    })
    expect((await bot.store.users.getByTelegramId(1))?.reachability).toBe('blocked')
    await bot.emulator.control.unblock(1)
    await bot.emulator.control.say(1, 'hello again')
    await expect.poll(async () => (await bot.store.users.getByTelegramId(1))?.reachability).toBe('ok')
  })

  it('whom Telegram asks to wait for gets the message after that, and it is no failed attempt', async () => {
    const bot = await startTestBot([report], { people: 1 })
    await bot.emulator.control.fail({
      method: 'sendMessage',
      error: { status: 429, description: 'Too Many Requests: retry after 30', retryAfter: 30 },
    })
    const job = await createPerUserJob(bot, 'report')
    const run = await runNow(bot, job.id)
    await expect
      .poll(async () => (await bot.store.deliveries.list(run.id, {})).items[0]?.state)
      .toBe('retrying')
    bot.clock.advance(30_000)
    expect(await bot.ended(run.id)).toMatchObject({ state: 'completed' })
    const [delivery] = (await bot.store.deliveries.list(run.id, {})).items
    expect(delivery).toMatchObject({ attempts: 1, possiblyDuplicated: false })
    expect(await bot.store.deliveries.failedAttempts(delivery?.id ?? '')).toMatchObject([
      { class: 'flood', count: 1, nextAt: expect.any(String) },
    ])
    const wait = (await bot.jobs.timeline(run.id))?.find(({ kind }) => kind === 'waited')
    expect(wait?.wait?.count).toBe(1)
    expect(Date.parse(wait?.wait?.until ?? '') - Date.parse(wait?.at ?? '')).toBe(30_000)
  })

  it('whose message was cut off after it was written may get it twice, and that is said', async () => {
    const bot = await startTestBot([report], { people: 1 })
    await bot.emulator.control.fail({ method: 'sendMessage', error: 'reset-after' })
    const job = await createPerUserJob(bot, 'report')
    const run = await runNow(bot, job.id)
    await expect
      .poll(async () => (await bot.store.deliveries.list(run.id, {})).items[0]?.state)
      .toBe('retrying')
    bot.clock.advance(5000)
    await bot.ended(run.id)
    expect((await bot.store.deliveries.list(run.id, {})).items[0]).toMatchObject({
      attempts: 2,
      possiblyDuplicated: true,
    })
    expect(await bot.texts(1)).toHaveLength(2)
  })
})

describe('a manual run', () => {
  it('works for a disabled job, leaves the schedule where it is and says who asked', async () => {
    const bot = await startTestBot([report])
    const job = await createJob(bot, {
      action: 'report',
      cronExpression: '* * * * *',
      enabled: false,
      perUser: true,
      userIds: bot.users,
    })
    expect(await bot.ended((await runNow(bot, job.id)).id)).toMatchObject({
      state: 'completed',
      requestedBy: 'test',
    })
    expect((await bot.store.jobs.get(job.id))?.nextRunAt).toBeNull()
  })

  it('of the same key is one run', async () => {
    const bot = await startTestBot([report])
    const job = await createPerUserJob(bot, 'report')
    const [first, second] = await Promise.all([
      runNow(bot, job.id, { key: 'k' }),
      runNow(bot, job.id, { key: 'k' }),
    ])
    await bot.ended(first.id)
    expect(first.id).toBe(second.id)
    expect(await bot.texts(1)).toHaveLength(1)
  })

  it('for chosen people reaches no others', async () => {
    const bot = await startTestBot([report], { people: 3 })
    const job = await createPerUserJob(bot, 'report')
    await bot.ended((await runNow(bot, job.id, { onlyUserIds: [bot.users[1] ?? ''] })).id)
    expect([await bot.texts(1), (await bot.texts(2)).length, await bot.texts(3)]).toEqual([[], 1, []])
  })

  it('that is dry sends nothing and shows what each would get', async () => {
    const bot = await startTestBot([report])
    const job = await createPerUserJob(bot, 'report')
    const run = await bot.ended((await runNow(bot, job.id, { dryRun: true })).id)
    expect(run.counts.noOutput).toBe(2)
    expect(
      (await bot.store.deliveries.list(run.id, {})).items.map((item) => item.output?.[0]?.text).sort(),
    ).toEqual(['User 1 of 2', 'User 2 of 2'])
    expect(await bot.emulator.control.calls({ method: 'sendMessage' })).toEqual([])
  })

  it('retries only what failed, without running the action again', async () => {
    let calls = 0
    const counting = defineAction({
      name: 'counting',
      run() {
        calls += 1
        return 'hi'
      },
    })
    const bot = await startTestBot([counting])
    await bot.emulator.control.fail({
      method: 'sendMessage',
      chatId: 1,
      error: { status: 400, description: 'Bad Request: no' },
    })
    const job = await createPerUserJob(bot, 'counting')
    const run = await bot.ended((await runNow(bot, job.id)).id)
    const retried = await bot.jobs.retry(run.id, change)
    expect(await bot.ended(retried.kind === 'enqueued' ? retried.run.id : '')).toMatchObject({
      state: 'completed',
      trigger: 'retry',
      retryOf: run.id,
      counts: { total: 1, sent: 1 },
    })
    expect([calls, await bot.texts(1), await bot.texts(2)]).toEqual([2, ['hi'], ['hi']])
  })

  it('is refused while jobs are off, and nothing fires', async () => {
    const bot = await startTestBot([report], { overrides: { jobs: { enabled: false } } })
    const job = await createPerUserJob(bot, 'report')
    expect(bot.jobs.describe(job).warnings.map((warning) => warning.code)).toContain('jobs_disabled')
    expect(
      await bot.jobs.run(
        job.id,
        { idempotencyKey: 'k', args: null, onlyUserIds: null, dryRun: false },
        change,
      ),
    ).toEqual({ kind: 'jobs_disabled' })
    bot.clock.advance(10 * minute)
    expect((await bot.store.runs.list({})).total).toBe(0)
  })
})

describe('a run', () => {
  it('goes on after its worker died, without a second message to anyone', async () => {
    const bot = await startTestBot([report], { people: 5 })
    const job = await createJob(bot, {
      action: 'report',
      cronExpression: '* * * * *',
      enabled: false,
      perUser: true,
      userIds: bot.users,
    })
    const now = bot.clock.now()
    const dead = { worker: 'dead', until: now + 1000 }
    // As a process would leave it that was killed after it had claimed the run and some deliveries.
    await bot.store.runs.enqueueManual(
      { jobId: job.id, idempotencyKey: 'k', args: null, onlyUserIds: null, dryRun: false },
      change,
    )
    const [claimed] = await bot.store.runs.claim(dead, 1, now)
    const id = claimed?.run.id ?? (await bot.store.runs.list({})).items[0]?.id ?? ''
    await bot.store.runs.writeAudience(id, 'dead', now)
    await bot.store.deliveries.claim(dead, 2, now)
    bot.clock.advance(20_000)
    expect(await bot.ended(id)).toMatchObject({ state: 'completed', counts: { sent: 5 } })
    expect(await Promise.all([1, 2, 3, 4, 5].map(async (n) => (await bot.texts(n)).length))).toEqual([
      1, 1, 1, 1, 1,
    ])
  })

  it('that is cancelled takes no new recipients', async () => {
    const bot = await startTestBot([report], {
      people: 40,
      overrides: { jobs: { enabled: true }, telegram: { rate: { global: 20, perChat: 100 } } },
    })
    const job = await createPerUserJob(bot, 'report')
    const run = await runNow(bot, job.id)
    await expect.poll(async () => (await bot.store.runs.get(run.id))?.counts.sent).toBeGreaterThan(3)
    await bot.jobs.cancel(run.id, change)
    const { state, counts } = await bot.ended(run.id)
    expect(state).toBe('cancelled')
    expect(counts.sent + counts.cancelled).toBe(40)
    expect((await bot.emulator.control.calls({ method: 'sendMessage' })).length).toBe(counts.sent)
  })

  it('goes on at once in another process when the one that had claimed it stops', async () => {
    const bot = await startTestBot([report], {
      people: 60,
      overrides: { telegram: { rate: { global: 20, perChat: 100 } } },
    })
    const job = await createPerUserJob(bot, 'report')
    const run = await runNow(bot, job.id)
    await expect.poll(async () => (await bot.store.runs.get(run.id))?.counts.sent).toBeGreaterThan(3)
    await bot.kamihi.stop()
    expect((await bot.emulator.control.calls({ method: 'sendMessage' })).length).toBeLessThan(60)
    const other = await bot.another()
    const ended = async () => (await other.kamihi.store.runs.get(run.id))?.state
    await expect.poll(ended, { timeout: 12_000 }).toBe('completed')
    const texts = await Promise.all(bot.users.map((_, index) => bot.texts(index + 1)))
    expect(texts.map(({ length }) => length)).toEqual(bot.users.map(() => 1))
  })

  it('that is paused begins nothing until it is resumed', async () => {
    const bot = await startTestBot([report], {
      people: 60,
      overrides: { telegram: { rate: { global: 20, perChat: 100 } } },
    })
    const job = await createPerUserJob(bot, 'report')
    const { id } = await runNow(bot, job.id)
    await expect.poll(async () => (await bot.store.runs.get(id))?.counts.sent).toBeGreaterThan(3)
    await bot.store.runs.pause(id, { reason: 'wrong text' }, change)
    await expect.poll(async () => (await bot.store.runs.get(id))?.counts.inProgress).toBe(0)
    const paused = await bot.store.runs.get(id)
    expect(paused).toMatchObject({ state: 'paused', pausedBy: 'test', pauseReason: 'wrong text' })
    expect(paused?.counts.pending).toBeGreaterThan(20)
    await bot.jobs.resume(id, change)
    expect(await bot.ended(id)).toMatchObject({ state: 'completed', counts: { sent: 60 } })
    expect((await bot.emulator.control.calls({ method: 'sendMessage' })).length).toBe(60)
  })

  it('for five hundred gives each their message and counts that add up', async () => {
    const bot = await startTestBot([report], { people: 500 })
    const job = await createPerUserJob(bot, 'report')
    expect(await bot.ended((await runNow(bot, job.id)).id)).toMatchObject({
      state: 'completed',
      counts: { total: 500, sent: 500, pending: 0, inProgress: 0 },
    })
  }, 20_000)
})
