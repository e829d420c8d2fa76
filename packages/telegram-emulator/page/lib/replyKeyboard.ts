import type { EmulatedMessage } from '../../src/types.ts'

/** The keyboard that stands in place of letters: the last one the bot sent, unless it has taken it away. */
export function replyKeyboardOf(messages: EmulatedMessage[]): string[][] {
  for (const { from, replyMarkup } of messages.toReversed()) {
    if (from !== 'bot' || !replyMarkup) continue
    if (replyMarkup.remove_keyboard) return []
    if (replyMarkup.keyboard)
      return replyMarkup.keyboard.map((row) => row.map((key) => (typeof key === 'string' ? key : key.text)))
  }
  return []
}
