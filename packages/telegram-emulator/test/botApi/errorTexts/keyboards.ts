import { ana } from '../bot.ts'
import { chats, messages, type Row } from './world.ts'

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
  // Client.cpp, `get_reply_markup`: of a sentence the first letter is made small
  [
    'rows that are no list',
    'sendMessage',
    under({ inline_keyboard: 5 }),
    400,
    'Bad Request: field "inline_keyboard" must be of type Array',
  ],
  [
    'a row that is no list',
    'sendMessage',
    under({ inline_keyboard: [5] }),
    400,
    'Bad Request: field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays',
  ],
  [
    'rows of keys that are no list',
    'sendMessage',
    under({ keyboard: {} }),
    400,
    'Bad Request: field "keyboard" must be of type Array',
  ],
  [
    'a row of keys that is no list',
    'sendMessage',
    under({ keyboard: ['A'] }),
    400,
    'Bad Request: field "keyboard" must be an Array of Arrays',
  ],
  // Client.cpp, `get_inline_keyboard_button`; tdutils, JsonBuilder.cpp: an inner sentence keeps its capital
  [
    'a button without text',
    'sendMessage',
    inline({ callback_data: 'a' }),
    400,
    `${wrongInline} Can't find field "text"`,
  ],
  [
    'a button with text that is none',
    'sendMessage',
    inline({ text: [] }),
    400,
    `${wrongInline} Field "text" must be of type String`,
  ],
  [
    'a button that does nothing',
    'sendMessage',
    inline({ text: 'A' }),
    400,
    `${wrongInline} Text buttons are unallowed in the inline keyboard`,
  ],
  [
    'an app that is none',
    'sendMessage',
    inline({ text: 'A', web_app: 5 }),
    400,
    `${wrongInline} Field "web_app" must be of type Object`,
  ],
  [
    'a key without text',
    'sendMessage',
    keys({ request_contact: true }),
    400,
    `${wrongKey} Can't find field "text"`,
  ],
  // td, ReplyMarkup.cpp
  [
    'a button with empty text',
    'sendMessage',
    inline({ text: '', callback_data: 'a' }),
    400,
    'Bad Request: inline keyboard button text must be non-empty',
  ],
  [
    'a key with empty text',
    'sendMessage',
    keys(''),
    400,
    'Bad Request: keyboard button text must be non-empty',
  ],
  [
    'a contact asked for in a group',
    'sendMessage',
    { ...keys({ text: 'A', request_contact: true }), chat_id: chats.group },
    400,
    'Bad Request: phone number can be requested in private chats only',
  ],
]
