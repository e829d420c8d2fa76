import { ana } from '../../bot.ts'
import { chats, messages, type Row } from '../world.ts'

const ask = (more: object) => ({ chat_id: ana, question: 'Q?', options: ['A', 'B'], ...more })
const quiz = (more: object) => ask({ type: 'quiz', ...more })
const stop = (message_id: number) => ({ chat_id: ana, message_id })

/** What Telegram says where the emulator says something else. */
export const pollFaults: Row[] = [
  // td, MessageEntity.cpp, `get_formatted_text`
  ['no question', 'sendPoll', ask({ question: '' }), 400, 'Bad Request: text must be non-empty'],
  ['an empty option', 'sendPoll', ask({ options: [''] }), 400, 'Bad Request: text must be non-empty'],
  // Client.cpp, `get_input_poll_options`; td, PollOption.cpp
  [
    'no options',
    'sendPoll',
    ask({ options: undefined }),
    400,
    "Bad Request: can't parse options JSON object",
  ],
  [
    'an empty list of options',
    'sendPoll',
    ask({ options: [] }),
    400,
    'Bad Request: poll must have at least one answer option',
  ],
  [
    'an option without text',
    'sendPoll',
    ask({ options: [{}] }),
    400,
    'Bad Request: can\'t find field "text"',
  ],
  // td, PollManager.cpp, `check_quiz_correct_option_ids`
  ['no answer', 'sendPoll', quiz({}), 400, 'Bad Request: correct quiz option list must be non-empty'],
  [
    'an answer that is no option',
    'sendPoll',
    quiz({ correct_option_id: 2 }),
    400,
    'Bad Request: wrong quiz correct_option_id',
  ],
  [
    'answers in disorder',
    'sendPoll',
    quiz({ correct_option_ids: [1, 0] }),
    400,
    'Bad Request: correct quiz option list must be increasing',
  ],
  // Client.cpp, `process_send_poll_query`
  [
    'an answer that is a word',
    'sendPoll',
    quiz({ correct_option_ids: ['a'] }),
    400,
    'Bad Request: correct option identifier must be of type Number',
  ],
  // td, MessageContent.cpp, `can_send_message_content`
  [
    'a poll with names in a channel',
    'sendPoll',
    ask({ chat_id: chats.channel, is_anonymous: false }),
    400,
    "Bad Request: non-anonymous polls can't be sent to channel chats",
  ],
  // td, MessagesManager.cpp, `get_message_poll_id`
  ['a stop of a text', 'stopPoll', stop(messages.text), 400, 'Bad Request: message is not a poll'],
]
