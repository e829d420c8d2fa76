import type { ChatState } from './chatStates.ts'
import type { Lane } from './rateLimits.ts'

/** `flood`: Telegram asked to wait. `token`: it does not know the token. */
export type PauseCause = 'flood' | 'token'

export interface Pause {
  leftMs: number
  cause: PauseCause
}

export interface Pauses {
  /** Telegram asked to wait with this chat; when it asked two chats within 5 s, all bulk waits. */
  add(chat: ChatState, forMs: number, now: number): void
  addBulk(forMs: number, cause: PauseCause, now: number): void
  bulkUntil(): number
  /** The pause that a message has to wait for. */
  of(chat: ChatState | undefined, lane: Lane, now: number): Pause | null
}

const togetherMs = 5000
const never = Number.NEGATIVE_INFINITY

export function createPauses(): Pauses {
  let bulk: { until: number; cause: PauseCause } = { until: never, cause: 'flood' }
  let last = { chatId: 0, at: never, until: never }
  const pauseBulk = (until: number, cause: PauseCause): void => {
    if (until > bulk.until) bulk = { until, cause }
  }
  return {
    add(chat, forMs, now) {
      const until = now + forMs
      chat.pausedUntil = Math.max(chat.pausedUntil, until)
      if (last.chatId !== chat.id && now - last.at <= togetherMs)
        pauseBulk(Math.max(until, last.until), 'flood')
      last = { chatId: chat.id, at: now, until }
    },
    addBulk: (forMs, cause, now) => pauseBulk(now + forMs, cause),
    bulkUntil: () => bulk.until,
    of(chat, lane, now) {
      const own = { until: chat?.pausedUntil ?? never, cause: 'flood' as const }
      const longer = lane === 'bulk' && bulk.until > own.until ? bulk : own
      return longer.until > now ? { leftMs: longer.until - now, cause: longer.cause } : null
    },
  }
}
