import type { InlineButton, KeyboardButton } from '../../shapes/messages.ts'
import { badRequest, FieldError } from '../answer.ts'
import { isObject, type JsonObject, objectField, optionalFlag, optionalText, textField } from './json.ts'

/** Buttons are read first (Client.cpp, `get_inline_keyboard_button`), and checked once all are read (td, ReplyMarkup.cpp). */

const otherKinds = [
  'callback_game',
  'pay',
  'switch_inline_query',
  'switch_inline_query_chosen_chat',
  'switch_inline_query_current_chat',
  'login_url',
  'web_app',
  'copy_text',
]
const objects = ['switch_inline_query_chosen_chat', 'login_url', 'web_app', 'copy_text']

/** Fields of buttons that Telegram knows (Bot API 10.3); it gives back no other. */
const inlineFields = ['icon_custom_emoji_id', 'style', 'url', 'callback_data', ...otherKinds]

/** @throws FieldError when it is no button */
export function inlineButton(button: unknown): InlineButton {
  if (!isObject(button)) throw new FieldError('InlineKeyboardButton must be an Object')
  const text = textField(button, 'text')
  if (!optionalText(button, 'url') && !optionalText(button, 'callback_data')) checkKind(button)
  return { ...known(button, inlineFields), text }
}

function checkKind(button: JsonObject): void {
  const kind = otherKinds.find((name) => name in button)
  if (!kind) throw new FieldError('Text buttons are unallowed in the inline keyboard')
  if (objects.includes(kind)) objectField(button, kind)
  else if (kind.startsWith('switch')) textField(button, kind)
}

/** @throws BotApiError when it cannot be shown */
export function checkInlineButton({ text, url, callback_data: data }: InlineButton): void {
  if (text === '') throw badRequest('Inline keyboard button text must be non-empty')
  if (url) checkUrl(url)
  // 1 to 64 bytes (Bot API, InlineKeyboardButton).
  else if (data && Buffer.byteLength(data) > 64) throw badRequest('BUTTON_DATA_INVALID')
}

function checkUrl(url: string): void {
  if (!/^(https?|tg|ton):\/\/\S+$|^(mailto|tel):\S+$|^[\w-]+(\.[\w-]+)+(\/\S*)?$/i.test(url))
    throw badRequest(`Inline keyboard button URL '${url}' is invalid: Wrong HTTP URL`)
}

/** What a key may ask for, and how that is called where it may not. */
const requests: [field: string, what: string][] = [
  ['request_contact', 'Phone number can be requested'],
  ['request_location', 'Location can be requested'],
  ['request_poll', 'Poll can be requested'],
  ['web_app', 'Web App buttons can be used'],
  ['request_users', 'Users can be requested'],
  ['request_chat', 'Chats can be requested'],
  ['request_managed_bot', 'Managed bots can be requested'],
]
const keyFields = ['icon_custom_emoji_id', 'style', ...requests.map(([field]) => field)]

/** @throws FieldError when it is no key of a keyboard */
export function key(button: unknown): KeyboardButton {
  if (typeof button === 'string') return { text: button }
  if (!isObject(button)) throw new FieldError('KeyboardButton must be a String or an Object')
  const text = textField(button, 'text')
  for (const field of ['request_contact', 'request_location']) optionalFlag(button, field)
  return { ...known(button, keyFields), text }
}

/** @throws BotApiError when it cannot be shown there */
export function checkKey(button: KeyboardButton, isPrivate: boolean): void {
  if (button.text === '') throw badRequest('Keyboard button text must be non-empty')
  const request = requests.find(([field]) => (button as JsonObject)[field])
  if (request && !isPrivate) throw badRequest(`${request[1]} in private chats only`)
}

const known = (button: JsonObject, fields: string[]): JsonObject =>
  Object.fromEntries(fields.flatMap((field) => (field in button ? [[field, button[field]]] : [])))
