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
    }
  | { kind: 'failed'; class: string; message: string }
  | {
      kind: 'unreachable'
      reachability: 'not_started' | 'blocked' | 'deactivated' | 'not_found'
      message: string
    }
  | { kind: 'uncertain'; message: string }
  | { kind: 'withdrawn' }

const mostAttempts = 5
const firstBackoffMs = 2000
const longestBackoffMs = 60_000

/** Exponential backoff with full jitter; `random` in [0, 1). */
export function backoff(attempt: number, random: number): number {
  return Math.round(random * Math.min(longestBackoffMs, firstBackoffMs * 2 ** attempt))
}

/** The class of an answer of Telegram decides what is done; `attempts` are those that failed before. */
export function fateOf(
  outcome: SendOutcome,
  attempts: number,
  guarantee: JobSettings['delivery'],
  random: number,
): Fate {
  switch (outcome.kind) {
    case 'sent':
      return { kind: 'next', messageId: outcome.messageId }
    case 'retry_after':
      return {
        kind: 'retry',
        afterMs: outcome.seconds * 1000,
        class: 'flood',
        message: `Telegram asked to wait ${outcome.seconds} s.`,
        countsAsAttempt: false,
        possiblyDuplicated: false,
      }
    case 'migrated':
      return {
        kind: 'retry',
        afterMs: 0,
        class: 'migrated',
        message: `The chat moved to ${outcome.chatId}.`,
        countsAsAttempt: true,
        possiblyDuplicated: false,
      }
    case 'unreachable':
      return { kind: 'unreachable', reachability: outcome.reachability, message: outcome.message }
    case 'rejected':
      return { kind: 'failed', class: 'bad_request', message: outcome.message }
    case 'withdrawn':
      return { kind: 'withdrawn' }
    case 'unauthorized':
      return again('unauthorized', outcome.message, attempts, random, false)
    case 'unavailable':
      return again('network', outcome.message, attempts, random, false)
    case 'ambiguous':
      return guarantee === 'at-most-once'
        ? { kind: 'uncertain', message: outcome.message }
        : again('ambiguous', outcome.message, attempts, random, true)
  }
}

function again(
  name: string,
  message: string,
  attempts: number,
  random: number,
  possiblyDuplicated: boolean,
): Fate {
  if (attempts + 1 >= mostAttempts) return { kind: 'failed', class: name, message }
  return {
    kind: 'retry',
    afterMs: backoff(attempts, random),
    class: name,
    message,
    countsAsAttempt: true,
    possiblyDuplicated,
  }
}
