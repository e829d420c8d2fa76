import type { FileKind } from '../../shapes/media.ts'
import type { Look } from '../../shapes/messages.ts'
import type { ParsedText } from '../../text/parseText.ts'
import { FieldError } from '../answer.ts'
import type { Call } from '../method.ts'
import type { Content } from '../send.ts'
import { fileMedia, type GivenDetails, lookOfFile } from './fileMedia.ts'
import { captionIn, checkCaption } from './formattedText.ts'
import { type GivenFile, givenFile, givenThumbnail } from './inputFile.ts'
import {
  inObject,
  isObject,
  type JsonObject,
  optionalFlag,
  optionalInteger,
  optionalText,
  textField,
} from './json.ts'

/** An item of an album, or what takes the place of other media; read, but not yet kept. */
export interface InputMedia {
  kind: FileKind
  file: GivenFile
  caption: ParsedText
  details: GivenDetails
  look?: Look
}

/** @throws BotApiError in the words of Client.cpp, `get_input_media` */
export const inputMedia = (call: Call, value: unknown, forAlbum: boolean): InputMedia =>
  inObject('InputMedia', () => {
    if (!isObject(value)) throw new FieldError('expected an Object')
    const caption = captionIn(value)
    const shown = {
      show_caption_above_media: optionalFlag(value, 'show_caption_above_media'),
      has_spoiler: optionalFlag(value, 'has_spoiler'),
    }
    const type = textField(value, 'type')
    const file = givenFile(call, optionalText(value, 'media'), '')
    if (!file) throw new FieldError('media not found')
    const kind = kindOf(type, forAlbum)
    const thumbnail = givenThumbnail(call, optionalText(value, 'thumbnail'))
    const details = { ...detailsOf(value), thumbnail }
    return { kind, file, caption, details, ...lookOfFile(kind, caption.text, shown) }
  })

const kinds: FileKind[] = ['photo', 'video', 'animation', 'audio', 'document']

function kindOf(type: string, forAlbum: boolean): FileKind {
  const kind = kinds.find((each) => each === type)
  if (!kind) throw new FieldError(`type "${type}" is unsupported`)
  if (forAlbum && kind === 'animation') throw new FieldError(`type "${type}" can't be used in sendMediaGroup`)
  return kind
}

const detailsOf = (item: JsonObject): GivenDetails => ({
  duration: lengthIn(item, 'duration'),
  width: lengthIn(item, 'width'),
  height: lengthIn(item, 'height'),
  performer: optionalText(item, 'performer'),
  title: optionalText(item, 'title'),
})

/** What is less than nothing is nothing. */
function lengthIn(item: JsonObject, name: string): number | undefined {
  const value = optionalInteger(item, name)
  return value === undefined ? undefined : Math.max(value, 0)
}

/** Keeps the file. @throws BotApiError when there is none, or the caption is too long */
export async function mediaContent({ world }: Call, item: InputMedia): Promise<Content> {
  checkCaption(item.caption)
  const media = await fileMedia(world, item.kind, item.file, item.details)
  return { ...item.caption, media, ...(item.look ? { look: item.look } : {}) }
}
