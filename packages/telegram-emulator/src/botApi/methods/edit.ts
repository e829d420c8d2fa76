import type { TelegramMessage } from '@gramio/types'
import { messageObject } from '../../objects/objects.ts'
import type { EmulatedMessage } from '../../shapes/messages.ts'
import { type Change, withChange } from '../../world/messageStore.ts'
import { seconds, type World } from '../../world/world.ts'
import { badRequest } from '../answer.ts'
import { editable, hasCaption, isReplaceable, mine } from '../editable.ts'
import { withCaption } from '../input/fileMedia.ts'
import { captionText, messageText } from '../input/formattedText.ts'
import { inputMedia, mediaContent } from '../input/inputMedia.ts'
import { parsedJson } from '../input/json.ts'
import { linkPreview, lookOf } from '../input/linkPreview.ts'
import { inlineMarkup } from '../input/replyMarkup.ts'
import { method } from '../method.ts'
import { flag, integer, json, number, optionalChatId, requiredText, text } from '../params.ts'
import { locationOf } from './sendOther.ts'

const editParams = { chat_id: optionalChatId, message_id: integer, reply_markup: json }
const captionParams = {
  caption: text,
  parse_mode: text,
  caption_entities: json,
  show_caption_above_media: flag,
}

/** What is given is read first, as the real server does; only then the message is looked for. */
export const editMethods = [
  method(
    'editMessageText',
    {
      ...editParams,
      text,
      parse_mode: text,
      entities: json,
      link_preview_options: json,
      disable_web_page_preview: flag,
    },
    (world, params) => {
      const content = messageText(params)
      const change = {
        look: undefined,
        ...content,
        ...lookOf(linkPreview(params), content),
        ...markupOf(params),
      }
      const message = editable(world, params)
      if (message.media) throw badRequest('there is no text in the message to edit')
      return edited(world, message, change)
    },
  ),
  method('editMessageCaption', { ...editParams, ...captionParams }, (world, params) => {
    const change = { ...captionText(params), ...markupOf(params) }
    const message = editable(world, params)
    if (!hasCaption(message)) throw badRequest('there is no caption in the message to edit')
    const isAbove = params.show_caption_above_media && change.text !== ''
    return edited(world, message, { ...change, look: withCaption(message.look, isAbove) })
  }),
  method('editMessageMedia', { ...editParams, media: requiredText('media') }, async (world, params, call) => {
    const change = markupOf(params)
    const item = inputMedia(call, parsedJson(params.media, 'input media'), false)
    const message = mine(world, params)
    if (!isReplaceable(message)) throw badRequest("message media can't be edited")
    const content = await mediaContent(call, item)
    return edited(world, message, { look: undefined, ...content, ...change })
  }),
  method('editMessageReplyMarkup', editParams, (world, params) => {
    const change = markupOf(params)
    return edited(world, mine(world, params), change)
  }),
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
      const place = locationOf(params, true)
      const markup = markupOf(params)
      const message = live(world, params)
      const location = { ...message.media.location, ...place }
      return edited(world, message, { media: { kind: 'location', location }, ...markup })
    },
  ),
  method('stopMessageLiveLocation', editParams, (world, params) => {
    const change = markupOf(params)
    const message = live(world, params)
    const { live_period: _, ...location } = message.media.location
    return edited(world, message, { media: { kind: 'location', location }, ...change })
  }),
]

interface EditParams {
  chat_id?: number | string
  message_id?: number
  reply_markup?: unknown
}

/** A live location may be changed until its period is over. */
function live(world: World, params: EditParams) {
  const message = editable(world, params)
  if (message.media?.kind !== 'location') throw badRequest('there is no live location in the message to edit')
  return { ...message, media: message.media }
}

/** A keyboard that is not given again is taken away (Bot API, "Updating messages"). */
const markupOf = ({ reply_markup }: EditParams): Change => ({ replyMarkup: inlineMarkup(reply_markup) })

const sameContent = ({ text, entities, media, look, replyMarkup }: EmulatedMessage) =>
  JSON.stringify([text, entities, media ?? null, look ?? null, replyMarkup ?? null])

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
