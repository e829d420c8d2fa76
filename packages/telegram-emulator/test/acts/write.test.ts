import { describe, expect, it } from 'vitest'
import { ana, begin, kindOf, luis, setupBot } from '../botApi/bot.ts'
import { picture, sent, words } from '../botApi/files.ts'

const bot = setupBot()
const chatOf = (id: number) => ({ id, type: 'private', first_name: 'Ana', username: 'ana_g' })
const she = { id: ana, is_bot: false, first_name: 'Ana', username: 'ana_g', language_code: 'es' }

describe('what a person writes', () => {
  it('reaches the bot as a message with the entities that Telegram finds', async () => {
    await bot.control.say(ana, '  /go to https://a.dev or @luis_g  ')
    expect(await bot.updates()).toEqual([
      {
        update_id: expect.any(Number),
        message: {
          message_id: 1,
          from: she,
          chat: chatOf(ana),
          date: begin,
          text: '/go to https://a.dev or @luis_g',
          entities: expect.arrayContaining([
            { type: 'bot_command', offset: 0, length: 3 },
            { type: 'url', offset: 7, length: 13 },
            { type: 'mention', offset: 24, length: 7 },
          ]),
        },
      },
    ])
  })

  // td, MessageEntity.cpp, `sort_entities`
  it('has its entities in the order of the text', async () => {
    await bot.control.say(ana, '/go to https://a.dev')
    const [{ message } = {}] = await bot.updates()
    expect(message?.entities?.map(({ type }) => type)).toEqual(['bot_command', 'url'])
  })

  it('is a command with or without its stroke', async () => {
    await bot.control.command(ana, 'go now')
    await bot.control.command(ana, '/go')
    await bot.control.start(luis)
    expect((await bot.updates()).map(({ message }) => message?.text)).toEqual(['/go now', '/go', '/start'])
  })

  it('starts the chat, so that the bot may write', async () => {
    await bot.control.addUser({ id: 30, firstName: 'New', started: false })
    expect((await bot.call('sendMessage', { chat_id: 30, text: 'x' })).status).toBe(403)
    await bot.control.say(30, 'Hi')
    await bot.ok('sendMessage', { chat_id: 30, text: 'x' })
  })

  it('answers a message', async () => {
    await bot.ok('sendMessage', { chat_id: ana, text: 'Well?' })
    await bot.control.say(ana, 'Yes', { replyTo: 1 })
    expect((await bot.updates())[0]?.message?.reply_to_message).toMatchObject({
      text: 'Well?',
      from: { is_bot: true },
    })
    await expect(bot.control.say(ana, 'x', { replyTo: 9 })).rejects.toThrow('no message 9')
  })

  it('is refused in one sentence when it is nothing, too long, or in a chat of others', async () => {
    const { id: chatId } = await bot.control.addChat({ title: 'G', members: [luis] })
    await expect(bot.control.say(ana, ' ')).rejects.toThrow('needs some text')
    await expect(bot.control.say(ana, 'x'.repeat(4097))).rejects.toThrow('at most 4096')
    await expect(bot.control.say(ana, 'x', { chatId })).rejects.toThrow('must join it first')
    await expect(bot.control.say(99, 'x')).rejects.toThrow('There is no person 99')
    expect(await bot.updates()).toEqual([])
  })

  // A client that writes to a bot it has blocked unblocks it first
  it('to a bot that they blocked lets it in again', async () => {
    await bot.control.block(ana)
    await bot.control.say(ana, 'Hi again')
    expect((await bot.call('sendMessage', { chat_id: ana, text: 'x' })).body.ok).toBe(true)
  })
})

describe('what a person edits', () => {
  it('is told as a whole, with the time of the edit', async () => {
    await bot.control.say(ana, 'Old')
    await bot.control.advance(60_000)
    await bot.control.edit(ana, 1, 'New #one')
    const [, edit] = await bot.updates()
    expect(edit?.edited_message).toMatchObject({
      message_id: 1,
      date: begin,
      edit_date: begin + 60,
      text: 'New #one',
      entities: [{ type: 'hashtag' }],
    })
  })

  it('is a caption where there is a photo', async () => {
    await bot.control.sendPhoto(ana, null, { caption: 'Old' })
    await bot.control.edit(ana, 1, '')
    const [, edit] = await bot.updates()
    expect(edit?.edited_message).toHaveProperty('photo')
    expect(edit?.edited_message).not.toHaveProperty('caption')
  })

  it('is their own, and what they take back is gone without a word', async () => {
    await bot.ok('sendMessage', { chat_id: ana, text: 'Mine' })
    await bot.control.say(ana, 'Hers')
    await expect(bot.control.edit(ana, 1, 'x')).rejects.toThrow('is not one of 7')
    await expect(bot.control.deleteMessage(ana, 1)).rejects.toThrow('is not one of 7')
    await bot.updates()
    await bot.control.deleteMessage(ana, 2)
    expect(await bot.updates()).toEqual([])
    expect(await bot.control.messages(ana)).toHaveLength(1)
  })
})

