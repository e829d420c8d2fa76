import { writable } from '../access.ts'
import { badRequest } from '../answer.ts'
import { messageText } from '../input/formattedText.ts'
import { method } from '../method.ts'
import { chatId, integer, json, requiredText, text } from '../params.ts'
import { sendOne, sendParams } from '../send.ts'

const actions = new Set(
  `typing upload_photo record_video upload_video record_voice upload_voice upload_document choose_sticker find_location record_video_note
  upload_video_note record_audio upload_audio`.split(/\s+/),
)

export const sendTextMethods = [
  method(
    'sendMessage',
    {
      ...sendParams,
      text,
      parse_mode: text,
      entities: json,
      link_preview_options: json,
      disable_web_page_preview: text,
    },
    (world, params) => sendOne(world, params, messageText(params)),
  ),
  method(
    'sendChatAction',
    { chat_id: chatId, action: requiredText('action'), message_thread_id: integer },
    (world, { chat_id, action }) => {
      if (!actions.has(action)) throw badRequest('wrong parameter action in request')
      world.emit({ type: 'action', chatId: writable(world, chat_id).id, action })
      return true
    },
  ),
]
