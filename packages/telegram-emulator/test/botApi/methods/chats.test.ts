import { describe, expect, it } from 'vitest'
import type { NewChat } from '../../../src/index.ts'
import { ana, begin, everyKind, kindOf, luis, mei, setupBot } from '../bot.ts'

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
  it.fails.each<[string, Partial<NewChat>]>([
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

describe('a ban', () => {
  it('takes a person out, is told, and keeps them out until it is lifted', async () => {
    const chat_id = await open()
    await bot.askFor(everyKind)
    expect(await bot.ok('banChatMember', { chat_id, user_id: luis })).toBe(true)
    expect(await statusOf(chat_id, luis)).toBe('kicked')
    expect(await bot.updates()).toMatchObject([
      {
        chat_member: {
          old_chat_member: { status: 'member' },
          new_chat_member: { status: 'kicked', until_date: 0 },
        },
      },
      { message: { left_chat_member: { id: luis } } },
    ])
    await expect(bot.control.join(luis, chat_id)).rejects.toThrow('was banned')
    expect(await bot.ok('unbanChatMember', { chat_id, user_id: luis })).toBe(true)
    expect(await statusOf(chat_id, luis)).toBe('left')
    await bot.control.join(luis, chat_id)
  })

  // Bot API, ChatMemberUpdated: who did it was the bot
  it.fails('is told as something that the bot did', async () => {
    const chat_id = await open()
    await bot.askFor(everyKind)
    await bot.ok('banChatMember', { chat_id, user_id: luis })
    const [{ chat_member } = {}, { message } = {}] = await bot.updates()
    expect([chat_member?.from.id, message?.from?.id]).toEqual([botId, botId])
  })

  it.fails('that is lifted is told', async () => {
    const chat_id = await open()
    await bot.ok('banChatMember', { chat_id, user_id: luis })
    await bot.askFor(everyKind)
    await bot.updates()
    await bot.ok('unbanChatMember', { chat_id, user_id: luis })
    expect((await bot.updates()).map(kindOf)).toEqual(['chat_member'])
  })

  it('that is lifted from a member takes them out, unless only banned ones are meant', async () => {
    const chat_id = await open()
    await bot.ok('unbanChatMember', { chat_id, user_id: luis, only_if_banned: true })
    expect(await statusOf(chat_id, luis)).toBe('member')
    await bot.ok('unbanChatMember', { chat_id, user_id: luis })
    expect(await statusOf(chat_id, luis)).toBe('left')
  })

  // Bot API, banChatMember: `until_date`
  it.fails('ends at its date', async () => {
    const chat_id = await open()
    await bot.ok('banChatMember', { chat_id, user_id: luis, until_date: begin + 3600 })
    expect(await bot.ok('getChatMember', { chat_id, user_id: luis })).toMatchObject({
      until_date: begin + 3600,
    })
    await bot.control.advance(3_601_000)
    expect(await statusOf(chat_id, luis)).toBe('left')
  })
})

describe('a request to be let in', () => {
  it('is granted or declined once', async () => {
    const chat_id = await open()
    for (const user_id of [mei]) {
      await bot.control.requestToJoin(user_id, chat_id)
      expect(await bot.ok('declineChatJoinRequest', { chat_id, user_id })).toBe(true)
      expect(await statusOf(chat_id, user_id)).toBe('left')
      expect(await bot.refusal('approveChatJoinRequest', { chat_id, user_id })).toContain(
        'HIDE_REQUESTER_MISSING',
      )
      await bot.control.requestToJoin(user_id, chat_id)
      expect(await bot.ok('approveChatJoinRequest', { chat_id, user_id })).toBe(true)
      expect(await statusOf(chat_id, user_id)).toBe('member')
    }
  })
})

// The emulator fails with status 500; of one who is in already the server says USER_ALREADY_PARTICIPANT
it.fails.each(['join', 'ban'] as const)('a request is refused after a %s', async (what) => {
  const chat_id = await open()
  await bot.control.requestToJoin(mei, chat_id)
  if (what === 'join') await bot.control.join(mei, chat_id)
  else await bot.ok('banChatMember', { chat_id, user_id: mei })
  expect((await bot.call('approveChatJoinRequest', { chat_id, user_id: mei })).status).toBe(400)
})

describe('leaveChat', () => {
  it('leaves, is told, and cannot write there any more', async () => {
    const chat_id = await open({ type: 'group' })
    expect(await bot.ok('leaveChat', { chat_id })).toBe(true)
    expect(await bot.updates()).toMatchObject([{ my_chat_member: { new_chat_member: { status: 'left' } } }])
    expect(await bot.refusal('sendMessage', { chat_id, text: 'x' })).toBe(
      'Forbidden: bot is not a member of the group chat',
    )
  })

  // Client.cpp, `check_chat_access` with `Read`; td, `delete_chat_participant`
  it.fails('from a group that was left already is done', async () => {
    expect(await bot.ok('leaveChat', { chat_id: await open({ type: 'group', botStatus: 'left' }) })).toBe(
      true,
    )
  })
})
