/** Strict sliding windows, as Telegram's FAQ gives them: 30 messages a second in all, about one a second to one chat with short bursts. */
const windows = { all: { most: 30, ms: 1000 }, chat: { most: 5, ms: 5000 } }

export interface Flood {
  /** Seconds to wait, or 0 when the message is accepted (and counted). */
  check(chatId: number): number
}

export function createFlood(now: () => number): Flood {
  const all: number[] = []
  const byChat = new Map<number, number[]>()
  return {
    check(chatId) {
      const at = now()
      const chat = byChat.get(chatId) ?? []
      byChat.set(chatId, chat)
      const wait = Math.max(waitFor(all, windows.all, at), waitFor(chat, windows.chat, at))
      if (wait > 0) return Math.ceil(wait / 1000)
      all.push(at)
      chat.push(at)
      if (byChat.size > 10_000) byChat.clear()
      return 0
    },
  }
}

/** Milliseconds until there is room in the window. */
function waitFor(times: number[], { most, ms }: { most: number; ms: number }, at: number): number {
  while (times.length > 0 && (times[0] ?? 0) <= at - ms) times.shift()
  return times.length < most ? 0 : (times[0] ?? at) + ms - at
}
