import type { JobSettings } from '@kamihi/contracts'
import type { SendOutcome } from '@kamihi/core'

/** What becomes of a delivery after a try to send. */
export type Fate =
  | { kind: 'next'; messageId: number }
  | {
      kind: 'retry'
      afterMs: number
      class: string
      message: string
      countsAsAttempt: boolean
      possiblyDuplicated: boolean
      /** Where the person's chat has moved to. */
      chatId?: number
    }
  | { kind: 'failed'; class: string; message: string }
  | {
      kind: 'unreachable'
      reachability: 'not_started' | 'blocked' | 'deactivated' | 'not_found'
      message: string
    }
  | { kind: 'uncertain'; message: string }
  | { kind: 'withdrawn' }

type Retry = Extract<Fate, { kind: 'retry' }>

/** Tries to send, the first included. */
const mostAttempts = 5
const firstBackoffMs = 2000
const longestBackoffMs = 60_000
/** The token is wrong, not the message: it waits until somebody has mended it. */
const tokenPauseMs = 60_000

/** Exponential backoff with full jitter, in milliseconds: up to 2 s · 2ⁿ after `attempt` n, which counts from 0, and 60 s at most; `random` in [0, 1). */
export function backoff(attempt: number, random: number): number {
  return Math.round(random * Math.min(longestBackoffMs, firstBackoffMs * 2 ** attempt))
}

/**
 * The class of an answer of Telegram decides what is done.
 *
 * @param attempts tries that failed before and counted
 * @param random in [0, 1)
 * @param lastClass why it was tried again before this, null when it was not. A move of the chat is no failure, but two
 *   in a row are, and so is one of which this is not known: or they could go on for ever.
 */
export function fateOf(
  outcome: SendOutcome,
  attempts: number,
  guarantee: JobSettings['delivery'],
  random: number,
  lastClass?: string | null,
): Fate {
  const again = (name: string, message: string, more: Partial<Retry> = {}): Fate =>
    attempts + 1 >= mostAttempts
      ? { kind: 'failed', class: name, message }
      : { ...retry(name, message, backoff(attempts, random)), countsAsAttempt: true, ...more }
  switch (outcome.kind) {
    case 'sent':
      return { kind: 'next', messageId: outcome.messageId }
    case 'retry_after':
      return retry('flood', `Telegram asked to wait ${outcome.seconds} s.`, outcome.seconds * 1000)
    case 'migrated': {
      const { chatId } = outcome
      const message = `The chat moved to ${chatId}.`
      const isFirst = lastClass !== undefined && lastClass !== 'migrated'
      return isFirst ? { ...retry('migrated', message, 0), chatId } : again('migrated', message, { chatId })
    }
    case 'unreachable':
      return { kind: 'unreachable', reachability: outcome.reachability, message: outcome.message }
    case 'rejected':
      return { kind: 'failed', class: 'bad_request', message: outcome.message }
    case 'withdrawn':
      return { kind: 'withdrawn' }
    case 'unauthorized':
      return retry('unauthorized', outcome.message, tokenPauseMs)
    case 'unavailable':
      return again('network', outcome.message)
    case 'ambiguous':
      return guarantee === 'at-most-once'
        ? { kind: 'uncertain', message: outcome.message }
        : again('ambiguous', outcome.message, { possiblyDuplicated: true })
  }
}

/** Waits, and is no failure. */
const retry = (name: string, message: string, afterMs: number): Retry => ({
  kind: 'retry',
  afterMs,
  class: name,
  message,
  countsAsAttempt: false,
  possiblyDuplicated: false,
})
