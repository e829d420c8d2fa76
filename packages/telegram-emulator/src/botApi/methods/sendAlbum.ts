import { messageObject } from '../../objects/objects.ts'
import { newId } from '../../world/newId.ts'
import { badRequest } from '../answer.ts'
import { type InputMedia, inputMedia, mediaContent } from '../input/inputMedia.ts'
import { parsedJson } from '../input/json.ts'
import { type Call, method } from '../method.ts'
import { requiredText } from '../params.ts'
import { type Content, sendAll, sendParams } from '../send.ts'

const { reply_markup: _, ...albumParams } = sendParams

export const sendAlbumMethods = [
  method('sendMediaGroup', { ...albumParams, media: requiredText('media') }, async (world, params, call) => {
    const items = itemsOf(call, params.media)
    checkAlbum(items)
    // One alone is no album, but is sent as well.
    const album = items.length > 1 ? { albumId: newId() } : {}
    const contents: Content[] = []
    for (const item of items) contents.push({ ...(await mediaContent(call, item)), ...album })
    return sendAll(world, params, contents).map((message) => messageObject(world, message))
  }),
]

/** @throws BotApiError when there is something else in it than media */
function itemsOf(call: Call, given: unknown): InputMedia[] {
  const items = parsedJson(given, 'media')
  if (!Array.isArray(items)) throw badRequest('Expected an Array of InputMedia')
  return items.map((item: unknown) => inputMedia(call, item, true))
}

/** @throws BotApiError when it is no album (td, MessageContent.cpp, `check_message_group_message_contents`) */
function checkAlbum(items: InputMedia[]): void {
  if (items.length > 10) throw badRequest('Too many messages to send as an album')
  if (items.length === 0) throw badRequest('There are no messages to send')
  const above = items.map(({ look }) => look?.show_caption_above_media ?? false)
  if (new Set(above).size > 1)
    throw badRequest('Parameter show_caption_above_media must be the same for all messages')
  const kinds = new Set(items.map(({ kind }) => kind))
  const alone = [...kinds].find((kind) => kind === 'document' || kind === 'audio')
  if (kinds.size > 1 && alone) throw badRequest(`${alone} can't be mixed with other media types`)
}
