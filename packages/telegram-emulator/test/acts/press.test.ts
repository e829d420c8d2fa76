import { describe, expect, it } from 'vitest'
import { ana, begin, everyKind, luis, setupBot } from '../botApi/bot.ts'

const bot = setupBot()
const emoji = (each: string) => [{ type: 'emoji', emoji: each }]

describe('a reaction', () => {
  it('is told to a bot that asked, with the one before', async () => {
    await bot.askFor(everyKind)
    await bot.ok('sendMessage', { chat_id: ana, text: 'x' })
    for (const each of ['👍', '🔥', null]) await bot.control.react(ana, 1, each)
    const about = { chat: { id: ana }, message_id: 1, user: { id: ana }, date: begin }
    expect(await bot.updates()).toMatchObject([
      { message_reaction: { ...about, old_reaction: [], new_reaction: emoji('👍') } },
      { message_reaction: { ...about, old_reaction: emoji('👍'), new_reaction: emoji('🔥') } },
      { message_reaction: { ...about, old_reaction: emoji('🔥'), new_reaction: [] } },
    ])
  })

  it('is not told to a bot that did not ask', async () => {
    await bot.ok('sendMessage', { chat_id: ana, text: 'x' })
    await bot.control.react(ana, 1, '👍')
    expect(await bot.updates()).toEqual([])
    expect((await bot.control.messages(ana))[0]?.reactions).toEqual([{ senderId: ana, emoji: '👍' }])
  })

  it('in a group is told to a bot that leads it only', async () => {
    await bot.askFor(everyKind)
    const { id: chatId } = await bot.control.addChat({ title: 'G', members: [ana, luis] })
    await bot.ok('sendMessage', { chat_id: chatId, text: 'x' })
    await bot.control.react(luis, 1, '👍', { chatId })
    expect(await bot.updates()).toEqual([])
    await bot.control.setBotStatus(chatId, 'administrator')
    await bot.updates()
    await bot.control.react(luis, 1, '🔥', { chatId })
    expect(await bot.updates()).toMatchObject([
      { message_reaction: { chat: { id: chatId }, user: { id: luis } } },
    ])
  })

  it('in a group is not for those who are not in it', async () => {
    const { id: chatId } = await bot.control.addChat({ title: 'G', members: [ana] })
    await bot.ok('sendMessage', { chat_id: chatId, text: 'x' })
    await expect(bot.control.react(luis, 1, '👍', { chatId })).rejects.toThrow()
  })

  it('is an emoji', async () => {
    await bot.ok('sendMessage', { chat_id: ana, text: 'x' })
    await expect(bot.control.react(ana, 1, 'well done')).rejects.toThrow()
  })

  it('in a private chat is for the one whose chat it is', async () => {
    await bot.ok('sendMessage', { chat_id: luis, text: 'x' })
    await expect(bot.control.react(ana, 1, '👍', { chatId: luis })).rejects.toThrow()
  })

  it('that changes nothing is not told', async () => {
    await bot.askFor(everyKind)
    await bot.ok('sendMessage', { chat_id: ana, text: 'x' })
    for (const each of ['👍', '👍']) await bot.control.react(ana, 1, each)
    expect(await bot.updates()).toHaveLength(1)
  })
})

describe('a vote', () => {
  it('is for a poll, for options that it has, and counts for the poll of the bot only', async () => {
    await bot.ok('sendMessage', { chat_id: ana, text: 'x' })
    await expect(bot.control.vote(ana, 1, [0])).rejects.toThrow('is no poll')
    await bot.ok('sendPoll', { chat_id: ana, question: 'Q?', options: ['A', 'B'] })
    await expect(bot.control.vote(ana, 2, [2])).rejects.toThrow('has options 0 to 1; 2 was given')
  })

  it('for one option twice counts once', async () => {
    const poll = {
      chat_id: ana,
      question: 'Q?',
      options: ['A', 'B'],
      allows_multiple_answers: true,
      is_anonymous: false,
    }
    await bot.ok('sendPoll', poll)
    await bot.control.vote(ana, 1, [0, 0])
    expect((await bot.updates()).at(-1)?.poll_answer?.option_ids).toEqual([0])
  })
})
