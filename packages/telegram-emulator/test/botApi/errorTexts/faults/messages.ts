import { ana } from '../../bot.ts'
import { chats, messages, type Row } from '../world.ts'

const here = (message_id: number, more: object = {}) => ({ chat_id: ana, message_id, ...more })
const from = (message_id: number) => here(message_id, { from_chat_id: ana })
const ids = (message_ids: unknown) => ({ chat_id: ana, message_ids })
const bring = (...message_ids: number[]) => ({ ...ids(message_ids), from_chat_id: ana })
const react = (reaction: unknown) => here(messages.text, { reaction })
const wrongReaction = "Bad Request: can't parse ReactionType:"
const fixed = "Bad Request: message can't be edited"
const place = { latitude: 1, longitude: 2 }
const wrongOrder = 'Bad Request: message identifiers must be in a strictly increasing order'

/** What Telegram says where the emulator says something else. */
export const messageFaults: Row[] = [
  // td, MessagesManager.cpp, `forward_message`
  [
    'a forward of what is protected',
    'forwardMessage',
    from(messages.protected),
    400,
    "Bad Request: the message can't be forwarded",
  ],
  [
    'a forward of a service message',
    'forwardMessage',
    from(messages.pinned),
    400,
    "Bad Request: the message can't be forwarded",
  ],
  [
    'a copy of a service message',
    'copyMessage',
    from(messages.pinned),
    400,
    "Bad Request: the message can't be copied",
  ],
  // Client.cpp, `TdOnForwardMessagesCallback`; td, `get_forwarded_messages`
  [
    'forwards of what is protected',
    'forwardMessages',
    bring(messages.protected),
    400,
    "Bad Request: messages can't be forwarded",
  ],
  [
    'copies of nothing',
    'copyMessages',
    bring(998, 999),
    400,
    'Bad Request: there are no messages to forward',
  ],
  ['forwards in disorder', 'forwardMessages', bring(2, 1), 400, wrongOrder],
  ['forwards of the same', 'forwardMessages', bring(1, 1), 400, wrongOrder],
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
