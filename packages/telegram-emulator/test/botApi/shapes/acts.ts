import { smallPicture } from '../../../src/control/smallPicture.ts'
import type { TestBot } from '../bot.ts'
import { sent, words } from '../files.ts'

/** Has people do everything that makes an update. */
export async function actAll(
  { ok, control }: TestBot,
  { group, channel }: { group: number; channel: number },
) {
  await control.setBotStatus(channel, 'administrator')
  await control.start(7)
  const { messageId } = await control.say(7, 'Hi @ana_g, see https://a.dev')
  await control.edit(7, messageId, 'Edited')
  await control.say(7, 'An answer', { replyTo: messageId })
  await control.sendPhoto(7, null, { caption: 'Look' })
  await control.sendAlbum(7, [smallPicture, sent('b.mp4', words('x'))])
  await control.sendDocument(7, sent('a.pdf', words('x')))
  await control.sendVoice(7, sent('a.ogg', words('x')))
  await control.sendLocation(7, { latitude: 1, longitude: 2 })
  await control.sendContact(7)
  await control.inlineQuery(7, 'cats')
  await control.block(8)
  await control.unblock(8)

  const markup = { inline_keyboard: [[{ text: 'A', callback_data: 'a' }]] }
  const asked = await ok('sendMessage', { chat_id: 7, text: 'Choose', reply_markup: markup })
  await control.click(7, asked.message_id, 'a')
  await control.react(7, asked.message_id, '👍')
  await control.react(7, asked.message_id, null)
  const poll = { chat_id: 7, question: 'Q?', options: ['A', 'B'], is_anonymous: false }
  const { message_id } = await ok('sendPoll', poll)
  await control.vote(7, message_id, [1])

  await control.setBotStatus(group, 'member')
  await control.setBotStatus(group, 'administrator')
  await control.leave(8, group)
  await control.join(8, group)
  await control.requestToJoin(9, group)
  await ok('banChatMember', { chat_id: group, user_id: 8 })
  await control.say(7, 'To all', { chatId: group })
  const { message_id: pinned } = await ok('sendMessage', { chat_id: group, text: 'Pin me' })
  await ok('pinChatMessage', { chat_id: group, message_id: pinned })
  await control.migrate(group)

  const post = await control.say(7, 'A post', { chatId: channel })
  await control.edit(7, post.messageId, 'A better post', { chatId: channel })
}
