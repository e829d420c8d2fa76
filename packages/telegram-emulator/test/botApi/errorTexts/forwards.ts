import { ana } from '../bot.ts'
import { messages, type Row } from './world.ts'

const here = (message_id: number, more: object = {}) => ({ chat_id: ana, message_id, ...more })
const from = (message_id: number) => here(message_id, { from_chat_id: ana })
const ids = (message_ids: unknown) => ({ chat_id: ana, message_ids })
const bring = (...message_ids: number[]) => ({ ...ids(message_ids), from_chat_id: ana })
const wrongOrder = 'Bad Request: message identifiers must be in a strictly increasing order'

export const forwards: Row[] = [
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
]
