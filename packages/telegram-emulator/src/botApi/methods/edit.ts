import type { TelegramMessage } from '@gramio/types'
import { messageObject } from '../../objects/objects.ts'
import type { FileKind, Media } from '../../shapes/media.ts'
import type { EmulatedMessage } from '../../shapes/messages.ts'
import { type Change, withChange } from '../../world/messageStore.ts'
import { seconds, type World } from '../../world/world.ts'
import { messageOf, writable } from '../access.ts'
import { badRequest } from '../answer.ts'
import { fileMedia } from '../input/fileMedia.ts'
import { captionText, messageText } from '../input/formattedText.ts'
import { isObject, parsedJson } from '../input/json.ts'
import { inlineMarkup } from '../input/replyMarkup.ts'
import { method } from '../method.ts'
import { chatId, flag, integer, json, number, text } from '../params.ts'
import { locationOf } from './sendOther.ts'

const editParams = { chat_id: chatId, message_id: integer, reply_markup: json }
const captionParams = {
  caption: text,
  parse_mode: text,
  caption_entities: json,
  show_caption_above_media: flag,
}

export const editMethods = [
  method(
    'editMessageText',
    {
      ...editParams,
      text,
      parse_mode: text,
      entities: json,
      link_preview_options: json,
      disable_web_page_preview: text,
    },
    (world, params) => {
      const message = editable(world, params)
      const content = messageText(params)
      if (message.media) throw badRequest('there is no text in the message to edit')
      return edited(world, message, { ...content, ...markupOf(params) })
    },
  ),
  method('editMessageCaption', { ...editParams, ...captionParams }, (world, params) => {
    const message = editable(world, params)
    if (!isFile(message.media)) throw badRequest('there is no caption in the message to edit')
    return edited(world, message, { ...captionText(params), ...markupOf(params) })
  }),
  method('editMessageMedia', { ...editParams, media: json }, async (world, params, call) => {
    const message = editable(world, params)
    const item = parsedJson(params.media ?? '', 'input media')
    if (!isObject(item)) throw badRequest("can't parse InputMedia: expected an Object")
    if (item.media === undefined) throw badRequest("can't parse InputMedia: media not found")
    if (!replaceable.has(String(item.type)))
      throw badRequest(`can't parse InputMedia: type "${String(item.type)}" is unsupported`)
    const media = await fileMedia(call, item.type as FileKind, item.media, item, '')
    return edited(world, message, { ...captionText(item), media, ...markupOf(params) })
  }),
  method('editMessageReplyMarkup', editParams, (world, params) =>
    edited(world, editable(world, params), markupOf(params)),
  ),
  method(
    'editMessageLiveLocation',
    {
      ...editParams,
      latitude: number,
      longitude: number,
      live_period: integer,
      horizontal_accuracy: number,
      heading: integer,
      proximity_alert_radius: integer,
    },
    (world, params) => {
      const message = live(world, params)
      const location = { ...message.media.location, ...locationOf(params) }
      return edited(world, message, { media: { kind: 'location', location }, ...markupOf(params) })
    },
  ),
  method('stopMessageLiveLocation', editParams, (world, params) => {
    const message = live(world, params)
    const { live_period: _, ...location } = message.media.location
    return edited(world, message, { media: { kind: 'location', location }, ...markupOf(params) })
  }),
]

const replaceable = new Set(['photo', 'video', 'animation', 'audio', 'document'])

const isFile = (media: Media | undefined): boolean =>
  media !== undefined && (replaceable.has(media.kind) || media.kind === 'voice')

interface EditParams {
  chat_id: number | string
  message_id?: number
  reply_markup?: unknown
}

/** @throws BotApiError when there is no such message, or it is not one of the bot */
function editable(world: World, params: EditParams): EmulatedMessage {
  const target = writable(world, params.chat_id)
  const message = messageOf(world, target, params.message_id, 'message to edit')
  if (message.from !== 'bot' || message.service || message.forwarded)
    throw badRequest("message can't be edited")
  return message
}

/** A live location may be changed until its period is over. */
function live(world: World, params: EditParams) {
  const message = editable(world, params)
  if (message.media?.kind !== 'location') throw badRequest("message can't be edited")
  const period = message.media.location.live_period
  if (!period || (period !== 0x7fffffff && seconds(world.now()) > message.date + period))
    throw badRequest("message can't be edited")
  return { ...message, media: message.media }
}

/** A keyboard that is not given again is taken away (Bot API, "Updating messages"). */
const markupOf = ({ reply_markup }: EditParams): Change => ({ replyMarkup: inlineMarkup(reply_markup) })

const sameContent = ({ text, entities, media, replyMarkup }: EmulatedMessage) =>
  JSON.stringify([text, entities, media ?? null, replyMarkup ?? null])

function edited(world: World, message: EmulatedMessage, change: Change): TelegramMessage {
  const changed = withChange(message, change)
  if (sameContent(changed) === sameContent(message))
    throw badRequest(
      'message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message',
    )
  const onlyMarkup = Object.keys(change).every((key) => key === 'replyMarkup')
  const editedAt = onlyMarkup ? {} : { editedAt: seconds(world.now()) }
  return messageObject(world, world.messages.change(message, { ...change, ...editedAt }))
}