describe('a channel', () => {
  const open = () =>
    bot.control.addChat({ type: 'channel', title: 'News', members: [ana, luis], botStatus: 'administrator' })

  it('posts in its own name', async () => {
    const { id: chatId } = await open()
    const { messageId } = await bot.control.say(ana, 'News!', { chatId })
    await bot.control.edit(ana, messageId, 'Better news!', { chatId })
    const chat = { id: chatId, type: 'channel', title: 'News' }
    expect(await bot.updates()).toMatchObject([
      { channel_post: { message_id: 1, sender_chat: chat, chat, text: 'News!' } },
      { edited_channel_post: { message_id: 1, text: 'Better news!', edit_date: begin } },
    ])
  })

  it('lets those post who lead it', async () => {
    const { id: chatId } = await open()
    await expect(bot.control.say(luis, 'x', { chatId })).rejects.toThrow('no administrator of the channel')
  })
})

describe('what a person sends', () => {
  it.each([
    [
      'document',
      () => bot.control.sendDocument(ana, sent('a.pdf', words('x'))),
      { file_name: 'a.pdf', file_size: 1 },
    ],
    ['voice', () => bot.control.sendVoice(ana, sent('a.ogg', words('x'))), { mime_type: 'audio/ogg' }],
    [
      'location',
      () => bot.control.sendLocation(ana, { latitude: 1, longitude: 2 }),
      { latitude: 1, longitude: 2 },
    ],
    [
      'contact',
      () => bot.control.sendContact(ana),
      { phone_number: '+999900000007', first_name: 'Ana', user_id: ana },
    ],
  ])('is a %s', async (kind, send, expected) => {
    await send()
    expect((await bot.updates())[0]?.message).toMatchObject({ [kind]: expected })
  })

  it('may be an album of photos and videos, with a caption on the first', async () => {
    const files = [sent('a.png', picture()), sent('b.mp4', words('x')), sent('c.png', picture())]
    await bot.control.sendAlbum(ana, files, { caption: 'All' })
    const messages = (await bot.updates()).map(({ message }) => message)
    expect(messages).toMatchObject([
      { photo: [{}, {}, {}], caption: 'All' },
      { video: {} },
      { photo: [{}, {}, {}] },
    ])
    expect(messages.map((message) => message?.caption)).toEqual(['All', undefined, undefined])
    expect(new Set(messages.map((message) => message?.media_group_id)).size).toBe(1)
    await expect(bot.control.sendAlbum(ana, files.slice(0, 1))).rejects.toThrow('2 to 10 items; 1 were given')
  })

  it('must be a picture where a photo is sent, and something at all', async () => {
    await expect(bot.control.sendPhoto(ana, sent('a.png', words('x')))).rejects.toThrow(
      'cannot be sent as photo',
    )
    await expect(bot.control.sendDocument(ana, sent('a.txt', words('')))).rejects.toThrow('is empty')
  })

  it('carries the number and the name that the person has', async () => {
    await bot.control.addUser({ id: 30, firstName: 'N', lastName: 'L', phoneNumber: '+34600000000' })
    await bot.control.sendContact(30)
    expect((await bot.updates())[0]?.message?.contact).toEqual({
      phone_number: '+34600000000',
      first_name: 'N',
      last_name: 'L',
      user_id: 30,
    })
  })

  it('comes in the order in which it was sent, with ids of updates one after the other', async () => {
    for (let count = 0; count < 20; count += 1) await bot.control.say(count % 2 ? ana : luis, String(count))
    const updates = await bot.updates()
    const first = updates[0]?.update_id ?? 0
    expect(updates.map(({ update_id }) => update_id)).toEqual(updates.map((_, index) => first + index))
    expect(updates.map(({ message }) => message?.text)).toEqual(updates.map((_, index) => String(index)))
    expect(updates.map(kindOf)).toEqual(Array(20).fill('message'))
  })
})
