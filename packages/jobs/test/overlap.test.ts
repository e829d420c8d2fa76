import type { JobSettings, OnOverlap, Run } from '@kamihi/contracts'
import { defineAction } from '@kamihi/core'
import { describe, expect, it } from 'vitest'
import { change, createJob, startTestBot, type TestBot } from './bot.ts'

const minute = 60_000

/** An action that stays with each person until it is let go. */
function held() {
  const waiting: { resolve: (text: string) => void; reject: (error: Error) => void }[] = []
  const begun: string[] = []
  const action = defineAction({
    name: 'held',
    run: ({ job }) =>
      new Promise<string>((resolve, reject) => {
        begun.push(job?.runId ?? '')
        waiting.push({ resolve, reject })
      }),
  })
  return {
    action,
    begun,
    letGo: () => waiting.shift()?.resolve('done'),
    breakOff: () => waiting.shift()?.reject(new Error('broken')),
  }
}

async function started(overlap: JobSettings['overlap']) {
  const { action, begun, ...hands } = held()
  const bot = await startTestBot([action], { people: 1 })
  const job = await createJob(bot, {
    action: 'held',
    cronExpression: '* * * * *',
    perUser: true,
    userIds: bot.users,
    overlap,
    timeoutSeconds: 3600,
  })
  const rows = async (): Promise<Run[]> => (await bot.store.runs.list({ sort: 'scheduledFor' })).items
  const states = async () => (await rows()).map(({ state, reason }) => reason ?? state)
  /** The next minute comes, and its run is written. */
  const nextMinute = async () => {
    const before = (await rows()).length
    bot.clock.advance(minute)
    await expect.poll(async () => (await rows()).length).toBe(before + 1)
  }
  await nextMinute()
  await expect.poll(() => begun.length).toBe(1)
  return { bot, job, begun, ...hands, rows, states, nextMinute }
}

const ask = (bot: TestBot, jobId: string, onOverlap: OnOverlap | null = null) =>
  bot.jobs.run(
    jobId,
    { idempotencyKey: `${Math.random()}`, args: null, onlyUserIds: null, dryRun: false, onOverlap },
    { ...change, now: bot.clock.now() },
  )

describe('while a run of a job is open', () => {
  it('`skip` leaves the next ones out, each with the run that blocked it', async () => {
    const { begun, letGo, rows, states, nextMinute } = await started('skip')
    await nextMinute()
    await nextMinute()
    const [first, second] = await rows()
    expect(second?.reasonDetail).toBe(`Run ${first?.id} had not ended.`)
    letGo()
    await expect.poll(states).toEqual(['completed', 'overlap', 'overlap'])
    await nextMinute()
    await expect.poll(() => begun.length).toBe(2)
    letGo()
  })

  it('`queue` lets the newest wait, which begins when the open one has ended', async () => {
    const { begun, letGo, states, nextMinute, rows } = await started('queue')
    await nextMinute()
    await nextMinute()
    await nextMinute()
    expect(await states()).toEqual(['running', 'overlap', 'overlap', 'queued'])
    expect(begun).toHaveLength(1)
    letGo()
    await expect.poll(states).toEqual(['completed', 'overlap', 'overlap', 'running'])
    await expect.poll(() => begun.length).toBe(2)
    expect(begun[1]).toBe((await rows())[3]?.id)
    letGo()
  })

  it('`replace` cancels the open one, and begins when what is in the air has ended', async () => {
    const { begun, letGo, states, nextMinute } = await started('replace')
    await nextMinute()
    letGo()
    await expect.poll(states).toEqual([expect.stringMatching(/cancelled|completed/), 'running'])
    await expect.poll(() => begun.length).toBe(2)
    letGo()
  })

  it('`allow` runs them side by side', async () => {
    const { begun, letGo, states, nextMinute } = await started('allow')
    await nextMinute()
    await expect.poll(() => begun.length).toBe(2)
    expect(await states()).toEqual(['running', 'running'])
    letGo()
    letGo()
    await expect.poll(states).toEqual(['completed', 'completed'])
  })

  it('a run by hand is refused and names the open one; it may wait for it', async () => {
    const { bot, job, begun, letGo, rows, states } = await started('skip')
    const [first] = await rows()
    expect(await ask(bot, job.id)).toMatchObject({ kind: 'overlap', blocking: { id: first?.id } })
    expect(await ask(bot, job.id, 'wait')).toMatchObject({ kind: 'enqueued' })
    expect(begun).toHaveLength(1)
    letGo()
    await expect.poll(states).toEqual(['completed', 'running'])
    await expect.poll(() => begun.length).toBe(2)
    letGo()
  })

  it('a run by hand may replace the open one', async () => {
    const { bot, job, begun, letGo, states } = await started('skip')
    expect(await ask(bot, job.id, 'replace')).toMatchObject({ kind: 'enqueued', replaced: [{}] })
    await expect.poll(() => begun.length).toBe(2)
    letGo()
    letGo()
    await expect.poll(async () => (await states())[1]).toBe('completed')
  })

  it('a retry of an older run is refused, and may be asked for again when the open one has ended', async () => {
    const { bot, begun, letGo, breakOff, rows, states, nextMinute } = await started('skip')
    const [first] = await rows()
    breakOff()
    await expect.poll(states).toEqual(['failed'])
    await nextMinute()
    await expect.poll(() => begun.length).toBe(2)
    await nextMinute()
    const retry = () => bot.jobs.retry(first?.id ?? '', { ...change, now: bot.clock.now() })
    expect(await retry()).toMatchObject({ kind: 'overlap', blocking: { id: (await rows())[1]?.id } })
    letGo()
    await expect.poll(async () => (await states())[1]).toBe('completed')
    expect(await retry()).toMatchObject({ kind: 'enqueued', run: { retryOf: first?.id } })
    await expect.poll(() => begun.length).toBe(3)
    letGo()
  })

  it('a run that is found open at a start keeps what was missed from running beside it', async () => {
    const { bot, job, begun, letGo, states, rows } = await started('skip')
    const [first] = await rows()
    // As a process leaves it that is killed: the run is open, and a long time passes.
    bot.clock.advance(10 * minute)
    await expect.poll(states).toEqual(['running', 'missed', 'overlap'])
    expect((await rows())[2]?.reasonDetail).toBe(`Run ${first?.id} had not ended.`)
    expect(begun).toHaveLength(1)
    expect(await ask(bot, job.id)).toMatchObject({ kind: 'overlap' })
    letGo()
  })
})

