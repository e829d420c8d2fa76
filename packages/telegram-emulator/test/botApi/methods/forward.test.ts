import { beforeEach, describe, expect, it } from 'vitest'
import { ana, begin, luis, setupBot } from '../bot.ts'
import { picture } from '../files.ts'

const bot = setupBot()
const toLuis = { chat_id: luis, from_chat_id: ana }
const hour = 3600

/** Of Ana: 1 a text with a mark, 2 a photo with a caption, 3 one that is protected, 4 about a pin. */
beforeEach(async () => {
  await bot.control.say(ana, 'See #this')
  await bot.ok('sendPhoto', { chat_id: ana, caption: 'Old #one' }, { photo: ['a.png', picture()] })
  await bot.ok('sendMessage', { chat_id: ana, text: 'Secret', protect_content: true })
  await bot.ok('pinChatMessage', { chat_id: ana, message_id: 1 })
  await bot.control.advance(hour * 1000)
})

describe('a forward', () => {
  it('says who wrote it first and when, however often it is forwarded', async () => {
    const origin = {
      type: 'user',
      date: begin,
      sender_user: { id: ana, is_bot: false, first_name: 'Ana', username: 'ana_g', language_code: 'es' },
    }
    const first = await bot.ok('forwardMessage', { ...toLuis, message_id: 1 })
    expect(first).toMatchObject({
      from: { is_bot: true },
      chat: { id: luis },
      date: begin + hour,
      forward_origin: origin,
      text: 'See #this',
      entities: [{ type: 'hashtag', offset: 4, length: 5 }],
    })
    await bot.control.advance(hour * 1000)
    const again = await bot.ok('forwardMessage', {
      chat_id: ana,
      from_chat_id: luis,
      message_id: first.message_id,
    })
    expect(again.forward_origin).toEqual(origin)
  })

  it('of a post names the channel', async () => {
    const channel = { type: 'channel', title: 'News', botStatus: 'administrator' } as const
    const { id } = await bot.control.addChat(channel)
    const { message_id } = await bot.ok('sendMessage', { chat_id: id, text: 'x' })
    const { forward_origin } = await bot.ok('forwardMessage', { ...toLuis, from_chat_id: id, message_id })
    expect(forward_origin).toMatchObject({ type: 'channel', date: begin + hour, chat: { id, title: 'News' } })
  })

  // Bot API, MessageOriginChannel
  it('of a post says which it was', async () => {
    const { id } = await bot.control.addChat({ type: 'channel', title: 'News', botStatus: 'administrator' })
    const { message_id } = await bot.ok('sendMessage', { chat_id: id, text: 'x' })
    const { forward_origin } = await bot.ok('forwardMessage', { ...toLuis, from_chat_id: id, message_id })
    expect(forward_origin).toMatchObject({ message_id })
  })

  it('carries what the message carried, with its caption', async () => {
    const { photo, caption } = await bot.ok('forwardMessage', { ...toLuis, message_id: 2 })
    expect([photo?.length, caption]).toEqual([3, 'Old #one'])
  })

  // td, MessagesManager.cpp, `get_forwarded_messages`
  it('of an album is another album, of one of its items none', async () => {
    const media = ['a', 'b'].map((name) => ({ type: 'photo', media: `attach://${name}` }))
    const files: [string, Uint8Array] = ['a.png', picture()]
    const album = await bot.ok('sendMediaGroup', { chat_id: ana, media }, { a: files, b: files })
    const [first, second] = album.map(({ message_id }) => message_id)
    await bot.ok('forwardMessages', { ...toLuis, message_ids: [first, second] })
    await bot.ok('forwardMessage', { ...toLuis, message_id: first })
    const [one, two, alone] = (await bot.control.messages(luis)).map(({ albumId }) => albumId)
    expect(one).toBeDefined()
    expect(one).not.toBe(album[0]?.media_group_id)
    expect([two, alone]).toEqual([one, undefined])
  })

  it('may be protected in turn', async () => {
    const sent = await bot.ok('forwardMessage', { ...toLuis, message_id: 1, protect_content: true })
    expect(sent.has_protected_content).toBe(true)
  })

  it.each([3, 4])('of message %i, protected or about a pin, is refused', async (message_id) => {
    for (const method of ['forwardMessage', 'copyMessage'])
      expect((await bot.call(method, { ...toLuis, message_id })).status).toBe(400)
    expect(await bot.control.messages(luis)).toEqual([])
  })

  it('of many skips those that are gone or may not be forwarded', async () => {
    const ids = await bot.ok('forwardMessages', { ...toLuis, message_ids: [1, 2, 3, 99] })
    expect(ids).toEqual([{ message_id: 1 }, { message_id: 2 }])
    expect((await bot.control.messages(luis)).map(({ text }) => text)).toEqual(['See #this', 'Old #one'])
  })
})

describe('a copy', () => {
  it('looks as if the bot had written it', async () => {
    expect(await bot.ok('copyMessage', { ...toLuis, message_id: 1 })).toEqual({ message_id: 1 })
    const [copy] = await bot.control.messages(luis)
    expect(copy).toMatchObject({ from: 'bot', text: 'See #this', entities: [{ type: 'hashtag' }] })
    expect(copy).not.toHaveProperty('forwarded')
  })

  it('may have another caption, or none', async () => {
    const caption = { caption: '<b>New</b>', parse_mode: 'HTML' }
    await bot.ok('copyMessage', { ...toLuis, message_id: 2 })
    await bot.ok('copyMessage', { ...toLuis, message_id: 2, ...caption })
    await bot.ok('copyMessage', { ...toLuis, message_id: 2, caption: '' })
    await bot.ok('copyMessages', { ...toLuis, message_ids: [2], remove_caption: true })
    const copies = await bot.control.messages(luis)
    expect(copies.map(({ text }) => text)).toEqual(['Old #one', 'New', '', ''])
    expect(copies[1]?.entities).toEqual([{ type: 'bold', offset: 0, length: 3 }])
  })

  it('of text keeps the text, whatever caption is given', async () => {
    await bot.ok('copyMessage', { ...toLuis, message_id: 1, caption: 'New' })
    await bot.ok('copyMessages', { ...toLuis, message_ids: [1], remove_caption: true })
    expect((await bot.control.messages(luis)).map(({ text }) => text)).toEqual(['See #this', 'See #this'])
  })

  it('may answer and have buttons', async () => {
    await bot.control.say(luis, 'Show me')
    const reply_markup = { inline_keyboard: [[{ text: 'A', callback_data: 'a' }]] }
    const more = { reply_parameters: { message_id: 1 }, reply_markup }
    await bot.ok('copyMessage', { ...toLuis, message_id: 1, ...more })
    expect((await bot.control.messages(luis)).at(-1)).toMatchObject({ replyTo: 1, replyMarkup: reply_markup })
  })

  // td, MessageContent.cpp, `dup_message_content`: a copied poll is a new one
  it('of a poll is another poll', async () => {
    const { poll } = await bot.ok('sendPoll', { chat_id: ana, question: 'Q?', options: ['A'] })
    await bot.ok('copyMessage', { ...toLuis, message_id: 5 })
    expect((await bot.control.messages(luis))[0]?.media).not.toMatchObject({ poll: { id: poll?.id } })
  })
})
