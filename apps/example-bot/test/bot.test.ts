import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createControlClient, type EmulatorControl } from '@kamihi/telegram-emulator'
import { loadConfig, type RunningBot, startBot } from 'kamihi'
import { afterAll, beforeAll, expect, it } from 'vitest'

const projectDir = dirname(dirname(fileURLToPath(import.meta.url)))
const [ana, luis, stranger] = [1001, 1002, 9999]

let bot: RunningBot
let people: EmulatorControl

beforeAll(async () => {
  const { config } = await loadConfig({
    cwd: projectDir,
    overrides: {
      token: null,
      db: { url: `sqlite:///${join(mkdtempSync(join(tmpdir(), 'bot-')), 'test.db')}` },
      telegram: { emulator: { port: 0 } },
      web: { enabled: false },
      log: { stdoutEnable: false },
    },
  })
  bot = await startBot({ config, projectDir })
  people = createControlClient(bot.chatUrl ?? '')
})
afterAll(() => bot.stop())

const hears = (person: number, words: string | RegExp) =>
  people.waitForMessage(person, ({ from, text }) => from === 'bot' && text.search(words) >= 0)

it('greets whoever may use it', async () => {
  await people.say(luis, '/start')
  await hears(luis, 'Hello Luis')
})

it('tells the weather after its questions are answered', async () => {
  await people.say(luis, '/weather')
  await hears(luis, 'What is your name?')
  await people.say(luis, 'Luis')
  const question = await hears(luis, 'Which city?')
  const paris = question.replyMarkup?.inline_keyboard?.flat().find(({ text }) => text === 'Paris')
  await people.click(luis, question.messageId, paris?.callback_data ?? '')
  await hears(luis, 'Hello Luis: Paris is cloudy')
})

it('sends each person their own report when the job runs', async () => {
  const [job] = (await bot.kamihi.store.jobs.list({})).items
  const change = { actor: { kind: 'system' as const, id: null, name: 'test' }, now: Date.now() }
  await bot.jobs.run(
    job?.id ?? '',
    { idempotencyKey: 'test', args: null, onlyUserIds: null, dryRun: false },
    change,
  )
  await hears(ana, /Report of .* for Ana/)
  await hears(luis, /Report of .* for Luis/)
})

it('does not talk to strangers', async () => {
  await people.addUser({ id: stranger, firstName: 'Eve' })
  await people.say(stranger, '/weather')
  const answer = await people.waitForMessage(stranger, ({ from }) => from === 'bot')
  expect(answer.text).not.toContain('What is your name?')
})
