import { ana } from '../bot.ts'
import { messages, type Row } from './world.ts'

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
]
