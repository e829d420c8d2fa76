import { describe, expect, it } from 'vitest'
import { ana, type Files, setupBot } from '../bot.ts'
import { picture, words } from '../files.ts'

const bot = setupBot()

const item = (type: string, name: string, more: object = {}) => ({ type, media: `attach://${name}`, ...more })
const files = (...names: string[]): Files =>
  Object.fromEntries(names.map((name) => [name, ['a.png', picture()]]))

describe('an album', () => {
  it('is a message for each item, all of one group, each with its own caption', async () => {
    const media = [
      item('photo', 'a', { caption: '<i>One</i>', parse_mode: 'HTML' }),
      item('video', 'b', { duration: 5 }),
      item('photo', 'a'),
    ]
    await bot.control.say(ana, 'Show me')
    const sent = await bot.ok(
      'sendMediaGroup',
      { chat_id: ana, media, reply_to_message_id: 1 },
      files('a', 'b'),
    )
    expect(sent).toMatchObject([
      { message_id: 2, caption: 'One', caption_entities: [{ type: 'italic' }], photo: [{}, {}, {}] },
      { message_id: 3, video: { duration: 5 } },
      { message_id: 4, photo: [{}, {}, {}] },
    ])
    expect(new Set(sent.map((message) => message.media_group_id)).size).toBe(1)
    expect(sent.map((message) => message.reply_to_message?.text)).toEqual(Array(3).fill('Show me'))
    const other = await bot.ok('sendMediaGroup', { chat_id: ana, media }, files('a', 'b'))
    expect(other[0]?.media_group_id).not.toBe(sent[0]?.media_group_id)
  })

  it.each([2, 10])('may have %i items', async (count) => {
    const media = Array(count).fill(item('photo', 'a'))
    expect(await bot.ok('sendMediaGroup', { chat_id: ana, media }, files('a'))).toHaveLength(count)
  })

  it('may not have 11 items', async () => {
    const media = Array(11).fill(item('photo', 'a'))
    expect((await bot.call('sendMediaGroup', { chat_id: ana, media }, files('a'))).status).toBe(400)
  })

  // td, MessagesManager.cpp, `send_message_group`
  it('of one item is a message like any other', async () => {
    const [sent] = await bot.ok('sendMediaGroup', { chat_id: ana, media: [item('photo', 'a')] }, files('a'))
    expect(sent).not.toHaveProperty('media_group_id')
  })

  it.each([
    ['document', 'document', true],
    ['audio', 'audio', true],
    ['photo', 'video', true],
    ['photo', 'document', false],
    ['video', 'audio', false],
    ['document', 'audio', false],
  ])('of a %s and a %s: %s', async (first, second, may) => {
    const media = [item(first, 'a'), item(second, 'a')]
    expect((await bot.call('sendMediaGroup', { chat_id: ana, media }, files('a'))).body.ok).toBe(may)
  })

  it('is sent whole or not at all', async () => {
    const media = [item('photo', 'a'), item('photo', 'b')]
    const given: Files = { ...files('a'), b: ['b.png', words('no picture')] }
    expect(await bot.refusal('sendMediaGroup', { chat_id: ana, media }, given)).toBe(
      'Bad Request: IMAGE_PROCESS_FAILED',
    )
    expect(await bot.control.messages(ana)).toEqual([])
  })

  it('may consist of files that are known', async () => {
    const { photo } = await bot.ok('sendPhoto', { chat_id: ana }, { photo: ['a.png', picture()] })
    const media = Array(2).fill({ type: 'photo', media: photo?.[0]?.file_id })
    const sent = await bot.ok('sendMediaGroup', { chat_id: ana, media })
    expect(sent.map((message) => message.photo)).toEqual([photo, photo])
  })

  // Client.cpp, `get_input_media`: `get_optional_string_field` takes a number for text
  it('may have a number for a caption', async () => {
    const media = [item('photo', 'a', { caption: 5 }), item('photo', 'a')]
    const [first] = await bot.ok('sendMediaGroup', { chat_id: ana, media }, files('a'))
    expect(first?.caption).toBe('5')
  })

  it('with a caption that is no text is refused', async () => {
    const media = [item('photo', 'a', { caption: {} }), item('photo', 'a')]
    expect(await bot.refusal('sendMediaGroup', { chat_id: ana, media }, files('a'))).toBe(
      'Bad Request: can\'t parse InputMedia: Field "caption" must be of type String',
    )
  })
})
