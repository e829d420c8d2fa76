import type { RunLogQuery } from '@kamihi/contracts'
import { type ActionRequest, defineAction, silentLogger, systemClock } from '@kamihi/core'
import { openStore, type RunLogLine } from '@kamihi/store'
import { describe, expect, it } from 'vitest'
import { keepLogs } from '../src/logs.ts'
import { createJob, createPerUserJob, runNow, startTestBot, type TestBot } from './bot.ts'

const greet = defineAction({
  name: 'greet',
  run({ user, logger }) {
    logger.info({ name: user?.name ?? null }, 'greeting')
    if (user?.telegramId === 2) throw new Error('no greeting for you')
    return 'hello'
  },
})

const linesOf = async (bot: TestBot, runId: string, query: RunLogQuery = {}) =>
  (await bot.store.runs.listLogs(runId, query)).items

describe('what an action writes while a job runs it', () => {
  it('is kept with the recipient it was written for, and a failure with its stack as the last line', async () => {
    const bot = await startTestBot([greet])
    const job = await createPerUserJob(bot, 'greet')
    const run = await bot.ended((await runNow(bot, job.id)).id)
    const { items } = await bot.store.deliveries.list(run.id, {})
    const byTelegramId = new Map(items.map(({ telegramId, id }) => [telegramId, id]))
    const linesFor = (telegramId: number) =>
      linesOf(bot, run.id, { deliveryId: byTelegramId.get(telegramId) ?? '' })
    await expect.poll(async () => (await linesOf(bot, run.id)).length).toBe(3)
    expect(await linesFor(1)).toMatchObject([
      { level: 'info', message: 'greeting', fields: { name: 'User 1' } },
    ])
    expect(await linesFor(2)).toMatchObject([
      { level: 'info', message: 'greeting', fields: { name: 'User 2' } },
      { level: 'error', message: expect.stringMatching(/^Error: no greeting for you\n\s+at /), fields: null },
    ])
    expect((await linesOf(bot, run.id, { level: 'error' })).length).toBe(1)
  })

  it('is kept for the run itself where the action runs once for all, also when nothing is sent', async () => {
    const bot = await startTestBot([greet])
    const job = await createJob(bot, { action: 'greet', cronExpression: '0 0 1 1 *', userIds: bot.users })
    const run = await bot.ended((await runNow(bot, job.id, { dryRun: true })).id)
    await expect.poll(() => linesOf(bot, run.id)).toMatchObject([{ deliveryId: null, message: 'greeting' }])
  })

  it('is kept of each try of an action that is tried again', async () => {
    let tries = 0
    const shaky = defineAction({
      name: 'shaky',
      run({ logger }) {
        tries += 1
        logger.warning(`try ${tries}`)
        if (tries === 1) throw new Error('not yet')
      },
    })
    const bot = await startTestBot([shaky], { people: 1 })
    const job = await createJob(bot, {
      action: 'shaky',
      cronExpression: '0 0 1 1 *',
      perUser: true,
      userIds: bot.users,
      retries: 1,
    })
    const { id } = await runNow(bot, job.id)
    await expect.poll(async () => (await bot.store.deliveries.list(id, {})).items[0]?.state).toBe('retrying')
    bot.clock.advance(10_000)
    await bot.ended(id)
    await expect
      .poll(async () =>
        (await linesOf(bot, id, { level: 'warning' })).map(({ message }) => message.split('\n')[0]),
      )
      .toEqual(['try 1', 'Error: not yet', 'try 2'])
  })

  it('is seen while the action still works, and is not lost when the bot stops', async () => {
    const done: { resolve?: () => void } = {}
    const slow = defineAction({
      name: 'slow',
      run: ({ logger }) =>
        new Promise<void>((resolve) => {
          logger.info('began')
          done.resolve = () => {
            logger.info('ended')
            resolve()
          }
        }),
    })
    const bot = await startTestBot([slow], { people: 1 })
    const job = await createPerUserJob(bot, 'slow')
    const { id } = await runNow(bot, job.id)
    await expect.poll(() => done.resolve !== undefined).toBe(true)
    bot.clock.advance(1000)
    await expect.poll(() => linesOf(bot, id)).toMatchObject([{ message: 'began' }])
    const stopped = bot.kamihi.stop()
    done.resolve?.()
    await stopped
    const store = await openStore({ url: bot.url })
    const { items } = await store.runs.listLogs(id, {})
    await store.close()
    expect(items.map(({ message }) => message)).toEqual(['began', 'ended'])
  })
})

describe('lines on their way into the store', () => {
  const request = (runId: string | null): ActionRequest => ({
    action: 'a',
    user: null,
    users: [],
    args: {},
    job: runId === null ? null : ({ runId } as ActionRequest['job']),
    signal: new AbortController().signal,
  })
  /** Logs over an action that writes so many lines, and a store that keeps what it was given. */
  const logsOver = (lines: number, addLogs: (lines: RunLogLine[]) => Promise<void>) =>
    keepLogs({
      store: { runs: { addLogs } },
      clock: systemClock,
      logger: silentLogger(),
      runAction: async ({ onLog }: ActionRequest) => {
        for (let n = 1; n <= lines; n += 1) onLog?.({ level: 'info', message: `${n}`, fields: null })
        return { kind: 'returned', output: [] }
      },
    } as unknown as Parameters<typeof keepLogs>[0])

  it('are written at the end of each execution, those of a long one before', async () => {
    const batches: number[] = []
    const logs = logsOver(450, async (lines) => void batches.push(lines.length))
    await logs.runAction(request('r'))
    expect(batches).toEqual([200, 200, 50])
  })

  it('do no harm to the run when the database does not take them', async () => {
    const logs = logsOver(3, () => Promise.reject(new Error('The disk is full.')))
    expect(await logs.runAction(request('r'))).toEqual({ kind: 'returned', output: [] })
    await logs.flush()
  })

  it('are only those of jobs: a command keeps none', async () => {
    const kept: RunLogLine[] = []
    const logs = logsOver(3, async (lines) => void kept.push(...lines))
    await logs.runAction(request(null))
    await logs.flush()
    expect(kept).toEqual([])
  })
})
