import type { EmulatedMessage } from '../../../src/shapes/messages.ts'

/** A message of the bot, unless told otherwise. */
export const message = (messageId: number, more: Partial<EmulatedMessage> = {}): EmulatedMessage => ({
  messageId,
  chatId: 7,
  from: 'bot',
  senderId: 1,
  text: `message ${messageId}`,
  entities: [],
  date: 1_795_500_000,
  ...more,
})
