/** When a webhook is tried again, as the real server decides it (telegram-bot-api, WebhookActor.cpp). */

export interface Attempts {
  failures: number
  /** Seconds by which the next delay is doubled. */
  delay: number
}

export const noAttempts: Attempts = { failures: 0, delay: 1 }

const LONGEST_RETRY_AFTER = 3600
const LONGEST_DELAY = 60

/**
 * The first failure is tried again at once, the following ones after 2, 4, 8 … seconds, at most a random
 * number from 60 to 120. A wait that the webhook asked for goes before, and leaves the delay as it was.
 */
export function afterFailure(
  { failures, delay }: Attempts,
  retryAfter: number,
  random: () => number,
): { attempts: Attempts; wait: number } {
  const asked = Math.min(Math.max(retryAfter, 0), LONGEST_RETRY_AFTER)
  if (asked > 0 || failures === 0) return { attempts: { failures: failures + 1, delay }, wait: asked }
  const longest = LONGEST_DELAY + Math.floor(random() * (LONGEST_DELAY + 1))
  const doubled = Math.min(longest, delay * 2)
  return { attempts: { failures: failures + 1, delay: doubled }, wait: doubled }
}

/** Whole seconds only: the server does not read the date that HTTP allows as well. */
export const readRetryAfter = (header: string | null) => (/^\d+$/.test(header ?? '') ? Number(header) : 0)

const PATIENCE_WITH_GONE_MS = 23 * 3600 * 1000

/** A webhook that has said 410 Gone for 23 hours, and nothing else in between, is taken at its word. */
export const isGoneForGood = (goneSince: number, now: number) => now > goneSince + PATIENCE_WITH_GONE_MS
