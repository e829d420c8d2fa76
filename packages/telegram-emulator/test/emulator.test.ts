import { Telegraf } from 'telegraf'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createEmulator, type Emulator, type EmulatorControl } from '../src/index.ts'

let emulator: Emulator
let control: EmulatorControl
let time: number
beforeEach(async () => {
  time = Date.UTC(2026, 10, 24, 8)
  emulator = await createEmulator({ port: 0, now: () => time })
  control = emulator.control
  await control.addUser({ id: 7, firstName: 'Ana' })
})
afterEach(() => emulator.close())

const call = async (method: string, params: object = {}) => {
  const response = await fetch(`${emulator.url}/bot${emulator.token}/${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(params),
  })
  return (await response.json()) as {
    ok: boolean
    result?: never
    description?: string
    error_code?: number
    parameters?: { retry_after?: number }
  }
}

describe('a bot made with telegraf', () => {
  it('hears a command and answers it', async () => {
    const bot = new Telegraf(emulator.token, { telegram: { apiRoot: emulator.url } })
    bot.command('hello', (context) => context.reply(`Hello ${context.from.first_name}`))
    const running = bot.launch()
    await control.say(7, '/hello')
    expect((await control.waitForMessage(7, (message) => message.from === 'bot')).text).toBe('Hello Ana')
    bot.stop()
    await running
  })

  it('hears a button and may answer it once', async () => {
    const bot = new Telegraf(emulator.token, { telegram: { apiRoot: emulator.url } })
    bot.on('callback_query', (context) => context.answerCbQuery().then(() => context.reply('pressed')))
    const running = bot.launch()
    await call('sendMessage', {
      chat_id: 7,
      text: 'Choose',
      reply_markup: { inline_keyboard: [[{ text: 'A', callback_data: 'a' }]] },
    })
    await control.click(7, 1, 'a')
    await control.waitForMessage(7, (message) => message.text === 'pressed')
    bot.stop()
    await running
  })
})

describe('getUpdates', () => {
  it('waits for an update and takes the confirmed ones away', async () => {
    const waiting = call('getUpdates', { timeout: 5 })
    await control.say(7, 'hi')
    const { result } = (await waiting) as unknown as { result: { update_id: number }[] }
    expect(result).toHaveLength(1)
    expect(await call('getUpdates', { offset: (result[0]?.update_id ?? 0) + 1 })).toMatchObject({
      result: [],
    })
  })

  it('of a second bot ends that of the first', async () => {
    const first = call('getUpdates', { timeout: 5 })
    await new Promise((resolve) => setImmediate(resolve))
    await expect.poll(async () => (await call('getUpdates')).ok).toBe(true)
    expect(await first).toMatchObject({
      error_code: 409,
      description: expect.stringContaining('terminated by other getUpdates'),
    })
  })

  it('never gives an id again after a restart', async () => {
    await control.say(7, 'hi')
    const { result } = (await call('getUpdates')) as unknown as { result: { update_id: number }[] }
    await using later = await createEmulator({ port: 0, now: () => time + 5000 })
    await later.control.addUser({ id: 7, firstName: 'Ana' })
    await later.control.say(7, 'hi')
    const response = await fetch(`${later.url}/bot${later.token}/getUpdates`)
    const { result: next } = (await response.json()) as { result: { update_id: number }[] }
    expect(next[0]?.update_id).toBeGreaterThan(result[0]?.update_id ?? 0)
  })
})

describe('refusals', () => {
  it.each([
    ['sendMessage', { chat_id: 7, text: ' ' }, 400, 'Bad Request: text must be non-empty'],
    ['sendMessage', { chat_id: 7, text: 'x'.repeat(4097) }, 400, 'Bad Request: message is too long'],
    ['sendMessage', { chat_id: 99, text: 'x' }, 400, 'Bad Request: chat not found'],
    ['sendMessage', { text: 'x' }, 400, 'Bad Request: chat_id is empty'],
    [
      'sendMessage',
      {
        chat_id: 7,
        text: 'x',
        reply_markup: { inline_keyboard: [[{ text: 'A', callback_data: 'x'.repeat(65) }]] },
      },
      400,
      'Bad Request: BUTTON_DATA_INVALID',
    ],
    [
      'editMessageText',
      { chat_id: 7, message_id: 5, text: 'x' },
      400,
      'Bad Request: message to edit not found',
    ],
    [
      'answerCallbackQuery',
      { callback_query_id: 'no' },
      400,
      'Bad Request: query is too old and response timeout expired or query ID is invalid',
    ],
    [
      'setMyCommands',
      { commands: [{ command: 'Bad', description: 'x' }] },
      400,
      'Bad Request: BOT_COMMAND_INVALID',
    ],
    ['sendInvoice', {}, 501, 'Not Implemented: the emulator does not model sendInvoice'],
    ['sendNothing', {}, 404, 'Not Found: method not found'],
  ])('%s %# are in the words of Telegram', async (method, params, code, description) => {
    expect(await call(method, params)).toEqual({ ok: false, error_code: code, description })
  })

  it('of a wrong token is 401', async () => {
    expect((await fetch(`${emulator.url}/bot1:x/getMe`)).status).toBe(401)
  })

  it('tell a person who blocked the bot from one who never started it', async () => {
    await control.addUser({ id: 8, firstName: 'Luis', started: false })
    await control.block(7)
    const answers = await Promise.all([7, 8].map((id) => call('sendMessage', { chat_id: id, text: 'x' })))
    expect(answers.map((answer) => answer.description)).toEqual([
      'Forbidden: bot was blocked by the user',
      "Forbidden: bot can't initiate conversation with a user",
    ])
  })

  it('ask to wait when messages come too fast, and for exactly as long as needed', async () => {
    for (let id = 100; id < 131; id += 1) await control.addUser({ id, firstName: `U${id}` })
    for (let id = 100; id < 130; id += 1)
      expect((await call('sendMessage', { chat_id: id, text: 'x' })).ok).toBe(true)
    expect(await call('sendMessage', { chat_id: 130, text: 'x' })).toMatchObject({
      error_code: 429,
      parameters: { retry_after: 1 },
    })
    time += 1000
    expect((await call('sendMessage', { chat_id: 130, text: 'x' })).ok).toBe(true)
  })
})

describe('faults', () => {
  it('answer the next calls as told', async () => {
    await control.fail({
      method: 'sendMessage',
      times: 1,
      error: { status: 502, description: 'Bad Gateway' },
    })
    expect((await call('sendMessage', { chat_id: 7, text: 'x' })).error_code).toBe(502)
    expect((await call('sendMessage', { chat_id: 7, text: 'x' })).ok).toBe(true)
  })

  it('cut the connection before or after the message was taken', async () => {
    await control.fail({ error: 'reset-before' })
    await expect(call('sendMessage', { chat_id: 7, text: 'before' })).rejects.toThrow()
    await control.fail({ error: 'reset-after' })
    await expect(call('sendMessage', { chat_id: 7, text: 'after' })).rejects.toThrow()
    expect((await control.messages(7)).map((message) => message.text)).toEqual(['after'])
  })
})

describe('the command menu', () => {
  it('of a chat wins over the default one', async () => {
    await call('setMyCommands', { commands: [{ command: 'all', description: 'For all' }] })
    await call('setMyCommands', {
      commands: [{ command: 'mine', description: 'For Ana' }],
      scope: { type: 'chat', chat_id: 7 },
    })
    expect([await control.commandsFor(7), await control.commandsFor(8)]).toMatchObject([
      [{ command: 'mine' }],
      [{ command: 'all' }],
    ])
  })
})
