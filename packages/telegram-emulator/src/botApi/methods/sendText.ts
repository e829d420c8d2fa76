import { writable } from '../access.ts'
import { badRequest } from '../answer.ts'
import { messageText } from '../input/formattedText.ts'
import { linkPreview, lookOf } from '../input/linkPreview.ts'
import { method } from '../method.ts'
import { chatId, flag, integer, json, text } from '../params.ts'
import { sendOne, sendParams } from '../send.ts'

/** Client.cpp, `get_chat_action`. */
const actions = new Set(
  `typing cancel upload_photo record_video upload_video record_voice upload_voice upload_document choose_sticker find_location
  record_video_note upload_video_note`.split(/\s+/),
)

/** Names that are no longer documented. */
const oldActions: Record<string, string> = {
  record_audio: 'record_voice',
  upload_audio: 'upload_voice',
  pick_up_location: 'find_location',
}

export const sendTextMethods = [
  method(
    'sendMessage',
    {
      ...sendParams,
      text,
      parse_mode: text,
      entities: json,
      link_preview_options: json,
      disable_web_page_preview: flag,
    },
    (world, params) => {
      const preview = linkPreview(params)
      const content = messageText(params)
      return sendOne(world, params, { ...content, ...lookOf(preview, content) })
    },
  ),
  method(
    'sendChatAction',
    { chat_id: chatId, action: text, message_thread_id: integer },
    (world, { chat_id, action: given = '' }) => {
      const name = given.toLowerCase()
      const action = oldActions[name] ?? name
      if (!actions.has(action)) throw badRequest('Wrong parameter action in request')
      const { id } = writable(world, chat_id)
      // What is shown goes by itself, so that there is nothing to take away.
      if (action !== 'cancel') world.emit({ type: 'action', chatId: id, action })
      return true
    },
  ),
]