describe('an action that is gone from the code', () => {
  const definition = {
    name: 'report',
    commands: ['report'],
    description: null,
    argsSchema: null,
    idempotent: false,
    error: null,
  }

  it('blocks its jobs visibly: each time is recorded, a run by hand is refused; they return with it', async () => {
    const bot = await startTestBot([defineAction({ name: 'report', run: () => 'hi' })], { people: 1 })
    const job = await createJob(bot, {
      action: 'report',
      cronExpression: '* * * * *',
      perUser: true,
      userIds: bot.users,
    })
    const states = async () =>
      (await bot.store.runs.list({ sort: 'createdAt' })).items.map(({ state, reason }) => reason ?? state)
    await bot.store.actions.sync([], bot.clock.now())
    bot.clock.advance(minute)
    await expect.poll(states).toEqual(['action_missing'])
    expect(await ask(bot, job.id)).toEqual({ kind: 'action_missing' })
    expect(await bot.store.jobs.get(job.id)).toMatchObject({
      enabled: true,
      archivedAt: null,
      actionState: 'archived',
    })
    await bot.store.actions.sync([definition], bot.clock.now())
    bot.clock.advance(minute)
    await expect.poll(states).toEqual(['action_missing', 'completed'])
    expect(await bot.texts(1)).toEqual(['hi'])
  })
})

describe('a job that is removed', () => {
  it('never runs again and keeps its history', async () => {
    const bot = await startTestBot([defineAction({ name: 'report', run: () => 'hi' })], { people: 1 })
    const job = await createJob(bot, {
      action: 'report',
      cronExpression: '* * * * *',
      perUser: true,
      userIds: bot.users,
    })
    const total = async () => (await bot.store.runs.list({ jobId: job.id })).items.map(({ state }) => state)
    bot.clock.advance(minute)
    await expect.poll(total).toEqual(['completed'])
    expect(await bot.jobs.archive(job.id, { ...change, now: bot.clock.now() })).toBe(true)
    expect(await bot.jobs.archive(job.id, change)).toBe(false)
    bot.clock.advance(5 * minute)
    expect(await ask(bot, job.id)).toEqual({ kind: 'not_found' })
    expect(await total()).toEqual(['completed'])
    expect(await bot.store.jobs.get(job.id)).toMatchObject({
      archivedAt: expect.any(Number),
      nextRunAt: null,
    })
  })
})
