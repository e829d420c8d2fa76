import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openStore, type Store } from '@kamihi/store'
import { createEmulator, type Emulator } from '@kamihi/telegram-emulator'
import { expect, onTestFinished } from 'vitest'
import { bundle } from '../../../store/test/harness/bundle.ts'
import { change } from '../bot.ts'

export interface ChildOptions {
  folder: string
  url: string
  emulator: { apiRoot: string; token: string; pageUrl: string }
  /** Where it stops. */
  point: string | null
  /** File with the milliseconds by which its clock is ahead. */
  later: string
  /** File that each call of an action adds a line to. */
  calls: string
  idempotent: boolean
}

/** Past the leases of a process that died. */
const pastLeasesMs = 20_000
const ana = 7

/** A database in which Ana may use everything, a Telegram that outlives every bot, and bots to be killed. */
export interface CrashSite {
  emulator: Emulator
  store: Store
  start(options?: Partial<ChildOptions>): Bot
  /** Starts a bot, lets Ana do something, and kills the bot with SIGKILL when it has come to the point. */
  killAt(point: string, act: () => Promise<unknown>, options?: Partial<ChildOptions>): Promise<void>
  /** Starts a bot that is not disturbed, when the leases of others have ended. */
  recover(options?: Partial<ChildOptions>): Promise<Bot>
  /** Moves the clock of all bots. */
  passTime(ms: number): void
  /** Ana writes something. */
  say(text: string): Promise<unknown>
  /** Ana presses the button with this label. */
  press(label: string): Promise<unknown>
  /** Resolves when this has arrived from the bot so often. */
  heard(text: string, times?: number): Promise<void>
  /** Resolves when all that Telegram handed over is handled. */
  quiet(): Promise<void>
  /** What arrived from the bot, in order. */
  texts(): Promise<string[]>
  /** What the actions were called for, in order. */
  calls(): string[]
}

export interface Bot {
  process: ChildProcess
  said(line: string): Promise<void>
  kill(): Promise<void>
  exitCode(): Promise<number | null>
}

export async function crashSite(): Promise<CrashSite> {
  const folder = mkdtempSync(join(tmpdir(), 'kamihi-crash-'))
  const url = `sqlite:///${join(folder, 'kamihi.db')}`
  const files = { calls: join(folder, 'calls'), later: join(folder, 'later') }
  let laterMs = 0
  const passTime = (ms: number) => {
    laterMs += ms
    writeFileSync(files.later, String(laterMs))
  }
  passTime(0)
  const emulator = await createEmulator({ port: 0, limits: false })
  await emulator.control.addUser({ id: ana, firstName: 'Ana' })
  const store = await openStore({ url })
  await store.users.create({ telegramId: ana, name: 'Ana', isAdmin: true }, change)
  onTestFinished(async () => {
    await store.close()
    await emulator.close()
  })
  const { token, pageUrl } = emulator
  const connection = { apiRoot: emulator.url, token, pageUrl }
  const base = { folder, url, ...files, emulator: connection, point: null, idempotent: false }
  const start = (options: Partial<ChildOptions> = {}): Bot => startBot({ ...base, ...options })
  const messages = async () => (await emulator.control.messages(ana)).filter(({ from }) => from === 'bot')
  const texts = async () => (await messages()).map(({ text }) => text ?? '')
  return {
    emulator,
    store,
    start,
    passTime,
    texts,
    async killAt(point, act, options = {}) {
      passTime(pastLeasesMs)
      const bot = start({ ...options, point })
      await bot.said('started')
      await act()
      await bot.said(`at ${point}`)
      await bot.kill()
    },
    async recover(options = {}) {
      passTime(pastLeasesMs)
      const bot = start(options)
      await bot.said('started')
      return bot
    },
    say: (text) => emulator.control.say(ana, text),
    async press(label) {
      const asked = (await messages()).findLast(({ text }) => text === 'Which size?')
      await emulator.control.click(ana, asked?.messageId ?? 0, `k:${['small', 'large'].indexOf(label)}`)
    },
    async heard(text, times = 1) {
      const count = async () => (await texts()).filter((each) => each === text).length
      await expect.poll(count).toBeGreaterThanOrEqual(times)
    },
    async quiet() {
      await expect.poll(async () => (await store.updates.unhandled()).length).toBe(0)
    },
    calls: () => (existsSync(files.calls) ? readFileSync(files.calls, 'utf8').trim().split('\n') : []),
  }
}

const child = await bundle(new URL('./child.ts', import.meta.url))

function startBot(options: ChildOptions): Bot {
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
