import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Job, JobCreate, Run } from '@kamihi/contracts'
import { type Kamihi, loadConfig } from '@kamihi/core'
import { presentJob } from '@kamihi/jobs'
import type { Change, Saved } from '@kamihi/store'
import type { Emulator, EmulatorControl } from '@kamihi/telegram-emulator'
import { type RunningBot, type StartBotOptions, startBot } from './startBot.ts'
import { type Person, personOf } from './testing/person.ts'

export type { Person } from './testing/person.ts'

export interface TestBotOptions {
  /** Folder of the bot, with its `actions/` and `kamihi.yaml`. Default: none. */
  projectDir?: string
  /** Actions given in code. */
  actions?: StartBotOptions['actions']
  /** Settings in camelCase that differ from those of the project. */
  config?: object
  /** What time it is when the bot starts. Default: now. */
  startAt?: Date | string
}

export interface TestUser {
  /** Default: the first number that is free, from 1001. */
  telegramId?: number
  name?: string
  isAdmin?: boolean
  /** Names of actions that they may use. */
  mayUse?: string[]
}

/** A whole bot for one test: temporary database, stand-in for Telegram without limits, its own time, no dashboard. */
export interface TestBot extends AsyncDisposable {
  readonly kamihi: Kamihi
  readonly jobs: RunningBot['jobs']
  /** The stand-in: its address and token, for whoever speaks the Bot API directly. */
  readonly emulator: Emulator
  /** What the people of the stand-in can do, and what can go wrong there. */
  readonly people: EmulatorControl
  /** Adds a user, and gives them to talk as. */
  user(user?: TestUser): Promise<Person>
  /** Creates a job, for people by their Telegram ids. @throws Error that says why it is refused */
  job(job: Omit<JobCreate, 'userIds'> & { users?: number[] }): Promise<Job>
  /** Runs a job by hand and gives the run when it has ended. */
  run(job: Job): Promise<Run>
  /** Moves the time forward to an instant; what is due until then runs. */
  moveTo(at: Date | string): Promise<void>
  stop(): Promise<void>
}

/**
 * Starts a bot for a test. End it with `await using`, or with `stop()`.
 * @throws Error in one sentence when the configuration or an action is wrong
 */
export async function startTestBot(options: TestBotOptions = {}): Promise<TestBot> {
  const folder = mkdtempSync(join(tmpdir(), 'kamihi-test-'))
  const bot = await startBot({
    config: await testConfig(options, folder),
    ...(options.projectDir ? { projectDir: options.projectDir } : {}),
    ...(options.actions ? { actions: options.actions } : {}),
    demo: false,
    emulator: { limits: false, ...(options.startAt ? { now: timeFrom(options.startAt) } : {}) },
  })
  const [broken] = bot.kamihi.actions.broken()
  const stop = async (): Promise<void> => {
    await bot.stop()
    await rm(folder, { recursive: true, force: true })
  }
  if (broken) {
    await stop()
    throw new Error(`The action ${broken.name} cannot be loaded: ${broken.where} ${broken.message}`)
  }
  return { ...testBot(bot, bot.emulator as Emulator), stop, [Symbol.asyncDispose]: stop }
}

async function testConfig({ projectDir, config = {} }: TestBotOptions, folder: string) {
  const forTests = {
    token: null,
    db: { url: `sqlite:///${join(folder, 'test.db')}`, synchronous: 'normal' },
    jobs: { enabled: true },
    telegram: { emulator: { port: 0 }, rate: { global: 1000, perChat: 1000 } },
    web: { enabled: false },
    log: { stdoutEnable: false },
  }
  const { config: loaded } = await loadConfig({
    cwd: projectDir ?? folder,
    env: {},
    overrides: mergeGroups(forTests, config),
  })
  return loaded
}

/** What a test sets in a group leaves the rest of the group as it is. */
function mergeGroups(base: Record<string, unknown>, given: object): Record<string, unknown> {
  const isGroup = (value: unknown): value is object => typeof value === 'object' && value !== null
  const merged = { ...base }
  for (const [key, value] of Object.entries(given)) {
    const known = base[key]
    merged[key] = isGroup(known) && isGroup(value) ? { ...known, ...value } : value
  }
  return merged
}

function timeFrom(startAt: Date | string): () => number {
  const began = performance.now()
  const at = new Date(startAt).getTime()
  return () => at + Math.round(performance.now() - began)
}

function testBot(
  { kamihi, jobs }: RunningBot,
  emulator: Emulator,
): Omit<TestBot, 'stop' | typeof Symbol.asyncDispose> {
  const { store } = kamihi
  const { control: people, clock } = emulator
  let nextId = 1001
  const change = (): Change => ({
    actor: { kind: 'system', id: null, name: 'test' },
    now: kamihi.clock.now(),
  })
  const idOf = async (telegramId: number): Promise<string> => {
    const user = await store.users.getByTelegramId(telegramId)
    if (!user) throw new Error(`There is no user with the Telegram id ${telegramId}; add them with user().`)
    return user.id
  }
  return {
    kamihi,
    jobs,
    emulator,
    people,
    async user({ telegramId = nextId, name, isAdmin = false, mayUse = [] } = {}) {
      nextId = Math.max(nextId, telegramId) + 1
      const input = { telegramId, isAdmin, ...(name ? { name } : {}) }
      const user = savedValue(await store.users.create(input, change()))
      for (const action of mayUse)
        savedValue(await store.permissions.create({ action, userIds: [user.id], roleIds: [] }, change()))
      kamihi.events.emit({ type: 'users.changed', ids: [user.id] })
      await people.addUser({ id: telegramId, firstName: name ?? `User ${telegramId}` })
      return personOf(people, telegramId)
    },
    async job({ users = [], ...input }) {
      const userIds = await Promise.all(users.map(idOf))
      const saved = await jobs.create({ ...input, userIds }, change())
      if (saved.kind === 'refused') throw new Error(saved.errors.map(({ message }) => message).join(' '))
      const { id } = savedValue(saved)
      const row = await store.jobs.getRow(id)
      if (!row) throw new Error(`The job ${id} is gone.`)
      return presentJob(kamihi, row)
    },
    async run({ id }) {
      const asked = { idempotencyKey: `${id} ${clock.now()}`, args: null, onlyUserIds: null, dryRun: false }
      const outcome = await jobs.run(id, asked, change())
      if (outcome.kind !== 'enqueued' && outcome.kind !== 'existing')
        throw new Error(`The job was not run: ${outcome.kind}.`)
      return ended(kamihi, outcome.run.id)
    },
    async moveTo(at) {
      clock.advance(new Date(at).getTime() - clock.now())
    },
  }
}

function savedValue<T>(saved: Saved<T>): T {
  if (saved.kind === 'saved') return saved.value
  throw new Error(`It was not saved: ${JSON.stringify(saved)}`)
}

async function ended({ store, events }: Kamihi, runId: string): Promise<Run> {
  return new Promise((resolve, reject) => {
    const check = async (): Promise<void> => {
      const run = await store.runs.get(runId)
      if (!run?.finishedAt) return
      stopListening()
      resolve(run)
    }
    const stopListening = events.on((event) => {
      if (event.type === 'run.changed' && event.runId === runId) check().catch(reject)
    })
    check().catch(reject)
  })
}
