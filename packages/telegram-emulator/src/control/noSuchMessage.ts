import type { EmulatedMessage } from '../shapes/messages.ts'

/** Why waiting for a message has ended. */
export const noSuchMessage = (chatId: number, timeoutMs: number, messages: EmulatedMessage[]): Error =>
  new Error(
    `No such message for ${chatId} within ${timeoutMs} ms; the last one is ${JSON.stringify(messages.at(-1)?.text ?? null)}.`,
  )
