import type { OutgoingPart } from '@kamihi/contracts'
import type { Clock } from '../clock.ts'
import type { Logger } from '../logger.ts'
import { text } from '../output/toParts.ts'
import type { Send } from './sender.ts'
import type { SendOutcome } from './telegram.types.ts'

export interface Replies {
  /** Sends Markdown; gives the id of the last message, or null when it did not arrive. */
  say(chatId: number, markdown: string, keyboard?: unknown): Promise<number | null>
  /** Sends parts in order and stops at the first that does not arrive. */
  sendAll(chatId: number, parts: OutgoingPart[]): Promise<number | null>
}

export interface RepliesOptions {
  send: Send
  clock: Clock
  logger: Logger
  /** Aborted when the bot stops: what still waits is given up. */
  signal: AbortSignal
}

const mostTries = 3
const firstPauseMs = 1000
/** A person who has waited this long has gone, or has asked again. */
const giveUpAfterMs = 120_000

/** Answers to people: before bulk, and again after Telegram asked to wait or was away for a moment. */
export function createReplies({ send, clock, logger, signal }: RepliesOptions): Replies {
  const sendOne = async (chatId: number, part: OutgoingPart): Promise<number | null> => {
    const giveUpAt = clock.monotonic() + giveUpAfterMs
    let tries = 0
    for (;;) {
      // The signal takes from the line what waits; what is said after it has to go, or the person hears nothing.
      const outcome = await send(chatId, part, { lane: 'reply', ...(signal.aborted ? {} : { signal }) })
      if (outcome.kind === 'sent') return outcome.messageId
      // Being asked to wait is no failure: it waits for its turn.
      if (outcome.kind !== 'retry_after') tries += 1
      const pauseMs = pauseBefore(outcome, tries)
      if (pauseMs === null || signal.aborted || clock.monotonic() + pauseMs > giveUpAt) {
        logger.warning({ chatId, outcome }, 'Failed to send')
        return null
      }
      if (outcome.kind !== 'retry_after') await clock.sleep(pauseMs, signal)
    }
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

/** Milliseconds until it is worth another try; null when it is not. What may have arrived is not sent again: a person asks again where it did not. */
function pauseBefore(outcome: SendOutcome, tries: number): number | null {
  if (outcome.kind === 'retry_after') return outcome.seconds * 1000
  if (outcome.kind === 'unavailable' && tries < mostTries) return firstPauseMs * 2 ** (tries - 1)
  return null
}
