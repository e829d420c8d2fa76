import { describe, expect, it } from 'vitest'
import { ana, luis, setupBot } from '../bot.ts'

const bot = setupBot()
const hours = 3_600_000
const forEveryone = "Bad Request: message can't be deleted for everyone"

const open = async (type: 'group' | 'supergroup', botStatus: 'member' | 'administrator') => {
  const { id } = await bot.control.addChat({ type, title: 'G', members: [ana, luis], botStatus })
  await bot.control.say(ana, 'Mine', { chatId: id })
  await bot.ok('sendMessage', { chat_id: id, text: 'Of the bot' })
  return id
}
const left = async (chatId: number) => (await bot.control.messages(chatId)).map(({ text }) => text)

describe('a message in a private chat', () => {
  it('can be deleted, whoever wrote it, and then is not there', async () => {
    await bot.control.say(ana, 'Mine')
    await bot.ok('sendMessage', { chat_id: ana, text: 'Of the bot' })
    for (const message_id of [1, 2])
      expect(await bot.ok('deleteMessage', { chat_id: ana, message_id })).toBe(true)
    expect(await left(ana)).toEqual([])
    expect(await bot.refusal('deleteMessage', { chat_id: ana, message_id: 1 })).toBe(
      'Bad Request: message to delete not found',
    )
  })

  it('can be deleted for 48 hours', async () => {
    for (const text of ['1', '2']) await bot.ok('sendMessage', { chat_id: ana, text })
    await bot.control.advance(48 * hours)
    await bot.ok('deleteMessage', { chat_id: ana, message_id: 1 })
    await bot.control.advance(1000)
    expect(await bot.refusal('deleteMessage', { chat_id: ana, message_id: 2 })).toBe(forEveryone)
    expect(await left(ana)).toEqual(['2'])
  })

  it('does not give its id to another', async () => {
    await bot.ok('sendMessage', { chat_id: ana, text: '1' })
    await bot.ok('deleteMessage', { chat_id: ana, message_id: 1 })
    expect((await bot.ok('sendMessage', { chat_id: ana, text: '2' })).message_id).toBe(2)
  })
})

describe.each(['group', 'supergroup'] as const)('a message in a %s', (type) => {
  it('can be deleted by a member when it is its own', async () => {
    const chat_id = await open(type, 'member')
    await bot.ok('deleteMessage', { chat_id, message_id: 2 })
    expect((await bot.call('deleteMessage', { chat_id, message_id: 1 })).status).toBe(400)
    expect(await left(chat_id)).toEqual(['Mine'])
  })

  it('can be deleted by an administrator, whoever wrote it', async () => {
    const chat_id = await open(type, 'administrator')
    await bot.ok('deleteMessages', { chat_id, message_ids: [1, 2] })
    expect(await left(chat_id)).toEqual([])
  })
})

describe('deleteMessages', () => {
  it('skips those that are not there', async () => {
    for (const text of ['1', '2', '3']) await bot.ok('sendMessage', { chat_id: ana, text })
    expect(await bot.ok('deleteMessages', { chat_id: ana, message_ids: [1, 3, 99] })).toBe(true)
    expect(await left(ana)).toEqual(['2'])
    expect(await bot.ok('deleteMessages', { chat_id: ana, message_ids: [98, 99] })).toBe(true)
  })

  it('understands ids that are text', async () => {
    await bot.ok('sendMessage', { chat_id: ana, text: '1' })
    await bot.ok('deleteMessages', { chat_id: ana, message_ids: '["1"]' })
    expect(await left(ana)).toEqual([])
  })

  // td, MessagesManager.cpp, `delete_messages`: all or none
  it('is refused as a whole when one of them may not be deleted', async () => {
    const chat_id = await open('group', 'member')
    expect(await bot.refusal('deleteMessages', { chat_id, message_ids: [1, 2] })).toBe(forEveryone)
    expect(await left(chat_id)).toEqual(['Mine', 'Of the bot'])
  })
})

it('a dice stands for a day', async () => {
  const { message_id } = await bot.ok('sendDice', { chat_id: ana })
  expect(await bot.refusal('deleteMessage', { chat_id: ana, message_id })).toBe(forEveryone)
  await bot.control.advance(24 * hours)
  await bot.ok('deleteMessage', { chat_id: ana, message_id })
})

it('where a supergroup came from is not deleted', async () => {
  const { id } = await bot.control.addChat({ title: 'G', members: [ana], botStatus: 'administrator' })
  const upgraded = await bot.control.migrate(id)
  expect(await bot.refusal('deleteMessage', { chat_id: upgraded.id, message_id: 1 })).toBe(
    "Bad Request: message can't be deleted",
  )
})

// td, MessagesManager.cpp, `can_revoke_message`: those of service are not its own
it('a service message of the bot cannot be deleted by a member of a group', async () => {
  const { id } = await bot.control.addChat({ title: 'G', members: [ana], botStatus: 'left' })
  await bot.control.setBotStatus(id, 'member')
  expect(await bot.refusal('deleteMessage', { chat_id: id, message_id: 1 })).toBe(forEveryone)
})
