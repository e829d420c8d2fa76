import type { FileKind } from '../../shapes/media.ts'
import { fileMedia } from '../input/fileMedia.ts'
import { captionText } from '../input/formattedText.ts'
import { type Call, method } from '../method.ts'
import { file, flag, integer, json, text } from '../params.ts'
import { type SendParams, sendOne, sendParams } from '../send.ts'

const caption = {
  caption: text,
  parse_mode: text,
  caption_entities: json,
}
const dimensions = { duration: integer, width: integer, height: integer }

interface FileParams extends SendParams {
  caption?: string
  parse_mode?: string
  caption_entities?: unknown
}

/** Sends a file of a kind, with what is said of it. */
async function sendFile(kind: FileKind, params: FileParams & { [K in FileKind]?: unknown }, call: Call) {
  const content = captionText(params)
  const media = await fileMedia(call, kind, params[kind], params)
  return sendOne(call.world, params, { ...content, media })
}

export const sendFileMethods = [
  method(
    'sendPhoto',
    { ...sendParams, ...caption, photo: file, has_spoiler: flag, show_caption_above_media: flag },
    (_, params, call) => sendFile('photo', params, call),
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
      has_spoiler: flag,
    },
    (_, params, call) => sendFile('video', params, call),
  ),
  method(
    'sendAnimation',
    { ...sendParams, ...caption, ...dimensions, animation: file, thumbnail: file, has_spoiler: flag },
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
