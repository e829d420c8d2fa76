import type { Clock } from '../clock.ts'

/** So long after a default answer its chat gets no other one. */
const pauseMs = 10_000

/**
 * Says of a chat whether it may get the default answer now; then it counts as given. However much somebody writes, nobody makes the bot
 * repeat itself without end.
 */
export function createDefaultAnswers(clock: Pick<Clock, 'monotonic'>): (chatId: number) => boolean {
  /** When each chat got its last one, oldest first; those that may get another are forgotten. */
  const given = new Map<number, number>()
  return (chatId) => {
    const now = clock.monotonic()
    for (const [chat, at] of given) {
      if (now - at < pauseMs) break
      given.delete(chat)
    }
    if (given.has(chatId)) return false
    given.set(chatId, now)
    return true
  }
}
