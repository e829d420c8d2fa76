import type { EmulatedMessage, KeyboardButton } from '../../src/shapes/messages.ts'

export interface ReplyKeyboard {
  /** Of the message that brought it. */
  messageId: number
  rows: KeyboardButton[][]
  /** It goes away when a key was pressed. */
  oneTime: boolean
  placeholder: string | null
}

/** The keyboard that stands in place of letters: the last one the bot sent, unless it has taken it away. */
export function replyKeyboardOf(messages: EmulatedMessage[]): ReplyKeyboard | null {
  for (const { from, messageId, replyMarkup } of messages.toReversed()) {
    if (from !== 'bot' || !replyMarkup) continue
    if (replyMarkup.remove_keyboard) return null
    if (!replyMarkup.keyboard) continue
    return {
      messageId,
      // Telegram takes a plain text for a button, too.
      rows: replyMarkup.keyboard.map((row) =>
        row.map((key) => (typeof key === 'string' ? { text: key } : key)),
      ),
      oneTime: replyMarkup.one_time_keyboard ?? false,
      placeholder: replyMarkup.input_field_placeholder ?? null,
    }
  }
  return null
}

/** The message that the bot wants an answer to, while nobody has written since. */
export function forcedReplyOf(messages: EmulatedMessage[]): EmulatedMessage | null {
  const last = messages.findLast(({ service }) => !service)
  return last?.from === 'bot' && last.replyMarkup?.force_reply ? last : null
}

const notModelled: Record<string, string> = {
  request_poll: 'Making a poll is not modelled here',
  request_users: 'Choosing people is not modelled here',
  request_chat: 'Choosing a chat is not modelled here',
  web_app: 'Mini apps are not modelled here',
}

/** Why a key of the keyboard does nothing here, or null. */
export const whyKeyIsDead = (key: KeyboardButton): string | null =>
  notModelled[Object.keys(notModelled).find((name) => name in key) ?? ''] ?? null
