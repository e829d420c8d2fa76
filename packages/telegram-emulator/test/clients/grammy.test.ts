import { Bot, GrammyError, InputFile, webhookCallback } from 'grammy'
import { describe, expect, it } from 'vitest'
import { grammyDriver } from './grammyDriver.ts'
import { ana, soon, useStage } from './stage.ts'
import { describeClient } from './suite.ts'

describeClient('grammY', grammyDriver)

describe('what only grammY does', () => {
  const stage = useStage(grammyDriver)
  const createBot = (client: object = {}) =>
    new Bot(stage.emulator.token, { client: { apiRoot: stage.emulator.url, ...client } })

  it('sends a message in its answer to the webhook', async () => {
    const { control } = stage
    const bot = createBot({ canUseWebhookReply: (method: string) => method === 'sendMessage' })
    const results: unknown[] = []
    bot.on('message', async (context) => results.push(await context.reply('In the answer')))
    const { url } = await stage.serve(webhookCallback(bot, 'http'))
    await bot.api.setWebhook(url)
    await control.say(ana, 'hi')
    await control.waitForMessage(ana, ({ text }) => text === 'In the answer')
    // A call of its own would give it the message.
    expect(results).toEqual([true])
  })

  it('gets an update again that its handler has thrown at', async () => {
    const { control } = stage
    const bot = createBot()
    let throws = 1
    bot.on('message', async (context) => {
      if (throws-- > 0) throw new Error('Not today')
      await context.reply('Now I can')
    })
    const served = await stage.serve(webhookCallback(bot, 'http'))
    await bot.api.setWebhook(served.url)
    await control.say(ana, 'hi')
    await control.waitForMessage(ana, ({ text }) => text === 'Now I can')
    expect(served.requests()).toBe(2)
  })

  it('goes on polling after a refusal that its handler did not catch', async () => {
    const { control } = stage
    const bot = createBot()
    const caught: unknown[] = []
    bot.catch(({ error }) => void caught.push(error))
    bot.command('bad', (context) => context.reply('*', { parse_mode: 'MarkdownV2' }))
    bot.command('good', (context) => context.reply('Fine'))
    const running = bot.start()
    await control.command(ana, 'bad')
    await control.command(ana, 'good')
    await control.waitForMessage(ana, ({ text }) => text === 'Fine')
    await bot.stop()
    await running
    expect(caught).toEqual([expect.any(GrammyError)])
    expect(caught[0]).toMatchObject({ method: 'sendMessage', error_code: 400 })
  })

  it('tells reactions that came from those that went', async () => {
    const { control } = stage
    const bot = createBot()
    bot.reaction('🔥', (context) => context.reply(`-${context.reactions().emojiRemoved.join()}`))
    const { message_id } = await bot.api.sendMessage(ana, 'Like it?')
    const running = bot.start({ allowed_updates: ['message_reaction'] })
    await soon(async () => (await control.save()).updates.allowed).toEqual(['message_reaction'])
    await control.react(ana, message_id, '👍')
    await control.react(ana, message_id, '🔥')
    await control.waitForMessage(ana, ({ text }) => text === '-👍')
    await bot.stop()
    await running
  })

  it('sends what an iterator gives', async () => {
    const { api } = createBot()
    async function* lines() {
      yield Buffer.from('one\n')
      yield Buffer.from('two\n')
    }
    const { document } = await api.sendDocument(ana, new InputFile(lines, 'lines.txt'))
    expect(document).toMatchObject({ file_name: 'lines.txt', file_size: 8 })
  })

  // It writes names without quotes. td, HttpReader::parse_multipart_form_data, reads them up to the next ";"; the parser
  // of forms that the emulator stands on drops the spaces. The README says so.
  it('loses spaces in the name of a file', async () => {
    const { api } = createBot()
    const { document } = await api.sendDocument(ana, new InputFile(Buffer.from('x'), 'my report 1.txt'))
    expect(document.file_name).toBe('myreport1.txt')
  })
})
