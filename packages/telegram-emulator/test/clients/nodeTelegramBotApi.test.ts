import {
  Api,
  Bot,
  createWebhookServer,
  EntityBuilder,
  InputFile,
  longPoll,
  TelegramApiError,
} from 'node-telegram-bot-api/node'
import { describe, expect, it } from 'vitest'
import { nodeTelegramBotApiDriver } from './nodeTelegramBotApiDriver.ts'
import { ana, useStage } from './stage.ts'
import { describeClient } from './suite.ts'

describeClient('node-telegram-bot-api', nodeTelegramBotApiDriver)

describe('what only node-telegram-bot-api does', () => {
  const stage = useStage(nodeTelegramBotApiDriver)
  const options = () => ({ apiRoot: stage.emulator.url, retryBackoffMs: 10 })
  const createApi = () => new Api(stage.emulator.token, options())
  const createBot = () => new Bot(stage.emulator.token, options())
  const texts = async () => (await stage.control.messages(ana)).map(({ text }) => text)

  it('waits by itself for as long as it is told, and is let through', async () => {
    const { control } = stage
    await control.setLimits({ chat: { most: 1, perMs: 1000 } })
    const api = createApi()
    await Promise.all(['one', 'two'].map((text) => api.sendMessage({ chat_id: ana, text })))
    expect(await texts()).toEqual(['one', 'two'])
    const { counters } = await control.limits()
    expect(counters.refused.chat).toBeGreaterThan(0)
  })

  it('gives a long wait to the caller', async () => {
    await stage.control.setLimits({ chat: { most: 1, perMs: 90_000 } })
    const api = createApi()
    await api.sendMessage({ chat_id: ana, text: 'one' })
    const error = await api.sendMessage({ chat_id: ana, text: 'two' }).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(TelegramApiError)
    expect(error).toMatchObject({ errorCode: 429, retryAfter: 90 })
  })

  it('tries again when a proxy on the way has failed', async () => {
    await stage.control.fail({
      method: 'sendMessage',
      times: 2,
      error: { status: 502, description: 'Bad Gateway', html: true },
    })
    await createApi().sendMessage({ chat_id: ana, text: 'In the end' })
    expect(await texts()).toEqual(['In the end'])
  })

  it('sends twice when the answer to the first time was lost', async () => {
    await stage.control.fail({ method: 'sendMessage', error: 'reset-after' })
    await createApi().sendMessage({ chat_id: ana, text: 'Again' })
    expect(await texts()).toEqual(['Again', 'Again'])
  })

  it('gets updates from an iterator', async () => {
    const { control } = stage
    for (const text of ['one', 'two', 'three']) await control.say(ana, text)
    const heard: unknown[] = []
    const end = new AbortController()
    for await (const update of longPoll(createApi(), { limit: 1 }, end.signal)) {
      if ('message' in update) heard.push(update.message.text)
      if (heard.length === 3) end.abort()
    }
    expect(heard).toEqual(['one', 'two', 'three'])
  })

  it('gets an update again that its own webhook server has failed at', async () => {
    const { control } = stage
    const bot = createBot()
    let throws = 1
    bot.catch((error) => {
      throw error
    })
    bot.on('message', async (context) => {
      if (throws-- > 0) throw new Error('Not today')
      await context.reply('Now I can')
    })
    const server = createWebhookServer(bot, { path: '/hook', secretToken: 'secret' })
    const { url } = await stage.serve((request, response) => void server.emit('request', request, response))
    await bot.api.setWebhook({ url, secret_token: 'secret' })
    await control.say(ana, 'hi')
    await control.waitForMessage(ana, ({ text }) => text === 'Now I can')
  })

  it('makes marks without a parse mode', async () => {
    const content = new EntityBuilder().plain('🎈 ').bold('Tea').link(' more', 'https://example.com/').build()
    const sent = await createApi().sendMessage({ chat_id: ana, ...content })
    expect(sent).toMatchObject({
      text: '🎈 Tea more',
      entities: [
        { type: 'bold', offset: 3, length: 3 },
        { type: 'text_link', offset: 6, length: 5, url: 'https://example.com/' },
      ],
    })
  })

  // It writes them as %22, as browsers do. td reads names url_decoded (HttpReader.cpp), and clean_filename
  // (filesystem.cpp) puts a space in place of what no name may have.
  it('has quotes taken out of the name of a file', async () => {
    const file = new InputFile(Buffer.from('x'), { filename: 'my "best" tea.txt' })
    const { document } = await createApi().sendDocument({ chat_id: ana, document: file })
    expect(document?.file_name).toBe('my  best  tea.txt')
  })
})
