import { describe, expect, it } from 'vitest'
import { ana, begin, luis, setupBot } from './bot.ts'
import { picture } from './files.ts'

const bot = setupBot()

const group = async (botStatus: 'member' | 'administrator' = 'member') =>
  (await bot.control.addChat({ title: 'Group', members: [ana, luis], botStatus })).id

describe('a message that is sent', () => {
  it('has an id that counts in its chat, the time in seconds, and who it is from', async () => {
    await bot.ok('sendMessage', { chat_id: luis, text: 'x' })
    await bot.control.say(ana, 'Hi')
    expect(await bot.ok('sendMessage', { chat_id: ana, text: 'Hello' })).toEqual({
      message_id: 2,
      from: { id: 1000000001, is_bot: true, first_name: 'Kamihi demo', username: 'kamihi_demo_bot' },
      chat: { id: ana, type: 'private', first_name: 'Ana', username: 'ana_g' },
      date: begin,
      text: 'Hello',
    })
  })

  it('to a channel is a post of the channel', async () => {
    const channel = { type: 'channel', title: 'News', username: 'news', botStatus: 'administrator' } as const
    const { id } = await bot.control.addChat(channel)
    const chat = { id, type: 'channel', title: 'News', username: 'news' }
    expect(await bot.ok('sendMessage', { chat_id: '@News', text: 'x' })).toEqual({
      message_id: 1,
      sender_chat: chat,
      chat,
      date: begin,
      text: 'x',
    })
  })

  it('is no update', async () => {
    await bot.ok('sendMessage', { chat_id: ana, text: 'x' })
    expect(await bot.updates()).toEqual([])
  })

  it('may be protected', async () => {
    const message = await bot.ok('sendMessage', { chat_id: ana, text: 'x', protect_content: true })
    expect(message.has_protected_content).toBe(true)
  })

  it('shows inline buttons in the result, and other keyboards only to people', async () => {
    const inline_keyboard = [[{ text: 'A', callback_data: 'a' }], [{ text: 'B', url: 'https://a.dev' }]]
    const sent = await bot.ok('sendMessage', { chat_id: ana, text: 'x', reply_markup: { inline_keyboard } })
    expect(sent.reply_markup).toEqual({ inline_keyboard })
    const reply_markup = { keyboard: [['Yes', { text: 'No' }]], one_time_keyboard: true }
    const other = await bot.ok('sendMessage', { chat_id: ana, text: 'x', reply_markup })
    expect(other.reply_markup).toBeUndefined()
    expect((await bot.control.messages(ana)).at(-1)?.replyMarkup).toEqual({
      keyboard: [[{ text: 'Yes' }, { text: 'No' }]],
      one_time_keyboard: true,
    })
  })
})

describe('a reply', () => {
  it('brings the message that it answers, but not the one that was answered before', async () => {
    await bot.control.say(ana, 'One')
    await bot.control.say(ana, 'Two', { replyTo: 1 })
    const reply = await bot.ok('sendMessage', {
      chat_id: ana,
      text: 'Three',
      reply_parameters: { message_id: 2 },
    })
    expect(reply.reply_to_message).toMatchObject({ message_id: 2, text: 'Two', from: { id: ana } })
    expect(reply.reply_to_message).not.toHaveProperty('reply_to_message')
  })

  it.each([
    ['new', { reply_parameters: { message_id: 99, allow_sending_without_reply: true } }],
    ['old', { reply_to_message_id: 99, allow_sending_without_reply: true }],
  ])('to what is gone is sent all the same when that is allowed, the %s way', async (_, reply) => {
    const sent = await bot.ok('sendMessage', { chat_id: ana, text: 'x', ...reply })
    expect(sent.reply_to_message).toBeUndefined()
  })

  it('the old way answers too', async () => {
    await bot.control.say(ana, 'One')
    const sent = await bot.ok('sendMessage', { chat_id: ana, text: 'x', reply_to_message_id: 1 })
    expect(sent.reply_to_message?.text).toBe('One')
  })

  // Client.cpp, `get_reply_parameters`
  it.each(['', {}, '{}'])('to nothing, said as %j, is none', async (reply_parameters) => {
    await bot.ok('sendMessage', { chat_id: ana, text: 'x', reply_parameters })
  })

  // Client.cpp, `check_reply_parameters`: external_reply
  it('into another chat does not answer a message of this one', async () => {
    await bot.control.say(ana, 'One')
    const reply_parameters = { message_id: 1, chat_id: await group('administrator') }
    const { body } = await bot.call('sendMessage', { chat_id: ana, text: 'x', reply_parameters })
    expect(body.result?.reply_to_message).toBeUndefined()
  })
})

