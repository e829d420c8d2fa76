import { describe, expect, it } from 'vitest'
import type { NewChat } from '../../src/index.ts'
import { ana, begin, everyKind, kindOf, luis, mei, setupBot } from '../botApi/bot.ts'

const bot = setupBot()
const botId = 1000000001

const open = async (more: Partial<NewChat> = {}) => {
  await bot.control.addUser({ id: mei, firstName: 'Mei' })
  return (
    await bot.control.addChat({ title: 'G', members: [ana, luis], botStatus: 'administrator', ...more })
  ).id
}
const kinds = async () => (await bot.updates()).map(kindOf)

describe('a person', () => {
  it('who joins or leaves is told in the chat, and to a bot that asked as a change of membership', async () => {
    const chatId = await open()
    await bot.askFor(everyKind)
    await bot.control.join(mei, chatId)
    await bot.control.leave(mei, chatId)
    const mine = { id: mei, is_bot: false, first_name: 'Mei', language_code: 'en' }
    const chat = { id: chatId, type: 'group', title: 'G' }
    const change = (before: string, after: string) => ({
      chat,
      from: mine,
      date: begin,
      old_chat_member: { status: before, user: mine },
      new_chat_member: { status: after, user: mine },
    })
    expect(await bot.updates()).toEqual([
      { update_id: expect.any(Number), chat_member: change('left', 'member') },
      {
        update_id: expect.any(Number),
        message: { message_id: 1, from: mine, chat, date: begin, new_chat_members: [mine] },
      },
      { update_id: expect.any(Number), chat_member: change('member', 'left') },
      {
        update_id: expect.any(Number),
        message: { message_id: 2, from: mine, chat, date: begin, left_chat_member: mine },
      },
    ])
  })

  it('is not a change of membership to a bot that did not ask for it', async () => {
    const chatId = await open()
    await bot.control.join(mei, chatId)
    expect(await kinds()).toEqual(['message'])
  })

  // Bot API, "Update.chat_member": the bot must be an administrator
  it('is not a change of membership to a bot that is but a member', async () => {
    const chatId = await open({ botStatus: 'member' })
    await bot.askFor(everyKind)
    await bot.control.join(mei, chatId)
    expect(await kinds()).toEqual(['message'])
  })

  it('who subscribes to a channel is no message there', async () => {
    const chatId = await open({ type: 'channel' })
    await bot.askFor(everyKind)
    await bot.control.join(mei, chatId)
    expect(await kinds()).toEqual(['chat_member'])
  })

  it('joins once, leaves where they are, and is somebody', async () => {
    const chatId = await open()
    await expect(bot.control.join(ana, chatId)).rejects.toThrow('is in the chat')
    await expect(bot.control.leave(mei, chatId)).rejects.toThrow('is not in the chat')
    await expect(bot.control.join(99, chatId)).rejects.toThrow('There is no person 99')
    await expect(bot.control.join(ana, -99)).rejects.toThrow('There is no chat -99')
  })
})

describe('a request to be let in', () => {
  it('is told with the chat in which to answer, and granted with all that follows', async () => {
    const chatId = await open({ type: 'supergroup' })
    await bot.askFor(everyKind)
    await bot.control.requestToJoin(mei, chatId)
    await bot.ok('approveChatJoinRequest', { chat_id: chatId, user_id: mei })
    expect(await bot.updates()).toMatchObject([
      { chat_join_request: { chat: { id: chatId }, from: { id: mei }, user_chat_id: mei, date: begin } },
      { chat_member: { new_chat_member: { status: 'member' } } },
      { message: { new_chat_members: [{ id: mei }] } },
    ])
  })

  it('is made once, and by those only who are not in', async () => {
    const chatId = await open()
    await bot.control.requestToJoin(mei, chatId)
    await bot.control.requestToJoin(mei, chatId)
    expect((await bot.control.chats())[0]?.requests).toEqual([mei])
    await expect(bot.control.requestToJoin(ana, chatId)).rejects.toThrow('is in the chat')
  })

  // Bot API, "Update.chat_join_request": the bot must have the right to invite
  it('is not told to a bot that is but a member', async () => {
    await bot.control.requestToJoin(mei, await open({ botStatus: 'member' }))
    expect(await kinds()).toEqual([])
  })

  it('of somebody who was banned is none', async () => {
    const chatId = await open({ type: 'supergroup' })
    await bot.ok('banChatMember', { chat_id: chatId, user_id: luis })
    await expect(bot.control.requestToJoin(luis, chatId)).rejects.toThrow('banned')
  })
})

