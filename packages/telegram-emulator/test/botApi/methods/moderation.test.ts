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
  it('is told as something that the bot did', async () => {
    const chat_id = await open()
    await bot.askFor(everyKind)
    await bot.ok('banChatMember', { chat_id, user_id: luis })
    const [{ chat_member } = {}, { message } = {}] = await bot.updates()
    expect([chat_member?.from.id, message?.from?.id]).toEqual([botId, botId])
  })

  it('that is lifted is told', async () => {
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
  it('ends at its date', async () => {
    const chat_id = await open()
    await bot.ok('banChatMember', { chat_id, user_id: luis, until_date: begin + 3600 })
    expect(await bot.ok('getChatMember', { chat_id, user_id: luis })).toMatchObject({
      until_date: begin + 3600,
    })
    await bot.control.advance(3_601_000)
    expect(await statusOf(chat_id, luis)).toBe('left')
  })
})

describe('the end of a ban', () => {
  it.each([10, 367 * 86_400])('of %i seconds is for ever', async (length) => {
    const chat_id = await open()
    await bot.ok('banChatMember', { chat_id, user_id: luis, until_date: begin + length })
    expect(await bot.ok('getChatMember', { chat_id, user_id: luis })).toMatchObject({ until_date: 0 })
  })

  it('in a plain group lets a person come back', async () => {
    const chat_id = await open({ type: 'group' })
    await bot.ok('banChatMember', { chat_id, user_id: luis })
    expect(await statusOf(chat_id, luis)).toBe('left')
    await bot.control.join(luis, chat_id)
  })

  it('that is the same is told once, one with another end is another', async () => {
    const chat_id = await open()
    await bot.askFor(['chat_member'])
    const ban = (until_date: number) =>
      bot.ok('banChatMember', { chat_id, user_id: luis, until_date: begin + until_date })
    for (const end of [60, 60, 120]) await ban(end)
    expect(await bot.updates()).toMatchObject([
      { chat_member: { new_chat_member: { status: 'kicked', until_date: begin + 60 } } },
      { chat_member: { old_chat_member: { until_date: begin + 60 } } },
    ])
    await bot.control.advance(60_000)
    expect(await statusOf(chat_id, luis)).toBe('kicked')
    await bot.control.advance(60_000)
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

// Of one who is in already the server says USER_ALREADY_PARTICIPANT
it.each(['join', 'ban'] as const)('a request is refused after a %s', async (what) => {
  const chat_id = await open()
  await bot.control.requestToJoin(mei, chat_id)
  if (what === 'join') await bot.control.join(mei, chat_id)
  else await bot.ok('banChatMember', { chat_id, user_id: mei })
  expect((await bot.call('approveChatJoinRequest', { chat_id, user_id: mei })).status).toBe(400)
})
