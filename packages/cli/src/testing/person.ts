import type { Command, EmulatedMessage, EmulatorControl } from '@kamihi/telegram-emulator'

/** Somebody who talks with the bot. */
export interface Person {
  readonly telegramId: number
  /** Writes to the bot; a text that begins with `/` is a command. */
  say(text: string): Promise<void>
  /** Presses the button with this label under the newest message that has it. @throws Error when there is none */
  press(label: string): Promise<void>
  /** Waits for a message of the bot with these words, after the last one heard. Rejects after 15 s. */
  hears(words: string | RegExp): Promise<EmulatedMessage>
  /** What the bot has said so far. */
  heard(): Promise<string[]>
  /** The "/" menu as they see it. */
  commands(): Promise<Command[]>
  block(): Promise<void>
  unblock(): Promise<void>
}

export function personOf(people: EmulatorControl, telegramId: number): Person {
  let lastHeard = 0
  const fits = (words: string | RegExp, text: string): boolean =>
    typeof words === 'string' ? text.includes(words) : words.test(text)
  return {
    telegramId,
    async say(text) {
      await people.say(telegramId, text)
    },
    async press(label) {
      const hasButton = ({ replyMarkup }: EmulatedMessage) =>
        (replyMarkup?.inline_keyboard ?? []).flat().some(({ text }) => text === label)
      await people.waitForMessage(telegramId, hasButton)
      const message = (await people.messages(telegramId)).findLast(hasButton) as EmulatedMessage
      const button = (message.replyMarkup?.inline_keyboard ?? []).flat().find(({ text }) => text === label)
      await people.click(telegramId, message.messageId, button?.callback_data ?? '')
    },
    async hears(words) {
      const message = await people.waitForMessage(
        telegramId,
        ({ from, text }) => from === 'bot' && fits(words, text),
        { afterMessageId: lastHeard },
      )
      lastHeard = message.messageId
      return message
    },
    heard: async () =>
      (await people.messages(telegramId)).filter(({ from }) => from === 'bot').map(({ text }) => text),
    commands: () => people.commandsFor(telegramId),
    block: () => people.block(telegramId),
    unblock: () => people.unblock(telegramId),
  }
}
