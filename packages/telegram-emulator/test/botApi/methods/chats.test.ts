import { describe, expect, it } from 'vitest'
import type { NewChat } from '../../../src/index.ts'
import { ana, luis, mei, setupBot } from '../bot.ts'

const bot = setupBot()
const botId = 1000000001

const open = async (more: Partial<NewChat> = {}) => {
  await bot.control.addUser({ id: mei, firstName: 'Mei' })
  const chat: NewChat = { type: 'supergroup', title: 'G', members: [ana, luis], botStatus: 'administrator' }
  return (await bot.control.addChat({ ...chat, ...more })).id
}
const statusOf = async (chat_id: number, user_id: number) =>
  (await bot.ok('getChatMember', { chat_id, user_id })).status

describe('getChat', () => {
  it('tells of a person, of a group, and of a public channel by its name', async () => {
    expect(await bot.ok('getChat', { chat_id: ana })).toMatchObject({
      id: ana,
      type: 'private',
      first_name: 'Ana',
      username: 'ana_g',
      max_reaction_count: 11,
    })
    const id = await open({ type: 'channel', username: 'news' })
    expect(await bot.ok('getChat', { chat_id: '@NEWS' })).toMatchObject({
      id,
      type: 'channel',
      title: 'G',
      username: 'news',
    })
  })

  it('shows the message that was pinned last', async () => {
    const chat_id = await open()
    for (const text of ['1', '2']) {
      const { message_id } = await bot.ok('sendMessage', { chat_id, text })
      await bot.ok('pinChatMessage', { chat_id, message_id })
    }
    expect((await bot.ok('getChat', { chat_id })).pinned_message?.text).toBe('2')
  })

  // Client.cpp, `check_chat_access`: reading needs no membership of a group, nor of what is public
  it.each<[string, Partial<NewChat>]>([
    ['a group', { type: 'group', botStatus: 'left' }],
    ['a group that kicked it', { type: 'group', botStatus: 'kicked' }],
    ['a public supergroup', { botStatus: 'left', username: 'public_g' }],
  ])('tells of %s it has left', async (_, chat) => {
    expect((await bot.ok('getChat', { chat_id: await open(chat) })).title).toBe('G')
  })
})

describe('members', () => {
  it('are known by what they are', async () => {
    const chat_id = await open()
    expect(await statusOf(chat_id, ana)).toBe('creator')
    expect(await statusOf(chat_id, luis)).toBe('member')
    expect(await statusOf(chat_id, mei)).toBe('left')
    expect(await statusOf(chat_id, botId)).toBe('administrator')
    expect(await statusOf(ana, ana)).toBe('member')
  })

  it('are counted with the bot', async () => {
    const chat_id = await open()
    expect(await bot.ok('getChatMemberCount', { chat_id })).toBe(3)
    await bot.control.leave(luis, chat_id)
    expect(await bot.ok('getChatMemberCount', { chat_id })).toBe(2)
    expect(await bot.ok('getChatMemberCount', { chat_id: ana })).toBe(2)
  })

  it('that lead are listed, the bot among them when it does', async () => {
    const led = await bot.ok('getChatAdministrators', { chat_id: await open() })
    expect(led.map(({ status, user }) => [status, user.id])).toEqual([
      ['creator', ana],
      ['administrator', botId],
    ])
    const member = await bot.ok('getChatAdministrators', { chat_id: await open({ botStatus: 'member' }) })
    expect(member.map(({ user }) => user.id)).toEqual([ana])
  })
})

describe('leaveChat', () => {
  it('leaves, is told, and cannot write there any more', async () => {
    const chat_id = await open({ type: 'group' })
    expect(await bot.ok('leaveChat', { chat_id })).toBe(true)
    expect(await bot.updates()).toMatchObject([
      { my_chat_member: { from: { id: botId }, new_chat_member: { status: 'left' } } },
      { message: { from: { id: botId }, left_chat_member: { id: botId } } },
    ])
    expect(await bot.refusal('sendMessage', { chat_id, text: 'x' })).toBe(
      'Forbidden: bot is not a member of the group chat',
    )
  })

  // Client.cpp, `check_chat_access` with `Read`; td, `delete_chat_participant`
  it('from a group that was left already is done', async () => {
    expect(await bot.ok('leaveChat', { chat_id: await open({ type: 'group', botStatus: 'left' }) })).toBe(
      true,
    )
  })
})
