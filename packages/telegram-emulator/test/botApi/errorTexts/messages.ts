import { ana } from '../bot.ts'
import { chats, messages, type Row } from './world.ts'

const here = (message_id: number, more: object = {}) => ({ chat_id: ana, message_id, ...more })
const ids = (message_ids: unknown) => ({ chat_id: ana, message_ids })
const bring = (...message_ids: number[]) => ({ ...ids(message_ids), from_chat_id: ana })
const react = (reaction: unknown) => here(messages.text, { reaction })
const wrongReaction = "Bad Request: can't parse ReactionType:"
const fixed = "Bad Request: message can't be edited"
const place = { latitude: 1, longitude: 2 }

export const messageRows: Row[] = [
  // Client.cpp, `get_message_ids`
  ['no ids', 'deleteMessages', { chat_id: ana }, 400, 'Bad Request: message identifiers are not specified'],
  ['no id in the list', 'deleteMessages', ids([]), 400, 'Bad Request: message identifiers are not specified'],
  [
    'ids that are no JSON',
    'forwardMessages',
    { ...bring(), message_ids: '[' },
    400,
    "Bad Request: can't parse message_ids JSON object",
  ],
  [
    'ids that are no list',
    'copyMessages',
    { ...bring(), message_ids: 5 },
    400,
    'Bad Request: expected an Array of message identifiers',
  ],
  [
    '101 ids',
    'deleteMessages',
    ids(Array(101).fill(1)),
    400,
    'Bad Request: too many message identifiers specified',
  ],
  [
    'an id that is true',
    'deleteMessages',
    ids([true]),
    400,
    'Bad Request: message identifier must be a Number',
  ],
  [
    'an id that is a word',
    'deleteMessages',
    ids(['a']),
    400,
    "Bad Request: can't parse message identifier as a Number",
  ],
  ['an id that is 0', 'deleteMessages', ids([0]), 400, 'Bad Request: invalid message identifier specified'],

  // Client.cpp, `get_required_string_arg`; td, MessagesManager.cpp, `get_forwarded_messages`
  [
    'no chat to forward from',
    'forwardMessage',
    here(1),
    400,
    'Bad Request: parameter "from_chat_id" is required',
  ],
  [
    'no chat to copy from',
    'copyMessages',
    ids([1]),
    400,
    'Bad Request: parameter "from_chat_id" is required',
  ],
  [
    'forwards of nothing',
    'forwardMessages',
    bring(998, 999),
    400,
    'Bad Request: there are no messages to forward',
  ],

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

  // Client.cpp, `process_delete_message_query`; td, MessagesManager.cpp, `delete_messages`
  [
    'a deletion of what is not said',
    'deleteMessage',
    { chat_id: ana },
    400,
    'Bad Request: message identifier is not specified',
  ],
  [
    'a deletion of hers in a group',
    'deleteMessage',
    { chat_id: chats.group, message_id: 1 },
    400,
    "Bad Request: message can't be deleted for everyone",
  ],
  [
    'deletions of hers in a group',
    'deleteMessages',
    { chat_id: chats.group, message_ids: [1] },
    400,
    "Bad Request: message can't be deleted for everyone",
  ],

  // Client.cpp, `get_reaction_types`
  [
    'reactions that are no JSON',
    'setMessageReaction',
    react('['),
    400,
    "Bad Request: can't parse reaction types JSON object",
  ],
  [
    'reactions that are no list',
    'setMessageReaction',
    react({}),
    400,
    'Bad Request: expected an Array of ReactionType',
  ],
  ['a reaction that is none', 'setMessageReaction', react([5]), 400, `${wrongReaction} expected an Object`],
  [
    'a reaction of no type',
    'setMessageReaction',
    react([{ type: 'x' }]),
    400,
    `${wrongReaction} invalid reaction type specified`,
  ],
  // Said by the server behind
  [
    'a reaction that is a letter',
    'setMessageReaction',
    react([{ type: 'emoji', emoji: 'x' }]),
    400,
    'Bad Request: REACTION_INVALID',
  ],
  [
    'two reactions',
    'setMessageReaction',
    react([
      { type: 'emoji', emoji: '👍' },
      { type: 'emoji', emoji: '❤' },
    ]),
    400,
    'Bad Request: REACTIONS_TOO_MANY',
  ],

  // Client.cpp, `process_send_chat_action_query`
  [
    'an action nobody does',
    'sendChatAction',
    { chat_id: ana, action: 'sing' },
    400,
    'Bad Request: wrong parameter action in request',
  ],
]
