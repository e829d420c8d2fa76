import { Input, Markup, Telegraf } from 'telegraf'
import { bold, fmt, link } from 'telegraf/format'
import { describe, expect, it } from 'vitest'
import { smallPicture } from '../../src/control/smallPicture.ts'
import { ana, soon, useStage } from './stage.ts'
import { describeClient } from './suite.ts'
import { telegrafDriver } from './telegrafDriver.ts'

describeClient('telegraf', telegrafDriver)

describe('what only telegraf does', () => {
  const stage = useStage(telegrafDriver)
  const createBot = () => new Telegraf(stage.emulator.token, { telegram: { apiRoot: stage.emulator.url } })

  it('calls a method in its answer to the webhook', async () => {
    const { control } = stage
    const bot = createBot()
    bot.on('callback_query', (context) => context.deleteMessage())
    const { url } = await stage.serve(bot.webhookCallback('/hook'))
    await bot.telegram.setWebhook(url)
    const { message_id } = await bot.telegram.sendMessage(
      ana,
      'Away with me?',
      Markup.inlineKeyboard([Markup.button.callback('Yes', 'y')]),
    )
    await control.click(ana, message_id, 'y')
    await soon(() => control.messages(ana)).toEqual([])
  })

  it('refuses a request at another path of its server', async () => {
    const bot = createBot()
    await stage.control.freeze()
    const { url } = await stage.serve(bot.webhookCallback('/elsewhere'))
    await bot.telegram.setWebhook(url)
    await stage.control.say(ana, 'hi')
    await soon(async () => (await bot.telegram.getWebhookInfo()).last_error_message).toBe(
      'Wrong response from the webhook: 403 Forbidden',
    )
  })

  it('makes marks without a parse mode', async () => {
    const { telegram } = createBot()
    const sent = await telegram.sendMessage(ana, fmt`${bold`Tea`} & ${link('more', 'https://example.com/')}`)
    expect(sent).toMatchObject({
      text: 'Tea & more',
      entities: [
        { type: 'bold', offset: 0, length: 3 },
        { type: 'text_link', offset: 6, length: 4, url: 'https://example.com/' },
      ],
    })
  })

  it('tells reactions that came from those that went', async () => {
    const { control } = stage
    const bot = createBot()
    bot.on('message_reaction', (context) =>
      context.reply(`+${context.reactions.added.count} -${context.reactions.removed.count}`),
    )
    const { message_id } = await bot.telegram.sendMessage(ana, 'Like it?')
    const running = bot.launch({ allowedUpdates: ['message_reaction'] })
    await soon(async () => (await control.save()).updates.allowed).toEqual(['message_reaction'])
    await control.react(ana, message_id, '👍')
    await control.react(ana, message_id, '🔥')
    await control.waitForMessage(ana, ({ text }) => text === '+1 -1')
    bot.stop()
    await running
  })

  it('sends a stream of unknown length together with a keyboard', async () => {
    const { telegram } = createBot()
    const { url } = await stage.serve((_, response) => {
      response.write('half ')
      response.end('and half')
    })
    const sent = await telegram.sendDocument(
      ana,
      Input.fromURLStream(url, 'halves.txt'),
      Markup.inlineKeyboard([Markup.button.callback('Yes', 'y')]),
    )
    expect(sent.document).toMatchObject({ file_name: 'halves.txt', file_size: 13 })
    expect(sent.reply_markup).toMatchObject({ inline_keyboard: [[{ text: 'Yes', callback_data: 'y' }]] })
  })

  it('changes the picture of a message', async () => {
    const { telegram } = createBot()
    const file = Input.fromBuffer(Buffer.from(smallPicture.base64, 'base64'), 'picture.png')
    const before = await telegram.sendPhoto(ana, file)
    const after = await telegram.editMessageMedia(ana, before.message_id, undefined, {
      type: 'document',
      media: Input.fromBuffer(Buffer.from('words'), 'words.txt'),
      caption: 'Now words',
    })
    expect(after).toMatchObject({ caption: 'Now words', document: { file_name: 'words.txt' } })
  })

  // Client.cpp, JsonInlineKeyboardButton: only what a button of its kind has.
  it('gets buttons back without the field that it has added', async () => {
    const { telegram } = createBot()
    const sent = await telegram.sendMessage(
      ana,
      'Well?',
      Markup.inlineKeyboard([Markup.button.callback('Yes', 'y')]),
    )
    expect(sent).toMatchObject({ reply_markup: { inline_keyboard: [[{ text: 'Yes', callback_data: 'y' }]] } })
    expect(JSON.stringify(sent)).not.toContain('hide')
  })
})
