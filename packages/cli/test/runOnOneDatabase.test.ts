import { join } from 'node:path'
import { type JobSettings, jobDefaults } from '@kamihi/contracts'
import { everyItem, openStore } from '@kamihi/store'
import { createEmulator } from '@kamihi/telegram-emulator'
import { describe, expect, it, onTestFinished } from 'vitest'
import { freePort, greet, json, project, running } from './cli.ts'

const change = { actor: { kind: 'cli', id: null, name: 'test' }, now: 0 } as const

interface Work {
  people: number
  job: Partial<JobSettings>
  nextRunAt?: number
  yaml?: string
}

/** A Telegram that outlives the bots, and a job for many people in a database they share. */
async function sharedJob({ people, job, nextRunAt, yaml = '' }: Work) {
  const emulator = await createEmulator({ port: 0, limits: false })
  onTestFinished(() => emulator.close())
  const dir = project({
    'actions/greet.ts': greet,
    'kamihi.yaml': `jobs: { enabled: true, allow_seconds: true }\n${yaml}`,
  })
  await json(dir, 'action', 'list')
  const store = await openStore({ url: `sqlite:///${join(dir, 'kamihi.db')}` })
  onTestFinished(() => store.close())
  const userIds: string[] = []
  for (let n = 1; n <= people; n += 1) {
    await emulator.control.addUser({ id: n, firstName: `User ${n}` })
    const saved = await store.users.create({ telegramId: n, name: `User ${n}` }, change)
    if (saved.kind === 'saved') userIds.push(saved.value.id)
  }
  const settings = { ...jobDefaults, roleIds: [], args: {}, action: 'greet', perUser: true, userIds, ...job }
  const created = await store.jobs.create(settings as JobSettings, nextRunAt ?? null, change)
  if (created.kind !== 'saved') throw new Error(created.kind)
  /** A new process on this database. */
  const start = async () =>
    running(dir, {
      KAMIHI_TOKEN: emulator.token,
      KAMIHI_TELEGRAM__API_ROOT: emulator.url,
      KAMIHI_WEB__PORT: `${await freePort()}`,
    })
  const texts = async (telegramId: number) =>
    (await emulator.control.messages(telegramId)).filter(({ from }) => from === 'bot').map(({ text }) => text)
  return { emulator, dir, store, jobId: created.value.id, start, texts }
}

describe('kamihi run on a database of several processes', () => {
  it('killed in the middle of a run for five hundred goes on when it is started again, and marks what may have come twice', async () => {
    const people = 500
    const { emulator, dir, store, jobId, start, texts } = await sharedJob({
      people,
      job: { cronExpression: '0 0 1 1 *' },
      yaml: 'telegram: { rate: { global: 1000 } }',
    })
    const sent = async () => (await emulator.control.calls({ method: 'sendMessage' })).length
    const first = await start()
    const { runId } = await json<{ runId: string }>(dir, 'job', 'run', jobId)
    await expect.poll(sent, { timeout: 60_000, interval: 20 }).toBeGreaterThan(100)
    await first.kill('SIGKILL')
    const before = await sent()
    expect(before).toBeLessThan(people)

    await start()
    await expect
      .poll(async () => (await store.runs.get(runId))?.state, { timeout: 60_000, interval: 200 })
      .toBe('completed')
    const deliveries = await everyItem((query) => store.deliveries.list(runId, query))
    expect(deliveries).toHaveLength(people)
    const flagged = new Set(deliveries.filter((one) => one.possiblyDuplicated).map((one) => one.telegramId))
    const twice: number[] = []
    for (let n = 1; n <= people; n += 1) {
      const received = (await texts(n)).length
      expect(received, `messages of person ${n}`).toBeGreaterThanOrEqual(1)
      expect(received, `messages of person ${n}`).toBeLessThanOrEqual(2)
      if (received === 2) twice.push(n)
    }
    expect(twice.filter((n) => !flagged.has(n))).toEqual([])
    expect(await store.runs.get(runId)).toMatchObject({ counts: { sent: people } })
  })

  it('twice on one database fires each occurrence once', async () => {
    const people = 5
    const { store, start, texts } = await sharedJob({
      people,
      job: { cronExpression: '* * * * * *' },
      nextRunAt: Date.now(),
    })
    await Promise.all([start(), start()])
    const ended = async () => (await everyItem(store.runs.list)).filter(({ state }) => state === 'completed')
    await expect.poll(async () => (await ended()).length, { timeout: 60_000 }).toBeGreaterThan(4)
    const runs = await everyItem(store.runs.list)
    expect(new Set(runs.map(({ scheduledFor }) => scheduledFor)).size).toBe(runs.length)
    const finished = (await ended()).length
    for (let n = 1; n <= people; n += 1) {
      const received = (await texts(n)).length
      expect(received).toBeGreaterThanOrEqual(finished)
      expect(received).toBeLessThanOrEqual((await everyItem(store.runs.list)).length)
    }
  })
})
