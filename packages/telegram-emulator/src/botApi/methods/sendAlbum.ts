import { randomInt } from 'node:crypto'
import { messageObject } from '../../objects/objects.ts'
import type { FileKind } from '../../shapes/media.ts'
import { badRequest } from '../answer.ts'
import { fileMedia } from '../input/fileMedia.ts'
import { captionText } from '../input/formattedText.ts'
import { isObject, type JsonObject, parsedJson } from '../input/json.ts'
import { type Call, method } from '../method.ts'
import { json } from '../params.ts'
import { type Content, sendAll, sendParams } from '../send.ts'

const { reply_markup: _, ...albumParams } = sendParams

/** Kinds that may stand in one album (Bot API, sendMediaGroup). */
const together: Record<string, string> = {
  photo: 'visual',
  video: 'visual',
  document: 'document',
  audio: 'audio',
}

export const sendAlbumMethods = [
  method('sendMediaGroup', { ...albumParams, media: json }, async (world, params, call) => {
    const items = itemsOf(params.media)
    const albumId = String(randomInt(1e12, 9e12))
    const contents: Content[] = []
    for (const item of items) contents.push({ ...(await contentOf(call, item)), albumId })
    return sendAll(world, params, contents).map((message) => messageObject(world, message))
  }),
]

/** @throws BotApiError when it is no album */
function itemsOf(given: unknown): JsonObject[] {
  if (given === undefined || given === '') throw badRequest('parameter "media" is required')
  const items = parsedJson(given, 'media')
  if (!Array.isArray(items)) throw badRequest('expected an Array of InputMedia')
  if (items.length < 2 || items.length > 10) throw badRequest('media group must include 2-10 items')
  const objects = items.map((item: unknown) => {
    if (!isObject(item)) throw badRequest("can't parse InputMedia: expected an Object")
    if (!Object.hasOwn(together, String(item.type)))
      throw badRequest(`can't parse InputMedia: type "${String(item.type)}" can't be used in sendMediaGroup`)
    return item
  })
  const groups = new Set(objects.map(({ type }) => together[String(type)]))
  if (groups.size > 1) throw badRequest("can't use the media of the specified type in the album")
  return objects
}

async function contentOf(call: Call, item: JsonObject): Promise<Content> {
  const content = captionText(item)
  if (item.media === undefined) throw badRequest("can't parse InputMedia: media not found")
  return { ...content, media: await fileMedia(call, item.type as FileKind, item.media, item, '') }
}
