import type { TestBot } from '../bot.ts'
import { picture, words } from '../files.ts'

export type Made = [method: string, result: unknown]

const photo: [string, Uint8Array] = ['a.png', picture()]
const inline = {
  inline_keyboard: [[{ text: 'A', callback_data: 'a' }], [{ text: 'B', url: 'https://a.dev' }]],
}
const text = { text: '<b>Hi</b> <a href="tg://user?id=7">Ana</a> #tag /go', parse_mode: 'HTML' }

/** Calls every method that is modelled, with what bots usually give, and keeps the results. */
export async function callAll(
  { ok, control }: TestBot,
  { group, channel }: { group: number; channel: number },
) {
  const made: Made[] = []
  const keep = async <M extends string>(...[method, ...rest]: Parameters<typeof ok<M>>) => {
    const result = await ok(method, ...rest)
    made.push([method, result])
    return result
  }
  const here = { chat_id: 7 }
  const { message_id: first } = await keep('sendMessage', { ...here, ...text, reply_markup: inline })
  await keep('sendMessage', { ...here, text: 'x', reply_parameters: { message_id: first } })
  await keep('sendMessage', { chat_id: channel, text: 'A post' })
  await keep('sendMessage', { chat_id: group, text: 'To all', protect_content: true })
  const sent = await keep('sendPhoto', { ...here, caption: 'c' }, { photo })
  await keep('sendDocument', here, { document: ['a.txt', words('x')] })
  await keep('sendDocument', here, { document: photo })
  await keep('sendVideo', { ...here, duration: 3, width: 4, height: 2 }, { video: ['a.mp4', words('x')] })
  await keep('sendAnimation', here, { animation: ['a.gif', words('x')] })
  await keep('sendAudio', { ...here, performer: 'P', title: 'T' }, { audio: ['a.mp3', words('x')] })
  await keep('sendVoice', here, { voice: ['a.ogg', words('x')] })
  await keep('sendVideoNote', { ...here, length: 240 }, { video_note: ['a.mp4', words('x')] })
  await keep('sendSticker', { ...here, emoji: '🙂' }, { sticker: ['a.webp', words('x')] })
  const media = [
    { type: 'photo', media: 'attach://a', caption: 'c' },
    { type: 'video', media: 'attach://b' },
  ]
  await keep('sendMediaGroup', { ...here, media }, { a: photo, b: ['b.mp4', words('x')] })
  const place = { latitude: 36.5, longitude: -4.9 }
  const live = await keep('sendLocation', { ...here, ...place, live_period: 900, heading: 5 })
  await keep('sendVenue', { ...here, ...place, title: 'T', address: 'A', foursquare_id: 'f' })
  await keep('sendContact', { ...here, phone_number: '+1', first_name: 'F', vcard: 'v' })
  await keep('sendDice', { ...here, emoji: '🎯' })
  const poll = await keep('sendPoll', { ...here, question: 'Q?', options: ['A', { text: 'B' }] })
  await keep('sendPoll', {
    ...here,
    question: 'Q?',
    options: ['A', 'B'],
    type: 'quiz',
    correct_option_id: 1,
    explanation: '*Why*',
    explanation_parse_mode: 'Markdown',
    open_period: 60,
  })
  await keep('sendChatAction', { ...here, action: 'typing' })
  const from = { ...here, from_chat_id: 7 }
  await keep('forwardMessage', { ...from, message_id: first })
  await keep('forwardMessages', { ...from, message_ids: [first, first + 1] })
  await keep('copyMessage', { ...from, message_id: first })
  await keep('copyMessages', { ...from, message_ids: [first] })
  const post = (await control.messages(channel)).at(-1)?.messageId ?? 0
  await keep('forwardMessage', { ...here, from_chat_id: channel, message_id: post })

  const edit = { ...here, message_id: first }
  await keep('editMessageText', { ...edit, text: 'New', reply_markup: inline })
  await keep('editMessageReplyMarkup', edit)
  await keep('editMessageCaption', { ...here, message_id: sent.message_id, caption: 'New' })
  await keep(
    'editMessageMedia',
    { ...here, message_id: sent.message_id, media: { type: 'photo', media: 'attach://a' } },
    { a: photo },
  )
  await keep('editMessageLiveLocation', { ...here, message_id: live.message_id, latitude: 1, longitude: 2 })
  await keep('stopMessageLiveLocation', { ...here, message_id: live.message_id })
  await keep('stopPoll', { ...here, message_id: poll.message_id })
  await keep('setMessageReaction', { ...edit, reaction: [{ type: 'emoji', emoji: '👍' }] })
  await keep('deleteMessage', edit)
  await keep('deleteMessages', { ...here, message_ids: [first + 1] })

  await keep('pinChatMessage', { chat_id: group, message_id: 1 })
  await keep('getChat', { chat_id: group })
  await keep('unpinChatMessage', { chat_id: group })
  await keep('unpinAllChatMessages', { chat_id: group })
  for (const chat_id of [7, group, channel]) await keep('getChat', { chat_id })
  await keep('getChatAdministrators', { chat_id: group })
  await keep('getChatMemberCount', { chat_id: group })
  await keep('getChatMember', { chat_id: group, user_id: 8 })
  const { id: supergroup } = await control.addChat({
    type: 'supergroup',
    title: 'S',
    members: [7, 8],
    botStatus: 'administrator',
  })
  await keep('banChatMember', { chat_id: supergroup, user_id: 8 })
  await keep('getChatMember', { chat_id: supergroup, user_id: 8 })
  await keep('unbanChatMember', { chat_id: supergroup, user_id: 8 })
  await keep('getChatMember', { chat_id: supergroup, user_id: 8 })
  await keep('banChatMember', { chat_id: group, user_id: 8 })
  await control.requestToJoin(8, group)
  await keep('declineChatJoinRequest', { chat_id: group, user_id: 8 })
  await control.requestToJoin(8, group)
  await keep('approveChatJoinRequest', { chat_id: group, user_id: 8 })
  await keep('leaveChat', { chat_id: channel })

  await keep('getMe')
  for (const [name, words] of [
    ['Name', 'name'],
    ['Description', 'description'],
    ['ShortDescription', 'short_description'],
  ]) {
    await keep(`setMy${name}`, { [words as string]: 'x' })
    await keep(`getMy${name}`)
  }
  await keep('setMyCommands', { commands: [{ command: 'go', description: 'Go' }] })
  await keep('getMyCommands')
  await keep('deleteMyCommands')
  const app = { type: 'web_app', text: 'App', web_app: { url: 'https://a.dev' } }
  await keep('setChatMenuButton', { ...here, menu_button: app })
  await keep('getChatMenuButton', here)
  await keep('getChatMenuButton')
  await keep('getUserProfilePhotos', { user_id: 7 })
  await keep('getFile', { file_id: sent.photo?.[0]?.file_id })
  return { made, keep }
}
