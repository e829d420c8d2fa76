import type { EmulatedMessage } from '../../shapes/messages.ts'
import type { World } from '../../world/world.ts'
import { findTarget, messageOf } from '../access.ts'
import { badRequest } from '../answer.ts'
import { captionText } from '../input/formattedText.ts'
import { messageIds } from '../input/messageIds.ts'
import { method } from '../method.ts'
import { chatId, flag, fromChatId, integer, json, text } from '../params.ts'
import { type Content, type SendParams, sendAll, sendOne, sendParams } from '../send.ts'

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
    return sendOne(world, params, forwarded(message))
  }),
  method('forwardMessages', { ...forwardParams, message_ids: json }, (world, params) =>
    idsOf(sendAll(world, params, sources(world, params, 'messages to forward').map(forwarded))),
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
      const caption = params.caption === undefined || !message.media ? {} : captionText(params)
      return { message_id: sendOne(world, params, { ...copied(message), ...caption }).message_id }
    },
  ),
  method('copyMessages', { ...forwardParams, message_ids: json, remove_caption: flag }, (world, params) => {
    const contents = sources(world, params, 'messages to copy').map((message) =>
      params.remove_caption && message.media
        ? { ...copied(message), text: '', entities: [] }
        : copied(message),
    )
    return idsOf(sendAll(world, params, contents))
  }),
]

interface From extends SendParams {
  from_chat_id: number | string
}

function source(world: World, params: From & { message_id?: number }, what: string): EmulatedMessage {
  const message = messageOf(world, findTarget(world, params.from_chat_id), params.message_id, what)
  if (message.service) throw badRequest(`message can't be ${what.endsWith('copy') ? 'copied' : 'forwarded'}`)
  if (message.protectContent)
    throw badRequest(`message can't be ${what.endsWith('copy') ? 'copied' : 'forwarded'}`)
  return message
}

/** Those that are not there are skipped (Bot API, forwardMessages). */
function sources(world: World, params: From & { message_ids?: unknown }, what: string): EmulatedMessage[] {
  const from = findTarget(world, params.from_chat_id)
  const found = messageIds(params.message_ids).flatMap((id) => world.messages.find(from.id, id) ?? [])
  const usable = found.filter(({ service, protectContent }) => !service && !protectContent)
  if (usable.length === 0) throw badRequest(`there are no ${what}`)
  return usable
}

const copied = ({ text, entities, media, albumId }: EmulatedMessage): Content => ({
  text,
  entities,
  ...(media ? { media } : {}),
  ...(albumId ? { albumId } : {}),
})

const forwarded = (message: EmulatedMessage): Content => ({
  ...copied(message),
  forwarded: message.forwarded ?? { senderId: message.senderId, date: message.date },
})

const idsOf = (messages: EmulatedMessage[]) => messages.map(({ messageId }) => ({ message_id: messageId }))
