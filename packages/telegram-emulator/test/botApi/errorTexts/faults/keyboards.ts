import { ana } from '../../bot.ts'
import { chats, type Row } from '../world.ts'

const under = (reply_markup: unknown) => ({ chat_id: ana, text: 'x', reply_markup })
const inline = (...buttons: unknown[]) => under({ inline_keyboard: [buttons] })
const keys = (...buttons: unknown[]) => under({ keyboard: [buttons] })
const wrongInline = "Bad Request: can't parse inline keyboard button:"
const wrongKey = "Bad Request: can't parse keyboard button:"

/** What Telegram says where the emulator says something else. */
export const keyboardFaults: Row[] = [
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
