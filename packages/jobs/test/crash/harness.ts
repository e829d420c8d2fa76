import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Delivery, type JobSettings, jobDefaults, type Run } from '@kamihi/contracts'
import { type Change, everyItem, openStore, type Store } from '@kamihi/store'
import { createEmulator, type Emulator } from '@kamihi/telegram-emulator'
import { expect, onTestFinished } from 'vitest'
import { bundle } from '../../../store/test/harness/bundle.ts'

export interface ChildOptions {
  folder: string
  url: string
  emulator: { apiRoot: string; token: string; pageUrl: string }
  /** Where it stops: at which point, and at which time that it comes there. */
  point: string | null
  nth: number
  /** File with the milliseconds by which its clock is ahead. */
  later: string
  /** File that each call of the action adds a line to. */
  calls: string
  parts: number
  idempotent: boolean
  cancelsAfterFirst: boolean
  /** For the first person the action computes, without ever waiting, until this file is there. */
  blockedUntil: string | null
}

/** Past the leases of a process that died. */
const pastLeasesMs = 20_000

/** A database with people and a job, a Telegram that outlives every bot, and bots to be killed. */
export interface CrashSite {
  emulator: Emulator
  store: Store
  jobId: string
  /** Starts a bot and kills it with SIGKILL when it has come to the point. */
  killAt(point: string, options?: Partial<ChildOptions>): Promise<void>
  /** Starts a bot that is not disturbed, when the leases of others have ended. */
  recover(options?: Partial<ChildOptions>): Promise<void>
  start(options?: Partial<ChildOptions>): Bot
  /** Moves the clock of all bots. */
  passTime(ms: number): void
  enqueue(): Promise<string>
  ended(runId: string): Promise<Run>
  runs(): Promise<Run[]>
  /** The first 200 of them. */
  deliveries(runId: string): Promise<Delivery[]>
  /** Those of which it is said that they may have arrived twice. */
  flagged(runId: string): Promise<Delivery[]>
  /** Whom the action was called for, in order. */
  calls(): string[]
  /** Texts that arrived, by the number of the person. */
  texts(person: number): Promise<string[]>
}

export interface Bot {
  process: ChildProcess
  said(line: string): Promise<void>
  /** All that it said, warnings too. */
  output(): string
  kill(): Promise<void>
  exitCode(): Promise<number | null>
}

interface SiteOptions {
  people?: number
  job?: Partial<JobSettings>
  /** Milliseconds from now at which the job is due. Default: it is not. */
  dueInMs?: number
}

const now = () => Date.now()
const change = (): Change => ({ actor: { kind: 'cli', id: null, name: 'test' }, now: now() })

export async function crashSite({ people = 1, job = {}, dueInMs }: SiteOptions = {}): Promise<CrashSite> {
  const folder = mkdtempSync(join(tmpdir(), 'kamihi-crash-'))
  const url = `sqlite:///${join(folder, 'kamihi.db')}`
  const calls = join(folder, 'calls')
  const later = join(folder, 'later')
  let laterMs = 0
  const passTime = (ms: number) => {
    laterMs += ms
    writeFileSync(later, String(laterMs))
  }
  passTime(0)
  const emulator = await createEmulator({ port: 0, limits: false })
  const store = await openStore({ url, synchronous: 'normal' })
  onTestFinished(async () => {
    await store.close()
    await emulator.close()
  })
  const jobId = await prepare(store, emulator, people, job, dueInMs)
  const base = {
    folder,
    url,
    calls,
    later,
    nth: 1,
    parts: 1,
    idempotent: false,
    cancelsAfterFirst: false,
    blockedUntil: null,
  }
  const { token, pageUrl } = emulator
  const start = (options: Partial<ChildOptions> = {}): Bot =>
    startBot({
      ...base,
      point: null,
      emulator: { apiRoot: emulator.url, token, pageUrl },
      ...options,
    })
  return {
    emulator,
    store,
    jobId,
    start,
    passTime,
    async killAt(point, options = {}) {
      const bot = start({ ...options, point })
      await bot.said(`at ${point}`)
      await bot.kill()
    },
    async recover(options = {}) {
      passTime(pastLeasesMs)
      await start(options).said('started')
    },
    async enqueue() {
      const asked = { idempotencyKey: 'once', args: null, onlyUserIds: null, dryRun: false }
      const outcome = await store.runs.enqueueManual({ jobId, ...asked }, change())
      if (outcome.kind !== 'enqueued') throw new Error(outcome.kind)
      return outcome.run.id
    },
    async ended(runId) {
      const run = async () => (await store.runs.get(runId)) as Run
      await expect.poll(async () => (await run()).finishedAt, { timeout: 180_000 }).not.toBeNull()
      return run()
    },
    runs: async () => (await store.runs.list({ jobId })).items,
    deliveries: async (runId) => (await store.deliveries.list(runId, { limit: 200 })).items,
    flagged: async (runId) =>
      (await everyItem((cursor) => store.deliveries.list(runId, { limit: 200, ...cursor }))).filter(
        ({ possiblyDuplicated }) => possiblyDuplicated,
      ),
    calls: () => (existsSync(calls) ? readFileSync(calls, 'utf8').trim().split('\n') : []),
    texts: async (person) =>
      (await emulator.control.messages(person)).filter(({ from }) => from === 'bot').map(({ text }) => text),
  }
}

async function prepare(
  store: Store,
  emulator: Emulator,
  people: number,
  job: Partial<JobSettings>,
  dueInMs: number | undefined,
): Promise<string> {
  await store.actions.sync(
    [{ name: 'report', commands: [], description: null, argsSchema: null, idempotent: false, error: null }],
    now(),
  )
  const userIds: string[] = []
  for (let n = 1; n <= people; n += 1) {
    await emulator.control.addUser({ id: n, firstName: `User ${n}` })
    const saved = await store.users.create({ telegramId: n, name: `User ${n}` }, change())
    if (saved.kind === 'saved') userIds.push(saved.value.id)
  }
  const settings = { roleIds: [], args: {}, action: 'report', cronExpression: '0 0 1 1 *', perUser: true }
  const next = dueInMs === undefined ? null : now() + dueInMs
  const saved = await store.jobs.create({ ...jobDefaults, ...settings, userIds, ...job }, next, change())
  if (saved.kind !== 'saved') throw new Error(saved.kind)
  return saved.value.id
}

const child = await bundle(new URL('./child.ts', import.meta.url))

function startBot(options: ChildOptions): Bot {
  writeFileSync(options.calls, '', { flag: 'a' })
  const process = spawn(globalThis.process.execPath, [child, JSON.stringify(options)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let printed = ''
  const heard = (data: unknown) => {
    printed += String(data)
  }
  process.stdout.on('data', heard)
  process.stderr.on('data', heard)
  const end = once(process, 'close')
  const kill = async () => {
    process.kill('SIGKILL')
    await end
  }
  onTestFinished(kill)
  return {
    process,
    kill,
    output: () => printed,
    exitCode: () => end.then(([code]) => code as number | null),
    async said(line) {
      while (!printed.split('\n').includes(line)) {
        if (process.exitCode !== null || process.signalCode !== null)
          throw new Error(`The bot ended before it said "${line}": ${printed}`)
        await Promise.race([once(process.stdout, 'data'), end])
      }
    },
  }
}
