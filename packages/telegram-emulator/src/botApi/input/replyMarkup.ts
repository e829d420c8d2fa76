import type { InlineButton, KeyboardButton, ReplyMarkup } from '../../shapes/messages.ts'
import { badRequest } from '../answer.ts'
import {
  FieldError,
  inObject,
  isObject,
  type JsonObject,
  optionalText,
  parsedJson,
  textField,
} from './json.ts'

const mostButtons = 100

/** Reads a keyboard. @throws BotApiError in the words of Client.cpp, `get_reply_markup` */
export function replyMarkup(given: unknown): ReplyMarkup | undefined {
  if (given === undefined || given === '') return undefined
  const markup = parsedJson(given, 'reply keyboard markup')
  if (!isObject(markup)) throw badRequest('object expected as reply markup')
  const inline = rowsOf(
    markup,
    'inline_keyboard',
    'Field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays',
  )
  if (inline) {
    const rows = inline.map((row) =>
      row.map((button) => inObject('inline keyboard button', () => inlineButton(button))),
    )
    if (rows.flat().length > mostButtons) throw badRequest('reply markup is too long')
    return rows.flat().length > 0 ? { inline_keyboard: rows.filter((row) => row.length > 0) } : undefined
  }
  const keyboard = rowsOf(markup, 'keyboard', 'Field "keyboard" must be an Array of Arrays')
  if (keyboard) {
    const rows = keyboard.map((row) =>
      row.map((button) => inObject('keyboard button', () => keyboardButton(button))),
    )
    return { ...markup, keyboard: rows }
  }
  return markup.remove_keyboard === true || markup.force_reply === true ? (markup as ReplyMarkup) : undefined
}

/** For methods that take inline keyboards only. */
export function inlineMarkup(given: unknown): ReplyMarkup | undefined {
  const markup = replyMarkup(given)
  if (markup && !markup.inline_keyboard) throw badRequest('inline keyboard expected')
  return markup
}

function rowsOf(markup: JsonObject, name: string, words: string): unknown[][] | null {
  const rows = markup[name]
  if (rows === undefined || rows === null) return null
  if (!Array.isArray(rows) || !rows.every(Array.isArray)) throw badRequest(words)
  return rows as unknown[][]
}

const otherKinds = [
  'callback_game',
  'pay',
  'switch_inline_query',
  'switch_inline_query_current_chat',
  'switch_inline_query_chosen_chat',
  'login_url',
  'web_app',
  'copy_text',
]

function inlineButton(button: unknown): InlineButton {
  if (!isObject(button)) throw new FieldError('InlineKeyboardButton must be an Object')
  const label = textField(button, 'text')
  const url = optionalText(button, 'url')
  const data = optionalText(button, 'callback_data')
  if (label.trim() === '') throw badRequest('inline keyboard button text is empty')
  if (url) checkUrl(url)
  else if (data) checkData(data)
  else if (!otherKinds.some((kind) => kind in button))
    throw new FieldError('text buttons are unallowed in the inline keyboard')
  return { ...known(button, inlineFields), text: label }
}

/** Fields of buttons that Telegram knows (Bot API 10.3); it gives back no other. */
const inlineFields = ['icon_custom_emoji_id', 'style', 'url', 'callback_data', ...otherKinds]
const keyboardFields = [
  'icon_custom_emoji_id',
  'style',
  'request_users',
  'request_chat',
  'request_managed_bot',
  'request_contact',
  'request_location',
  'request_poll',
  'web_app',
]

const known = (button: JsonObject, fields: string[]): JsonObject =>
  Object.fromEntries(fields.flatMap((field) => (field in button ? [[field, button[field]]] : [])))

function checkUrl(url: string): void {
  if (!/^(https?|tg|ton):\/\/\S+$|^(mailto|tel):\S+$|^[\w-]+(\.[\w-]+)+(\/\S*)?$/i.test(url))
    throw badRequest(`inline keyboard button URL '${url}' is invalid: Wrong HTTP URL`)
}

/** 1 to 64 bytes (Bot API, InlineKeyboardButton). */
function checkData(data: string): void {
  if (Buffer.byteLength(data) > 64) throw badRequest('BUTTON_DATA_INVALID')
}

function keyboardButton(button: unknown): KeyboardButton {
  if (typeof button === 'string') return { text: button }
  if (!isObject(button)) throw new FieldError('KeyboardButton must be a String or an Object')
  return { ...known(button, keyboardFields), text: textField(button, 'text') }
}
