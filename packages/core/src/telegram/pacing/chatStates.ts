import type { Lane, RateLimits } from './rateLimits.ts'
import { isForgotten, nothingSent, roomAt, type SentLately } from './slidingWindow.ts'
import { emptyLine, type Line } from './waitingLines.ts'

/** What is known of a chat while something was sent to it lately, or waits. */
export interface ChatState {
  readonly id: number
  readonly sent: SentLately
  /** Telegram asked to wait until then. */
  pausedUntil: number
  readonly lines: Record<Lane, Line>
}

export interface ChatStates {
  find(chatId: number): ChatState | undefined
  /** Makes one where there is none. */
  of(chatId: number, now: number): ChatState
  all(): Iterable<ChatState>
  size(): number
}

/**
 * Each chat that is added looks after two others, on an endless round through all: those that have fallen silent
 * are forgotten within a round, without a timer, and no call ever pays for a scan of them all.
 */
export function createChatStates(limits: RateLimits): ChatStates {
  const chats = new Map<number, ChatState>()
  let round = chats.values()
  const forgetOne = (now: number): void => {
    const next = round.next()
    if (next.done) round = chats.values()
    else if (isSilent(next.value, limits, now)) chats.delete(next.value.id)
  }
  return {
    find: (chatId) => chats.get(chatId),
    of(chatId, now) {
      const known = chats.get(chatId)
      if (known) return known
      forgetOne(now)
      forgetOne(now)
      const chat: ChatState = {
        id: chatId,
        sent: nothingSent(),
        pausedUntil: Number.NEGATIVE_INFINITY,
        lines: { reply: emptyLine(), bulk: emptyLine() },
      }
      chats.set(chatId, chat)
      return chat
    },
    all: () => chats.values(),
    size: () => chats.size,
  }
}

/** When a chat may be written to: -Infinity and Infinity as in `roomAt`. */
export function freeAtOf(chat: ChatState, lane: Lane, limits: RateLimits): number {
  let freeAt = chat.pausedUntil
  for (const limit of limits.chatOf(chat.id, lane)) freeAt = Math.max(freeAt, roomAt(chat.sent, limit))
  return freeAt
}

function isSilent({ id, sent, pausedUntil, lines }: ChatState, limits: RateLimits, now: number): boolean {
  return (
    pausedUntil <= now &&
    lines.reply.first === null &&
    lines.bulk.first === null &&
    isForgotten(sent, limits.memoryOf(id).perMs, now)
  )
}
