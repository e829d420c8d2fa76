import type { EmulatedChat } from '../../../src/index.ts'
import { ana, luis, type TestBot } from '../bot.ts'
import { picture } from '../files.ts'

/** One refusal: what it is about, the call, and what is answered, exactly. */
export type Row = [
  what: string,
  method: string,
  params: Record<string, unknown> | ((bot: TestBot) => Promise<Record<string, unknown>>),
  status: number,
  description: string,
  parameters?: Record<string, unknown>,
]

export const stranger = 20
export const blocker = 21
export const gone = 22

/** Chats by what they are and what the bot is in them. */
export const chats = {
  group: -11,
  led: -12,
  kicked: -13,
  left: -14,
  upgraded: -15,
  superKicked: -1000000000013,
  superLeft: -1000000000014,
  superLed: -1000000000012,
  super: -1000000000011,
  channelKicked: -1000000000023,
  channelLeft: -1000000000024,
  channelOnly: -1000000000021,
  channel: -1000000000022,
}
export const upgradedTo = -1000000001001

const opened: [id: number, type: EmulatedChat['type'], status: EmulatedChat['botStatus']][] = [
  [chats.group, 'group', 'member'],
  [chats.led, 'group', 'administrator'],
  [chats.kicked, 'group', 'kicked'],
  [chats.left, 'group', 'left'],
  [chats.upgraded, 'group', 'member'],
  [chats.superKicked, 'supergroup', 'kicked'],
  [chats.superLeft, 'supergroup', 'left'],
  [chats.superLed, 'supergroup', 'administrator'],
  [chats.super, 'supergroup', 'member'],
  [chats.channelKicked, 'channel', 'kicked'],
  [chats.channelLeft, 'channel', 'left'],
  [chats.channelOnly, 'channel', 'member'],
  [chats.channel, 'channel', 'administrator'],
]

/** Messages in Ana's chat; in the groups, message 1 is one of Ana. */
export const messages = {
  text: 1,
  photo: 2,
  live: 3,
  place: 4,
  poll: 5,
  closedPoll: 6,
  dice: 7,
  hers: 8,
  forwarded: 9,
  protected: 10,
  pinned: 11,
}

/** Makes the world in which every refusal of the tables comes about. */
export async function prepare({ ok, control }: TestBot): Promise<void> {
  for (const [id, started] of [
    [stranger, false],
    [blocker, true],
    [gone, true],
  ] as const)
    await control.addUser({ id, firstName: `P${id}`, started })
  await control.block(blocker)
  await control.deactivate(gone)
  for (const [id, type, botStatus] of opened)
    await control.addChat({ id, type, title: 'Chat', members: [ana, luis], botStatus })
  await control.migrate(chats.upgraded)
  const here = { chat_id: ana }
  const place = { latitude: 1, longitude: 2 }
  const poll = { ...here, question: 'Q?', options: ['A', 'B'] }
  await ok('sendMessage', { ...here, text: 'Text' })
  await ok('sendPhoto', here, { photo: ['a.png', picture()] })
  await ok('sendLocation', { ...here, ...place, live_period: 900 })
  await ok('sendLocation', { ...here, ...place })
  await ok('sendPoll', poll)
  await ok('stopPoll', { ...here, message_id: (await ok('sendPoll', poll)).message_id })
  await ok('sendDice', here)
  await control.say(ana, 'Hers')
  await ok('forwardMessage', { ...here, from_chat_id: ana, message_id: messages.hers })
  await ok('sendMessage', { ...here, text: 'Protected', protect_content: true })
  await ok('pinChatMessage', { ...here, message_id: messages.text })
  for (const chatId of [chats.group, chats.led, chats.super, chats.superLed])
    await control.say(ana, 'To all', { chatId })
}

/** A person who presses the button of a message of the bot, and the query that comes of it. */
export async function pressed({ ok, control, updates }: TestBot): Promise<string> {
  const reply_markup = { inline_keyboard: [[{ text: 'A', callback_data: 'a' }]] }
  const { message_id } = await ok('sendMessage', { chat_id: luis, text: 'Choose', reply_markup })
  await control.click(luis, message_id, 'a')
  return (await updates()).at(-1)?.callback_query?.id ?? ''
}

export async function asked({ control, updates }: TestBot): Promise<string> {
  await control.inlineQuery(luis, 'cats')
  return (await updates()).at(-1)?.inline_query?.id ?? ''
}
