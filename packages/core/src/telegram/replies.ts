import type { OutgoingPart } from '@kamihi/contracts'
import type { Logger } from '../logger.ts'
import { text } from '../output/toParts.ts'
import type { Send } from './sender.ts'

export interface Replies {
  /** Sends Markdown; gives the id of the last message, or null when it did not arrive. */
  say(chatId: number, markdown: string, keyboard?: unknown): Promise<number | null>
  /** Sends parts in order and stops at the first that does not arrive. */
  sendAll(chatId: number, parts: OutgoingPart[]): Promise<number | null>
}

const mostTries = 3

/** Answers to people: before bulk, and again after Telegram asked to wait or was away for a moment. */
export function createReplies(send: Send, logger: Logger): Replies {
  const sendOne = async (chatId: number, part: OutgoingPart): Promise<number | null> => {
    for (let attempt = 1; attempt <= mostTries; attempt += 1) {
      const outcome = await send(chatId, part, { lane: 'reply' })
      if (outcome.kind === 'sent') return outcome.messageId
      // What may have arrived is not sent again: a person asks again where it did not.
      if (outcome.kind === 'retry_after' || outcome.kind === 'unavailable') continue
      logger.warning({ chatId, outcome }, 'Failed to send')
      return null
    }
    logger.error({ chatId }, 'Failed to send')
    return null
  }
  const sendAll = async (chatId: number, parts: OutgoingPart[]): Promise<number | null> => {
    let last: number | null = null
    for (const part of parts) {
      last = await sendOne(chatId, part)
      if (last === null) return null
    }
    return last
  }
  return {
    sendAll,
    say: (chatId, markdown, keyboard) =>
      sendAll(chatId, text(markdown, keyboard === undefined ? {} : { keyboard })),
  }
}
