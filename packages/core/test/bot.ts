import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Change, openStore } from '@kamihi/store'
import { createEmulator, type Emulator } from '@kamihi/telegram-emulator'
import { onTestFinished } from 'vitest'
import {
  type ActionDefinition,
  type Clock,
  createKamihi,
  type Kamihi,
  type Logger,
  loadConfig,
  silentLogger,
} from '../src/index.ts'

export const change: Change = { actor: { kind: 'cli', id: null, name: 'test' }, now: Date.now() }

export interface TestBot {
  emulator: Emulator
  kamihi: Kamihi
  /** Stops the bot and starts it anew on the same database and emulator. */
  restart(): Promise<void>
  say(userId: number, text: string): Promise<string>
}

export const emulatorFor = (): Promise<Emulator> => createEmulator({ port: 0, limits: false })

/** A bot on the emulator and a database file of its own, with Ana (7, may use everything) and Luis (8, may use nothing). */
export async function startTestBot(
  actions: ActionDefinition[],
  overrides: object = {},
  more: { logger?: Logger; clock?: (emulator: Emulator) => Clock } = {},
): Promise<TestBot> {
  const emulator = await emulatorFor()
  const cwd = mkdtempSync(join(tmpdir(), 'kamihi-core-'))
  const url = `sqlite:///${join(cwd, 'kamihi.db')}`
  const { config } = await loadConfig({ cwd, overrides: { db: { url }, ...overrides } })
  for (const [id, firstName] of [
    [7, 'Ana'],
    [8, 'Luis'],
    [9, 'Stranger'],
  ] as const)
    await emulator.control.addUser({ id, firstName })
  const store = await openStore({ url })
  await store.users.create({ telegramId: 7, name: 'Ana', isAdmin: true }, change)
  await store.users.create({ telegramId: 8, name: 'Luis' }, change)
  await store.close()
  const start = async () => {
    const kamihi = await createKamihi({
      config,
      actions,
      logger: more.logger ?? silentLogger(),
      ...(more.clock ? { clock: more.clock(emulator) } : {}),
      emulator: { apiRoot: emulator.url, token: emulator.token, pageUrl: emulator.pageUrl },
    })
    await kamihi.start()
    return kamihi
  }
  const bot: TestBot = {
    emulator,
    kamihi: await start(),
    async restart() {
      await bot.kamihi.stop()
      bot.kamihi = await start()
    },
    async say(userId, text) {
      const { messageId } = await emulator.control.say(userId, text)
      const answer = await emulator.control.waitForMessage(userId, (message) => message.from === 'bot', {
        afterMessageId: messageId,
      })
      return answer.text
    },
  }
  onTestFinished(async () => {
    await bot.kamihi.stop()
    await emulator.close()
  })
  return bot
}
