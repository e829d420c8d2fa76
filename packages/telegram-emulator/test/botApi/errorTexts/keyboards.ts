import { ana } from '../bot.ts'
import { messages, type Row } from './world.ts'

const under = (reply_markup: unknown) => ({ chat_id: ana, text: 'x', reply_markup })
const inline = (...buttons: unknown[]) => under({ inline_keyboard: [buttons] })
const keys = (...buttons: unknown[]) => under({ keyboard: [buttons] })
const edited = (reply_markup: unknown) => ({ chat_id: ana, message_id: messages.text, reply_markup })
const wrongInline = "Bad Request: can't parse inline keyboard button:"
const wrongKey = "Bad Request: can't parse keyboard button:"
const button = (number: number) => ({ text: String(number), callback_data: String(number) })

export const keyboards: Row[] = [
  // Client.cpp, `get_reply_markup`
  [
    'markup that is no JSON',
    'sendMessage',
    under('{'),
    400,
    "Bad Request: can't parse reply keyboard markup JSON object",
  ],
  ['markup that is a list', 'sendMessage', under('[]'), 400, 'Bad Request: object expected as reply markup'],
  [
    'a button that is none',
    'sendMessage',
    inline(5),
    400,
    `${wrongInline} InlineKeyboardButton must be an Object`,
  ],
  [
    'a key that is none',
    'sendMessage',
    keys(5),
    400,
    `${wrongKey} KeyboardButton must be a String or an Object`,
  ],
  // Client.cpp, `fail_query_with_error`: REPLY_MARKUP_TOO_LONG
  [
    '101 buttons',
    'sendMessage',
    inline(...Array.from({ length: 101 }, (_, number) => button(number))),
    400,
    'Bad Request: reply markup is too long',
  ],
  // td, ReplyMarkup.cpp and LinkManager.cpp, `check_link`
  [
    'an address that is none',
    'sendMessage',
    inline({ text: 'A', url: 'no address' }),
    400,
    "Bad Request: inline keyboard button URL 'no address' is invalid: Wrong HTTP URL",
  ],
  [
    'keys to edit',
    'editMessageReplyMarkup',
    edited({ keyboard: [['A']] }),
    400,
    'Bad Request: inline keyboard expected',
  ],
  [
    'no keys to edit',
    'editMessageText',
    { ...edited({ remove_keyboard: true }), text: 'x' },
    400,
    'Bad Request: inline keyboard expected',
  ],
  [
    'keys under a poll that is stopped',
    'stopPoll',
    { ...edited({ force_reply: true }), message_id: messages.poll },
    400,
    'Bad Request: inline keyboard expected',
  ],
  // Said by the server behind
  [
    'data of 65 bytes',
    'sendMessage',
    inline({ text: 'A', callback_data: `${'ñ'.repeat(32)}x` }),
    400,
    'Bad Request: BUTTON_DATA_INVALID',
  ],
]