describe('text', () => {
  it('may have 4096 characters once its marks are gone, and white space around it goes too', async () => {
    const text = `  *${'x'.repeat(4096)}*\n`
    const sent = await bot.ok('sendMessage', { chat_id: ana, text, parse_mode: 'MarkdownV2' })
    expect(sent.text).toBe('x'.repeat(4096))
    expect(sent.entities).toEqual([{ type: 'bold', offset: 0, length: 4096 }])
  })

  // td, MessageContent.cpp: `utf8_length`, which counts characters
  it('counts a character outside of the basic plane as one', async () => {
    await bot.ok('sendMessage', { chat_id: ana, text: '🙂'.repeat(4096) })
  })

  it('comes with entities that are given or found, as offsets in UTF-16', async () => {
    const entities = [{ type: 'text_mention', offset: 3, length: 3, user: { id: luis } }]
    const sent = await bot.ok('sendMessage', { chat_id: ana, text: '🙂 You, see #this', entities })
    expect(sent.entities).toEqual([
      {
        type: 'text_mention',
        offset: 3,
        length: 3,
        user: expect.objectContaining({ id: luis, first_name: 'Luis' }),
      },
      { type: 'hashtag', offset: 12, length: 5 },
    ])
  })

  // Client.cpp, `get_text_entity_type`
  it.each([{ type: 'date_time', unix_time: begin }, { type: 'bank_card_number' }])(
    'may be marked as $type',
    async (entity) => {
      await bot.ok('sendMessage', {
        chat_id: ana,
        text: 'x',
        entities: [{ ...entity, offset: 0, length: 1 }],
      })
    },
  )

  it('ignores entities when there is a mode', async () => {
    const entities = [{ type: 'bold', offset: 0, length: 1 }]
    const sent = await bot.ok('sendMessage', { chat_id: ana, text: 'x', parse_mode: 'HTML', entities })
    expect(sent.entities).toBeUndefined()
  })
})

describe('flood limits', () => {
  const limited = setupBot({ limits: { chat: { most: 4, perMs: 4000 }, group: { most: 2, perMs: 60_000 } } })
  const photo = (name: string) => ({ type: 'photo', media: `attach://${name}` })
  const album = (count: number) => {
    const names = Array.from({ length: count }, (_, index) => `p${index}`)
    const files = Object.fromEntries(
      names.map((name): [string, [string, Uint8Array]] => [name, ['a.png', picture()]]),
    )
    return [{ chat_id: ana, media: names.map(photo) }, files] as const
  }

  it('take an album whole or not at all, and count each of its items', async () => {
    await limited.ok('sendMediaGroup', ...album(3))
    expect((await limited.call('sendMediaGroup', ...album(2))).body).toEqual({
      ok: false,
      error_code: 429,
      description: 'Too Many Requests: retry after 4',
      parameters: { retry_after: 4 },
    })
    expect(await limited.control.messages(ana)).toHaveLength(3)
  })

  it('say how long to wait in the headers too', async () => {
    const { id } = await limited.control.addChat({ title: 'Group', members: [ana] })
    for (const text of ['1', '2']) await limited.ok('sendMessage', { chat_id: id, text })
    const { status, headers } = await limited.call('sendMessage', { chat_id: id, text: '3' })
    expect([status, headers.get('retry-after')]).toEqual([429, '60'])
    await limited.control.advance(60_000)
    await limited.ok('sendMessage', { chat_id: id, text: '3' })
  })

  it('do not count what is refused for another reason, nor edits', async () => {
    for (let count = 0; count < 6; count += 1) await limited.call('sendMessage', { chat_id: ana, text: '' })
    const { message_id } = await limited.ok('sendMessage', { chat_id: ana, text: '0' })
    for (const text of ['1', '2', '3', '4', '5'])
      await limited.ok('editMessageText', { chat_id: ana, message_id, text })
    expect((await limited.control.limits()).counters).toMatchObject({ accepted: 1, refused: { chat: 0 } })
  })
})