describe('the bot', () => {
  it('is told what becomes of it, and that it came', async () => {
    const chatId = await open({ botStatus: 'left' })
    for (const status of ['member', 'administrator', 'kicked'] as const)
      await bot.control.setBotStatus(chatId, status)
    const updates = await bot.updates()
    expect(updates.flatMap(({ my_chat_member: change }) => (change ? [change] : []))).toMatchObject([
      { old_chat_member: { status: 'left' }, new_chat_member: { status: 'member', user: { id: botId } } },
      {
        old_chat_member: { status: 'member' },
        new_chat_member: { status: 'administrator' },
        from: { id: ana },
      },
      { old_chat_member: { status: 'administrator' }, new_chat_member: { status: 'kicked', until_date: 0 } },
    ])
    expect(updates[1]).toMatchObject({ message: { new_chat_members: [{ id: botId }] } })
  })

  // Client.cpp, `need_skip_update_message`: of a chat that was left, the message about leaving comes still
  it('is told in the chat that it was taken out', async () => {
    await bot.control.setBotStatus(await open({ type: 'supergroup' }), 'kicked')
    expect(await bot.updates()).toMatchObject([
      { my_chat_member: {} },
      { message: { left_chat_member: { id: botId } } },
    ])
  })

  // the same, `is_outgoing`: a person adds it, so the message is from them
  it('is let in by somebody', async () => {
    await bot.control.setBotStatus(await open({ botStatus: 'left' }), 'member')
    expect((await bot.updates())[1]).toMatchObject({ message: { from: { id: ana } } })
  })

  it('hears no more of a chat that has thrown it out', async () => {
    const chatId = await open()
    await bot.control.setBotStatus(chatId, 'kicked')
    await bot.updates()
    await bot.control.say(ana, '/go@kamihi_demo_bot', { chatId })
    await bot.control.leave(luis, chatId)
    expect(await kinds()).toEqual([])
  })
})

describe('a person who blocks the bot', () => {
  it('is told once each way, and cannot be written to in between', async () => {
    for (const act of ['block', 'block', 'unblock', 'unblock'] as const) await bot.control[act](ana)
    expect(await bot.updates()).toMatchObject([
      { my_chat_member: { chat: { id: ana }, from: { id: ana }, new_chat_member: { status: 'kicked' } } },
      { my_chat_member: { old_chat_member: { status: 'kicked' }, new_chat_member: { status: 'member' } } },
    ])
    await bot.ok('sendMessage', { chat_id: ana, text: 'x' })
  })

  it('of an account that is gone nobody is told', async () => {
    await bot.control.deactivate(ana)
    expect(await kinds()).toEqual([])
    await expect(bot.control.say(ana, 'Hi')).rejects.toThrow('has deleted their account')
  })
})

describe('a group that becomes a supergroup', () => {
  it('says so on both sides, keeps its people, and answers under its new id only', async () => {
    const chatId = await open({ botStatus: 'member' })
    const upgraded = await bot.control.migrate(chatId)
    expect(upgraded).toMatchObject({ type: 'supergroup', migratedFrom: chatId, title: 'G' })
    expect(upgraded.id).toBeLessThan(-1_000_000_000_000)
    expect(await bot.updates()).toMatchObject([
      { message: { chat: { id: chatId, type: 'group' }, migrate_to_chat_id: upgraded.id } },
      { message: { chat: { id: upgraded.id, type: 'supergroup' }, migrate_from_chat_id: chatId } },
    ])
    expect((await bot.call('sendMessage', { chat_id: chatId, text: 'x' })).body).toEqual({
      ok: false,
      error_code: 400,
      description: 'Bad Request: group chat was upgraded to a supergroup chat',
      parameters: { migrate_to_chat_id: upgraded.id },
    })
    expect((await bot.ok('sendMessage', { chat_id: upgraded.id, text: 'x' })).message_id).toBe(2)
    expect(await bot.ok('getChatMemberCount', { chat_id: upgraded.id })).toBe(3)
  })

  it('does so once, and is a group before', async () => {
    const chatId = await open()
    await bot.control.migrate(chatId)
    await expect(bot.control.migrate(chatId)).rejects.toThrow('upgraded already')
    await expect(bot.control.migrate(await open({ type: 'channel' }))).rejects.toThrow('a channel')
    await expect(bot.control.say(ana, 'x', { chatId })).rejects.toThrow('is now the supergroup')
  })
})
