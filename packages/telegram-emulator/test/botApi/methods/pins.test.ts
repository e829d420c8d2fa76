import { describe, expect, it } from 'vitest'
import { ana, luis, setupBot } from '../bot.ts'

const bot = setupBot()

const open = async (count = 1) => {
  const { id } = await bot.control.addChat({ title: 'G', members: [ana, luis], botStatus: 'administrator' })
  for (let index = 1; index <= count; index += 1)
    await bot.ok('sendMessage', { chat_id: id, text: String(index) })
  return id
}
const shown = async (chat_id: number) => (await bot.ok('getChat', { chat_id })).pinned_message?.message_id

describe('a pin', () => {
  it('is a service message, which the bot gets too', async () => {
    const chat_id = await open()
    expect(await bot.ok('pinChatMessage', { chat_id, message_id: 1, disable_notification: true })).toBe(true)
    expect(await bot.updates()).toMatchObject([
      { message: { message_id: 2, from: { is_bot: true }, pinned_message: { message_id: 1, text: '1' } } },
    ])
  })

  it('in a private chat needs no rights', async () => {
    await bot.control.say(ana, 'Pin me')
    await bot.updates()
    await bot.ok('pinChatMessage', { chat_id: ana, message_id: 1 })
    expect(await bot.updates()).toMatchObject([
      { message: { chat: { id: ana }, pinned_message: { message_id: 1 } } },
    ])
    expect(await bot.ok('unpinChatMessage', { chat_id: ana })).toBe(true)
    expect(await bot.ok('unpinAllChatMessages', { chat_id: ana })).toBe(true)
  })

  // Client.cpp, `JsonChat` with `pinned_message_id`
  it('in a private chat is seen there', async () => {
    await bot.control.say(ana, 'Pin me')
    await bot.ok('pinChatMessage', { chat_id: ana, message_id: 1 })
    expect(await shown(ana)).toBe(1)
  })
})

// Bot API, "ChatFullInfo.pinned_message" and unpinChatMessage: the most recent by sending date
it('what was sent last is seen, though it was not pinned last', async () => {
  const chat_id = await open(2)
  for (const message_id of [2, 1]) await bot.ok('pinChatMessage', { chat_id, message_id })
  expect(await shown(chat_id)).toBe(2)
})

describe('taking a pin away', () => {
  it('takes the newest, the one that is said, or all', async () => {
    const chat_id = await open(4)
    for (const message_id of [1, 2, 3, 4]) await bot.ok('pinChatMessage', { chat_id, message_id })
    expect(await shown(chat_id)).toBe(4)
    await bot.ok('unpinChatMessage', { chat_id })
    expect(await shown(chat_id)).toBe(3)
    await bot.ok('unpinChatMessage', { chat_id, message_id: 2 })
    expect(await shown(chat_id)).toBe(3)
    await bot.ok('unpinAllChatMessages', { chat_id })
    expect(await shown(chat_id)).toBeUndefined()
  })

  it('with nothing pinned is refused for one, not for all', async () => {
    const chat_id = await open()
    expect(await bot.refusal('unpinChatMessage', { chat_id })).toBe('Bad Request: message to unpin not found')
    expect(await bot.ok('unpinAllChatMessages', { chat_id })).toBe(true)
  })

  it('follows a deletion: what is gone is not pinned', async () => {
    const chat_id = await open()
    await bot.ok('pinChatMessage', { chat_id, message_id: 1 })
    await bot.ok('deleteMessage', { chat_id, message_id: 1 })
    expect(await shown(chat_id)).toBeUndefined()
  })

  it('follows a deletion: the pin before is seen again', async () => {
    const chat_id = await open(2)
    for (const message_id of [1, 2]) await bot.ok('pinChatMessage', { chat_id, message_id })
    await bot.ok('deleteMessage', { chat_id, message_id: 2 })
    expect(await shown(chat_id)).toBe(1)
  })
})
