import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Run } from '@kamihi/contracts'
import {
  type ActionDefinition,
  createKamihi,
  followTime,
  type Kamihi,
  loadConfig,
  silentLogger,
} from '@kamihi/core'
import { type Change, openStore, type Store } from '@kamihi/store'
import { createEmulator, type Emulator, type EmulatorClock } from '@kamihi/telegram-emulator'
import { expect, onTestFinished } from 'vitest'
import { createJobs, type Jobs } from '../src/index.ts'

/** Five seconds past a full minute, so that no job fires by itself while a test works. */
const begin = Math.floor(Date.now() / 60_000) * 60_000 + 5000

export const change: Change = { actor: { kind: 'cli', id: null, name: 'test' }, now: begin }

export interface TestBot {
  emulator: Emulator
  kamihi: Kamihi
  jobs: Jobs
  store: Store
  clock: EmulatorClock
  /** Ids of the users with Telegram ids 1, 2, 3 … */
  users: string[]
  url: string
  /** Another process on the same database. */
  another(): Promise<{ kamihi: Kamihi; jobs: Jobs }>
  ended(runId: string): Promise<Run>
  texts(telegramId: number): Promise<string[]>
}

interface Options {
  people?: number
  overrides?: object
}

export async function startTestBot(
  actions: ActionDefinition[],
  { people = 2, overrides = {} }: Options = {},
): Promise<TestBot> {
  const startedAt = Date.now()
  const emulator = await createEmulator({ port: 0, limits: false, now: () => begin + Date.now() - startedAt })
  const clock = followTime(emulator.clock)
  const cwd = mkdtempSync(join(tmpdir(), 'kamihi-jobs-'))
  const url = `sqlite:///${join(cwd, 'kamihi.db')}`
  const { config } = await loadConfig({
    cwd,
    overrides: {
      db: { url },
      jobs: { enabled: true },
      telegram: { rate: { global: 1000, perChat: 100 } },
      ...overrides,
    },
  })
  const users = await addPeople(url, emulator, people)
  const stops: (() => Promise<unknown> | unknown)[] = []
  const start = async () => {
    const kamihi = await createKamihi({
      config,
      actions,
      clock,
      logger: silentLogger(),
      emulator: { apiRoot: emulator.url, token: emulator.token, pageUrl: emulator.pageUrl },
    })
    const jobs = createJobs({ kamihi })
    kamihi.use(jobs)
    await kamihi.start()
    stops.push(() => kamihi.stop())
    return { kamihi, jobs }
  }
  const { kamihi, jobs } = await start()
  onTestFinished(async () => {
    for (const stop of stops) await stop()
    await emulator.close()
  })
  const { store } = kamihi
  return {
    emulator,
    kamihi,
    jobs,
    store,
    clock: emulator.clock,
    users,
    url,
    another: start,
    async ended(runId) {
      await expect
        .poll(async () => (await store.runs.get(runId))?.finishedAt ?? null, { timeout: 45_000 })
        .not.toBeNull()
      return (await store.runs.get(runId)) as Run
    },
    texts: async (telegramId) =>
      (await emulator.control.messages(telegramId))
        .filter((message) => message.from === 'bot')
        .map((message) => message.text),
  }
}

async function addPeople(url: string, emulator: Emulator, count: number): Promise<string[]> {
  const store = await openStore({ url })
  const ids: string[] = []
  for (let n = 1; n <= count; n += 1) {
    await emulator.control.addUser({ id: n, firstName: `User ${n}` })
    const saved = await store.users.create({ telegramId: n, name: `User ${n}` }, change)
    if (saved.kind === 'saved') ids.push(saved.value.id)
  }
  await store.close()
  return ids
}

/** Runs a job by hand and gives the run. */
export async function runNow(
  bot: TestBot,
  jobId: string,
  more: { key?: string; dryRun?: boolean; onlyUserIds?: string[]; args?: Record<string, unknown> } = {},
): Promise<Run> {
  const asked = {
    idempotencyKey: more.key ?? `${Math.random()}`,
    args: more.args ?? null,
    onlyUserIds: more.onlyUserIds ?? null,
    dryRun: more.dryRun ?? false,
  }
  const outcome = await bot.jobs.run(jobId, asked, change)
  if (outcome.kind !== 'enqueued' && outcome.kind !== 'existing') throw new Error(outcome.kind)
  return outcome.run
}

export async function createJob(bot: TestBot, input: Parameters<Jobs['create']>[0]) {
  const saved = await bot.jobs.create(input, change)
  if (saved.kind !== 'saved') throw new Error(JSON.stringify(saved))
  return saved.value
}

/** A job that runs an action every minute for each person of the bot. */
export const createPerUserJob = (bot: TestBot, action: string) =>
  createJob(bot, { action, cronExpression: '* * * * *', perUser: true, userIds: bot.users })
