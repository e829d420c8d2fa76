import { ana } from '../bot.ts'
import { messages, type Row } from './world.ts'

const here = (message_id: number, more: object = {}) => ({ chat_id: ana, message_id, ...more })
const fixed = "Bad Request: message can't be edited"
const place = { latitude: 1, longitude: 2 }

export const edits: Row[] = [
  // td, MessagesManager.cpp, `can_edit_message` and `edit_message_…`
  ['an edit of hers', 'editMessageText', here(messages.hers, { text: 'x' }), 400, fixed],
  ['an edit of a forward', 'editMessageText', here(messages.forwarded, { text: 'x' }), 400, fixed],
  ['an edit of a service message', 'editMessageText', here(messages.pinned, { text: 'x' }), 400, fixed],
  ['buttons under hers', 'editMessageReplyMarkup', here(messages.hers), 400, fixed],
  ['moving a place that does not live', 'editMessageLiveLocation', here(messages.place, place), 400, fixed],
  ['a stop of a place that does not live', 'stopMessageLiveLocation', here(messages.place), 400, fixed],
  [
    'a place without longitude',
    'editMessageLiveLocation',
    here(messages.live, { latitude: 1 }),
    400,
    'Bad Request: longitude is empty',
  ],
  [
    'text of a photo',
    'editMessageText',
    here(messages.photo, { text: 'x' }),
    400,
    'Bad Request: there is no text in the message to edit',
  ],
  [
    'a caption of text',
    'editMessageCaption',
    here(messages.text),
    400,
    'Bad Request: there is no caption in the message to edit',
  ],
  // Client.cpp, `fail_query_with_error`: MESSAGE_NOT_MODIFIED
  ...(
    [
      ['editMessageText', here(messages.text, { text: 'Text' })],
      ['editMessageCaption', here(messages.photo)],
      ['editMessageReplyMarkup', here(messages.text)],
    ] as const
  ).map(
    ([method, params]): Row => [
      `${method} that changes nothing`,
      method,
      params,
      400,
      'Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message',
    ],
  ),

  // Client.cpp, `get_inline_message_id`
  [
    'an edit of what is not said',
    'editMessageText',
    { text: 'x' },
    400,
    'Bad Request: message identifier is not specified',
  ],
  // td, MessagesManager.cpp, `can_edit_message` and `edit_message_live_location`
  ['text of a dice', 'editMessageText', here(messages.dice, { text: 'x' }), 400, fixed],
  ['a caption of a place', 'editMessageCaption', here(messages.place, { caption: 'x' }), 400, fixed],
  [
    'moving a text',
    'editMessageLiveLocation',
    here(messages.text, place),
    400,
    'Bad Request: there is no live location in the message to edit',
  ],
]
