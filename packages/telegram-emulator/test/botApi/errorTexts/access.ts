import { ana } from '../bot.ts'
import { blocker, chats, gone, type Row, stranger, upgradedTo } from './world.ts'

const say = (chat_id: unknown) => ({ chat_id, text: 'x' })
const nowhere = 99
const unknown = { chat_id: ana, message_id: 999 }

export const access: Row[] = [
  // Client.cpp, `check_chat`
  ['no chat', 'sendMessage', { text: 'x' }, 400, 'Bad Request: chat_id is empty'],
  ['an empty chat', 'sendMessage', say(''), 400, 'Bad Request: chat_id is empty'],
  ['an unknown person', 'sendMessage', say(nowhere), 400, 'Bad Request: chat not found'],
  ['an unknown group', 'sendMessage', say(-99), 400, 'Bad Request: chat not found'],
  ['an unknown name', 'sendMessage', say('@nobody'), 400, 'Bad Request: chat not found'],
  ['the name of a person', 'sendMessage', say('@ana_g'), 400, 'Bad Request: chat not found'],
  ['a chat that is no number', 'sendMessage', say('Ana'), 400, 'Bad Request: chat not found'],
  [
    'an unknown chat to forward from',
    'forwardMessage',
    { chat_id: ana, from_chat_id: nowhere, message_id: 1 },
    400,
    'Bad Request: chat not found',
  ],

  // td, MessagesManager.cpp, `process_send_message_fail_error`; Client.cpp, `fail_query_with_error`
  [
    'a person who never started',
    'sendMessage',
    say(stranger),
    403,
    "Forbidden: bot can't initiate conversation with a user",
  ],
  [
    'a person who blocked the bot',
    'sendMessage',
    say(blocker),
    403,
    'Forbidden: bot was blocked by the user',
  ],

  // Client.cpp, `check_chat_access`
  ['an account that is gone', 'sendMessage', say(gone), 403, 'Forbidden: user is deactivated'],
  [
    'a group that kicked it',
    'sendMessage',
    say(chats.kicked),
    403,
    'Forbidden: bot was kicked from the group chat',
  ],
  [
    'a supergroup that kicked it',
    'sendMessage',
    say(chats.superKicked),
    403,
    'Forbidden: bot was kicked from the supergroup chat',
  ],
  [
    'a channel that kicked it',
    'sendMessage',
    say(chats.channelKicked),
    403,
    'Forbidden: bot was kicked from the channel chat',
  ],
  [
    'a group it left',
    'sendMessage',
    say(chats.left),
    403,
    'Forbidden: bot is not a member of the group chat',
  ],
  [
    'a supergroup it left',
    'sendMessage',
    say(chats.superLeft),
    403,
    'Forbidden: bot is not a member of the supergroup chat',
  ],
  [
    'a channel it left',
    'sendMessage',
    say(chats.channelLeft),
    403,
    'Forbidden: bot is not a member of the channel chat',
  ],
  [
    'looking at a supergroup it left',
    'getChatAdministrators',
    { chat_id: chats.superLeft },
    403,
    'Forbidden: bot is not a member of the supergroup chat',
  ],
  [
    'a group that was upgraded',
    'sendMessage',
    say(chats.upgraded),
    400,
    'Bad Request: group chat was upgraded to a supergroup chat',
    { migrate_to_chat_id: upgradedTo },
  ],

  // td, DialogManager.cpp, `can_send_message_to_dialog` and `can_pin_messages`
  [
    'a channel without rights',
    'sendMessage',
    say(chats.channelOnly),
    400,
    'Bad Request: need administrator rights in the channel chat',
  ],
  [
    'a pin without rights',
    'pinChatMessage',
    { chat_id: chats.group, message_id: 1 },
    400,
    'Bad Request: not enough rights to manage pinned messages in the chat',
  ],
  // Client.cpp, `process_get_chat_administrators_query`, `get_user_id` and `check_user`
  [
    'administrators of a person',
    'getChatAdministrators',
    { chat_id: ana },
    400,
    'Bad Request: there are no administrators in the private chat',
  ],
  ['no person', 'getChatMember', { chat_id: chats.led }, 400, 'Bad Request: invalid user_id specified'],
  [
    'a negative person',
    'banChatMember',
    { chat_id: chats.led, user_id: -7 },
    400,
    'Bad Request: invalid user_id specified',
  ],
  ['pictures of nobody', 'getUserProfilePhotos', { user_id: nowhere }, 400, 'Bad Request: user not found'],

  // Client.cpp, `check_message`
  [
    'an edit of nothing',
    'editMessageText',
    { ...unknown, text: 'x' },
    400,
    'Bad Request: message to edit not found',
  ],
  ['an edit of what is not said', 'editMessageText', say(ana), 400, 'Bad Request: message to edit not found'],
  ['a deletion of nothing', 'deleteMessage', unknown, 400, 'Bad Request: message to delete not found'],
  [
    'a forward of nothing',
    'forwardMessage',
    { ...unknown, from_chat_id: ana },
    400,
    'Bad Request: message to forward not found',
  ],
  [
    'a copy of nothing',
    'copyMessage',
    { ...unknown, from_chat_id: ana },
    400,
    'Bad Request: message to copy not found',
  ],
  ['a stop of nothing', 'stopPoll', unknown, 400, 'Bad Request: message with poll to stop not found'],
  ['a pin of nothing', 'pinChatMessage', unknown, 400, 'Bad Request: message to pin not found'],
  [
    'an unpin of nothing',
    'unpinChatMessage',
    { chat_id: chats.led, message_id: 999 },
    400,
    'Bad Request: message to unpin not found',
  ],
  [
    'nothing pinned',
    'unpinChatMessage',
    { chat_id: chats.led },
    400,
    'Bad Request: message to unpin not found',
  ],
  ['a reaction to nothing', 'setMessageReaction', unknown, 400, 'Bad Request: message to react not found'],
]
