import { anotherPoll, closePollInTime } from '../../acts/polls.ts'
import { messageObject } from '../../objects/objects.ts'
import type { EmulatedMessage } from '../../shapes/messages.ts'
import { newId } from '../../world/newId.ts'
import type { World } from '../../world/world.ts'
import { accessible, messageOf, writable } from '../access.ts'
import { badRequest } from '../answer.ts'
import { captionText } from '../input/formattedText.ts'
import { messageIds } from '../input/messageIds.ts'
import { method } from '../method.ts'
import { chatId, flag, fromChatId, integer, json, text } from '../params.ts'
import { type Content, type SendParams, sendAll, sendParams } from '../send.ts'

const forwardParams = {
  chat_id: chatId,
  from_chat_id: fromChatId,
  message_thread_id: integer,
  disable_notification: flag,
  protect_content: flag,
}
const copyParams = { ...sendParams, from_chat_id: fromChatId, message_id: integer }

export const forwardMethods = [
  method('forwardMessage', { ...forwardParams, message_id: integer }, (world, params) => {
    const message = source(world, params, 'message to forward')
    if (!isForwardable(message)) throw badRequest("the message can't be forwarded")
    const [sent] = send(world, params, [forwarded(world, message)])
    return messageObject(world, sent as EmulatedMessage)
  }),
  method('forwardMessages', { ...forwardParams, message_ids: json }, (world, params) =>
    idsOf(
      send(
        world,
        params,
        sources(world, params).map((message) => forwarded(world, message)),
      ),
    ),
  ),
  method(
    'copyMessage',
    {
      ...copyParams,
      caption: text,
      parse_mode: text,
      caption_entities: json,
      show_caption_above_media: flag,
    },
    (world, params) => {
      const message = source(world, params, 'message to copy')
      if (!isForwardable(message)) throw badRequest("the message can't be copied")
      const caption = params.caption === undefined || !message.media ? {} : captionText(params)
      return idsOf(send(world, params, [{ ...copied(world, message), ...caption }]))[0] as MessageId
    },
  ),
  method('copyMessages', { ...forwardParams, message_ids: json, remove_caption: flag }, (world, params) => {
    const contents = sources(world, params).map((message) =>
      params.remove_caption && message.media
        ? { ...copied(world, message), text: '', entities: [] }
        : copied(world, message),
    )
    return idsOf(send(world, params, contents))
  }),
]

interface From extends SendParams {
  from_chat_id: number | string
}

interface MessageId {
  message_id: number
}

const source = (world: World, params: From & { message_id?: number }, what: string): EmulatedMessage =>
  messageOf(world, accessible(world, params.from_chat_id, 'read'), params.message_id, what)

/** Those that are not there are skipped (Bot API, forwardMessages); td, MessagesManager.cpp, `get_forwarded_messages`. */
function sources(world: World, params: From & { message_ids?: unknown }): EmulatedMessage[] {
  const ids = messageIds(params.message_ids)
  writable(world, params.chat_id)
  const from = accessible(world, params.from_chat_id, 'read')
  const found = ids.flatMap((id) => world.messages.find(from.id, id) ?? [])
  if (found.length === 0) throw badRequest('there are no messages to forward')
  if (found.some(({ messageId }, index) => messageId <= (found[index - 1]?.messageId ?? 0)))
    throw badRequest('message identifiers must be in a strictly increasing order')
  const usable = found.filter(isForwardable)
  if (usable.length === 0) throw badRequest("messages can't be forwarded")
  return usable
}

const isForwardable = ({ service, protectContent }: EmulatedMessage): boolean => !service && !protectContent

function send(world: World, params: SendParams, contents: Content[]): EmulatedMessage[] {
  const messages = sendAll(world, params, regrouped(contents))
  for (const message of messages) closePollInTime(world, message)
  return messages
}

/** Items of an album that come together are an album of their own, one that comes alone is in none (the same). */
function regrouped(contents: Content[]): Content[] {
  const newIds = new Map(contents.map(({ albumId }) => [albumId, newId()]))
  return contents.map(({ albumId, ...content }) => {
    const isTogether = contents.filter((other) => other.albumId === albumId).length > 1
    const another = newIds.get(albumId)
    return albumId && isTogether && another ? { ...content, albumId: another } : content
  })
}

const copied = (world: World, message: EmulatedMessage): Content => {
  const { media, ...content } = carried(message)
  if (!media) return content
  return media.kind === 'poll'
    ? { ...content, media: { kind: 'poll', poll: anotherPoll(world, media.poll) } }
    : { ...content, media }
}

const carried = ({ text, entities, media, albumId, look }: EmulatedMessage): Content => ({
  text,
  entities,
  ...(media ? { media } : {}),
  ...(albumId ? { albumId } : {}),
  ...(look ? { look } : {}),
})

const forwarded = (world: World, message: EmulatedMessage): Content => ({
  ...carried(message),
  forwarded: message.forwarded ?? originOf(world, message),
})

const originOf = (world: World, { chatId, senderId, date, messageId }: EmulatedMessage) => ({
  senderId,
  date,
  ...(world.chats.get(chatId)?.type === 'channel' ? { messageId } : {}),
})

const idsOf = (messages: EmulatedMessage[]): MessageId[] =>
  messages.map(({ messageId }) => ({ message_id: messageId }))
