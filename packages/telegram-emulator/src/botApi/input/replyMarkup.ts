import type { ReplyMarkup } from '../../shapes/messages.ts'
import { badRequest, FieldError } from '../answer.ts'
import { checkInlineButton, checkKey, inlineButton, key } from './buttons.ts'
import { inObject, isObject, type JsonObject, parsedJson } from './json.ts'

const mostButtons = 100

/** Reads a keyboard. @throws BotApiError in the words of Client.cpp, `get_reply_markup` */
export function replyMarkup(given: unknown, isPrivate = true): ReplyMarkup | undefined {
  if (given === undefined || given === '') return undefined
  const markup = parsedJson(given, 'reply keyboard markup')
  if (!isObject(markup)) throw badRequest('Object expected as reply markup')
  const keyboard = rowsOf(markup, 'keyboard', 'Field "keyboard" must be an Array of Arrays', (button) =>
    inObject('keyboard button', () => key(button)),
  )
  const inline = rowsOf(
    markup,
    'inline_keyboard',
    'Field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays',
    (button) => inObject('inline keyboard button', () => inlineButton(button)),
  )
  if (keyboard.length > 0) {
    for (const button of keyboard.flat()) checkKey(button, isPrivate)
    return { ...markup, keyboard }
  }
  if (inline.length > 0) return inlineKeyboard(inline)
  return markup.remove_keyboard === true || markup.force_reply === true ? (markup as ReplyMarkup) : undefined
}

/** Rows without buttons are not shown. */
function inlineKeyboard(rows: NonNullable<ReplyMarkup['inline_keyboard']>): ReplyMarkup | undefined {
  const buttons = rows.flat()
  for (const button of buttons) checkInlineButton(button)
  if (buttons.length > mostButtons) throw badRequest('reply markup is too long')
  return buttons.length > 0 ? { inline_keyboard: rows.filter((row) => row.length > 0) } : undefined
}

/** For methods that take inline keyboards only. */
export function inlineMarkup(given: unknown): ReplyMarkup | undefined {
  const markup = replyMarkup(given)
  if (markup && !markup.inline_keyboard) throw badRequest('Inline keyboard expected')
  return markup
}

function rowsOf<T>(markup: JsonObject, name: string, words: string, read: (button: unknown) => T): T[][] {
  const rows = markup[name] ?? []
  if (!Array.isArray(rows)) throw new FieldError(`Field "${name}" must be of type Array`)
  return rows.map((row: unknown) => {
    if (!Array.isArray(row)) throw new FieldError(words)
    return row.map(read)
  })
}
