import { describe, expect, it } from 'vitest'
import { botHears, type Overheard } from '../../src/acts/privacy.ts'
import type { EmulatedChat, EmulatedMessage } from '../../src/index.ts'
import { foundEntities } from '../../src/text/foundEntities.ts'
import { ana, luis, setupBot } from '../botApi/bot.ts'

const said = (
  text: string,
  from: 'user' | 'bot' = 'user',
  more: Partial<EmulatedMessage> = {},
): EmulatedMessage => ({
  messageId: 1,
  chatId: -1,
  from,
  senderId: 7,
  text,
  entities: foundEntities(text),
  date: 0,
  ...more,
})
const heard = (
  message: EmulatedMessage,
  more: Partial<Overheard> = {},
  chat: Partial<Pick<EmulatedChat, 'type' | 'botStatus'>> = {},
): boolean =>
  botHears(
    {
      id: -1,
      title: 'G',
      type: 'group',
      botStatus: 'member',
      members: [],
      requests: [],
      pinned: [],
      ...chat,
    },
    { message, answered: undefined, isLastBot: () => false, bot: { id: 1, username: 'Demo_bot' }, ...more },
  )

describe('a bot in privacy mode hears', () => {
  const wrote = { isLastBot: () => true }
  it.each<[what: string, hears: boolean, message: EmulatedMessage, more?: Partial<Overheard>]>([
    ['plain text', false, said('Hi')],
    ['plain text after its own message', false, said('Hi'), wrote],
    ['a command for it', true, said('/go@demo_bot now')],
    ['a command for it in other letters', true, said('/go@DEMO_BOT')],
    ['a command for another bot', false, said('/go@other_bot'), wrote],
    ['a command for anybody when no other bot has written since it did', true, said('/go'), wrote],
    ['a command for anybody before it has written', false, said('/go')],
    ['a command within a text', false, said('Say /go@demo_bot')],
    ['an answer to it', true, said('Yes'), { answered: said('x', 'bot') }],
    ['an answer to a person', false, said('Yes'), { answered: said('x') }],
    [
      'a caption that is a command for it',
      true,
      said('/go@demo_bot', 'user', { media: { kind: 'dice', dice: { emoji: '🎲', value: 1 } } }),
    ],
    ['that somebody came', true, said('', 'user', { service: { kind: 'joined', userIds: [7] } })],
  ])('%s: %s', (_, hears, message, more) => {
    expect(heard(message, more)).toBe(hears)
  })

  it.each(['creator', 'administrator'] as const)('everything as %s', (botStatus) => {
    expect(heard(said('Hi'), {}, { botStatus })).toBe(true)
  })

  it.each(['left', 'kicked'] as const)('nothing but that itself is gone when it has %s', (botStatus) => {
    for (const text of ['Hi', '/go@demo_bot']) expect(heard(said(text), {}, { botStatus })).toBe(false)
    for (const userId of [1, 7]) {
      const farewell = said('', 'user', { service: { kind: 'left', userId } })
      expect(heard(farewell, {}, { botStatus })).toBe(userId === 1)
    }
  })

  it('every post of a channel', () => {
    expect(heard(said('Hi'), {}, { type: 'channel', botStatus: 'administrator' })).toBe(true)
  })
})

describe('in a group', () => {
  const bot = setupBot()
  const texts = async () =>
    (await bot.updates()).map(({ message }) => message?.text ?? Object.keys(message ?? {}).at(-1))

  it('a bot hears what is meant for it', async () => {
    const { id: chatId } = await bot.control.addChat({ title: 'G', members: [ana, luis] })
    const say = (text: string, replyTo?: number) =>
      bot.control.say(ana, text, { chatId, ...(replyTo ? { replyTo } : {}) })
    await say('Hi all')
    await say('/nobody')
    await say('/me@kamihi_demo_bot')
    const { message_id } = await bot.ok('sendMessage', { chat_id: chatId, text: 'Here' })
    await say('/anybody')
    await say('Thanks', message_id)
    await say('No thanks')
    await bot.control.leave(luis, chatId)
    expect(await texts()).toEqual(['/me@kamihi_demo_bot', '/anybody', 'Thanks', 'left_chat_member'])
  })

  it('a bot hears all once it leads, and little when it does not any more', async () => {
    const { id: chatId } = await bot.control.addChat({ title: 'G', members: [ana] })
    await bot.control.say(ana, 'One', { chatId })
    await bot.control.setBotStatus(chatId, 'administrator')
    await bot.control.say(ana, 'Two', { chatId })
    await bot.control.setBotStatus(chatId, 'member')
    await bot.control.say(ana, 'Three', { chatId })
    const heardTexts = (await bot.updates()).flatMap(({ message }) => message?.text ?? [])
    expect(heardTexts).toEqual(['Two'])
  })

  it('a bot hears photos with a command for it, and albums not at all', async () => {
    const { id: chatId } = await bot.control.addChat({ title: 'G', members: [ana] })
    await bot.control.sendPhoto(ana, null, { chatId })
    await bot.control.sendPhoto(ana, null, { chatId, caption: '/read@kamihi_demo_bot' })
    expect((await bot.updates()).map(({ message }) => message?.caption)).toEqual(['/read@kamihi_demo_bot'])
  })

  // core.telegram.org/bots/features#privacy-mode: "if the bot was the last bot to send a message to the group"
  it('a bot hears general commands as long as no other bot has written', async () => {
    const { id: chatId } = await bot.control.addChat({ title: 'G', members: [ana] })
    await bot.ok('sendMessage', { chat_id: chatId, text: 'Here' })
    await bot.control.say(ana, 'Hi all', { chatId })
    await bot.control.say(ana, '/go', { chatId })
    expect(await texts()).toEqual(['/go'])
  })
})
