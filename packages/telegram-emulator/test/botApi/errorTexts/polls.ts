import { ana } from '../bot.ts'
import { chats, messages, type Row } from './world.ts'

const ask = (more: object) => ({ chat_id: ana, question: 'Q?', options: ['A', 'B'], ...more })
const quiz = (more: object) => ask({ type: 'quiz', ...more })
const stop = (message_id: number) => ({ chat_id: ana, message_id })

export const polls: Row[] = [
  // Client.cpp, `get_input_poll_options`
  [
    'options that are no JSON',
    'sendPoll',
    ask({ options: '[' }),
    400,
    "Bad Request: can't parse options JSON object",
  ],
  [
    'options that are no list',
    'sendPoll',
    ask({ options: 'true' }),
    400,
    'Bad Request: expected an Array of String as options',
  ],
  [
    'an option that is a number',
    'sendPoll',
    ask({ options: [5] }),
    400,
    'Bad Request: expected an option to be of type String',
  ],
  // td, MessageContent.cpp and PollOption.cpp
  [
    'a long question',
    'sendPoll',
    ask({ question: 'x'.repeat(301) }),
    400,
    'Bad Request: poll question length must not exceed 300',
  ],
  [
    '13 options',
    'sendPoll',
    ask({ options: Array(13).fill('A') }),
    400,
    "Bad Request: poll can't have more than 12 options",
  ],
  [
    'a long option',
    'sendPoll',
    ask({ options: ['x'.repeat(101)] }),
    400,
    'Bad Request: poll options length must not exceed 100',
  ],
  // Client.cpp, `process_send_poll_query`
  ['an unknown type', 'sendPoll', ask({ type: 'exam' }), 400, 'Bad Request: unsupported poll type specified'],
  [
    'answers that are no JSON',
    'sendPoll',
    quiz({ correct_option_ids: '[' }),
    400,
    "Bad Request: can't parse correct option identifiers JSON object",
  ],
  [
    'answers that are no list',
    'sendPoll',
    quiz({ correct_option_ids: {} }),
    400,
    'Bad Request: expected an Array of correct option identifiers',
  ],
  [
    'a long explanation',
    'sendPoll',
    quiz({ correct_option_id: 0, explanation: 'x'.repeat(201) }),
    400,
    'Bad Request: message is too long',
  ],
  // td, PollManager.cpp, `stop_poll`
  [
    'a stop of what is stopped',
    'stopPoll',
    stop(messages.closedPoll),
    400,
    'Bad Request: poll has already been closed',
  ],
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
  [
    'half an answer',
    'sendPoll',
    quiz({ correct_option_ids: [0.5] }),
    400,
    'Bad Request: invalid correct option identifier specified',
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
  // the same, `can_edit_message`
  [
    'a stop of what is forwarded',
    'stopPoll',
    async ({ ok }) =>
      stop(
        (await ok('forwardMessage', { chat_id: ana, from_chat_id: ana, message_id: messages.poll }))
          .message_id,
      ),
    400,
    "Bad Request: poll can't be stopped",
  ],
]
