import { ana } from '../bot.ts'
import { chats, messages, type Row } from './world.ts'

const here = (message_id: number, more: object = {}) => ({ chat_id: ana, message_id, ...more })
const ids = (message_ids: unknown) => ({ chat_id: ana, message_ids })
const bring = (...message_ids: number[]) => ({ ...ids(message_ids), from_chat_id: ana })
const react = (reaction: unknown) => here(messages.text, { reaction })
const wrongReaction = "Bad Request: can't parse ReactionType:"

export const messageRows: Row[] = [
  // Client.cpp, `get_reply_parameters`
  [
    'an answer to what is not said',
    'sendMessage',
    { chat_id: ana, text: 'x', reply_parameters: { chat_id: ana } },
    400,
    'Bad Request: can\'t find field "message_id"',
  ],
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

  // Client.cpp, `process_delete_message_query`
  [
    'a deletion of message 0',
    'deleteMessage',
    here(0),
    400,
    'Bad Request: message identifier is not specified',
  ],
  [
    'a deletion nowhere',
    'deleteMessage',
    { message_id: 1 },
    400,
    'Bad Request: chat identifier is not specified',
  ],
  // td, MessagesManager.cpp, `delete_messages`, `can_delete_channel_message` and `can_revoke_message`
  [
    'a deletion of hers in a supergroup',
    'deleteMessage',
    { chat_id: chats.super, message_id: 1 },
    400,
    "Bad Request: message can't be deleted",
  ],
  [
    'a deletion of a dice',
    'deleteMessage',
    here(messages.dice),
    400,
    "Bad Request: message can't be deleted for everyone",
  ],
  // Client.cpp, `get_reaction_type`
  [
    'a reaction without emoji',
    'setMessageReaction',
    react([{ type: 'emoji' }]),
    400,
    `${wrongReaction} Can't find field "emoji"`,
  ],
  // Client.cpp, `get_chat_action`
  ['no action', 'sendChatAction', { chat_id: ana }, 400, 'Bad Request: wrong parameter action in request'],
]
