import type { FileKind } from '../../shapes/media.ts'
import type { FileDetails } from '../../world/media.ts'
import { badRequest } from '../answer.ts'
import { fileMedia, lookOfFile } from '../input/fileMedia.ts'
import { captionText } from '../input/formattedText.ts'
import { givenFile, givenThumbnail } from '../input/inputFile.ts'
import { type Call, method } from '../method.ts'
import { file, flag, integer, json, text } from '../params.ts'
import { type SendParams, sendOne, sendParams } from '../send.ts'

const caption = {
  caption: text,
  parse_mode: text,
  caption_entities: json,
}
const dimensions = { duration: integer, width: integer, height: integer }
const shown = { has_spoiler: flag, show_caption_above_media: flag }

interface FileParams extends SendParams {
  caption?: string
  parse_mode?: string
  caption_entities?: unknown
  thumbnail?: unknown
  has_spoiler?: boolean
  show_caption_above_media?: boolean
}

/** Sends a file of a kind, with what is said of it. */
async function sendFile(
  kind: FileKind,
  params: FileParams & Omit<FileDetails, 'thumbnail'> & { [K in FileKind]?: unknown },
  call: Call,
) {
  const file = givenFile(call, params[kind], kind)
  if (!file) throw badRequest(`There is no ${kind.replace('_', ' ')} in the request`)
  const content = captionText(params)
  const media = await fileMedia(call.world, kind, file, {
    ...params,
    thumbnail: givenThumbnail(call, params.thumbnail),
  })
  return sendOne(call.world, params, { ...content, media, ...lookOfFile(kind, content.text, params) })
}

export const sendFileMethods = [
  method('sendPhoto', { ...sendParams, ...caption, ...shown, photo: file }, (_, params, call) =>
    sendFile('photo', params, call),
  ),
  method(
    'sendDocument',
    { ...sendParams, ...caption, document: file, thumbnail: file, disable_content_type_detection: flag },
    (_, params, call) => sendFile('document', params, call),
  ),
  method(
    'sendVideo',
    {
      ...sendParams,
      ...caption,
      ...dimensions,
      video: file,
      thumbnail: file,
      supports_streaming: flag,
      ...shown,
    },
    (_, params, call) => sendFile('video', params, call),
  ),
  method(
    'sendAnimation',
    { ...sendParams, ...caption, ...dimensions, ...shown, animation: file, thumbnail: file },
    (_, params, call) => sendFile('animation', params, call),
  ),
  method(
    'sendAudio',
    {
      ...sendParams,
      ...caption,
      audio: file,
      thumbnail: file,
      duration: integer,
      performer: text,
      title: text,
    },
    (_, params, call) => sendFile('audio', params, call),
  ),
  method('sendVoice', { ...sendParams, ...caption, voice: file, duration: integer }, (_, params, call) =>
    sendFile('voice', params, call),
  ),
  method(
    'sendVideoNote',
    { ...sendParams, video_note: file, thumbnail: file, duration: integer, length: integer },
    (_, params, call) => sendFile('video_note', params, call),
  ),
  method('sendSticker', { ...sendParams, sticker: file, emoji: text }, (_, params, call) =>
    sendFile('sticker', params, call),
  ),
]
