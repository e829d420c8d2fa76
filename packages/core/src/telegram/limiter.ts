import type { Clock } from '../clock.ts'
import type { Config } from '../config/schema.ts'

export type Lane = 'reply' | 'bulk'

export interface Limiter {
  /** Resolves with true when a message may be written now; with false when the signal was aborted first. */
  acquire(chatId: number, lane: Lane, signal?: AbortSignal): Promise<boolean>
  /** Telegram asked to wait: nothing goes to the chat; when two chats are asked within 5 s, all bulk waits. */
  pause(chatId: number, seconds: number): void
}

/** Messages arrive closer together than they were written, so each window is a little longer than Telegram's. */
const margin = 1.03
const replyBurst = 3
const pausesTogetherMs = 5000

interface Waiting {
  chatId: number
  lane: Lane
  settle(granted: boolean): void
}

/** Keeps to Telegram's limits by strict sliding windows; replies to people go before bulk. */
export function createLimiter(rate: Config['telegram']['rate'], clock: Clock): Limiter {
  const waiting: Record<Lane, Waiting[]> = { reply: [], bulk: [] }
  const all: number[] = []
  const chats = new Map<number, number[]>()
  const pauses = {
    chats: new Map<number, number>(),
    bulkUntil: 0,
    last: { chatId: 0, at: Number.NEGATIVE_INFINITY },
  }
  let cancelTimer = () => {}

  const freeAt = ({ chatId, lane }: Waiting): number => {
    const sent = chats.get(chatId) ?? []
    const paused = Math.max(pauses.chats.get(chatId) ?? 0, lane === 'bulk' ? pauses.bulkUntil : 0)
    const perChatMs = (1000 / rate.perChat) * margin
    const burst = room(sent, replyBurst, perChatMs * replyBurst)
    const single = lane === 'bulk' ? room(sent, 1, perChatMs) : 0
    const group = chatId < 0 ? room(sent, rate.perGroup, 60_000 * margin) : 0
    return Math.max(paused, burst, single, group)
  }
  const globalFreeAt = () =>
    rate.global >= 1
      ? room(all, Math.floor(rate.global), 1000 * margin)
      : room(all, 1, (1000 / rate.global) * margin)

  const grant = (entry: Waiting, now: number): void => {
    const { chatId, lane } = entry
    waiting[lane].splice(waiting[lane].indexOf(entry), 1)
    push(all, now, 1000)
    const sent = chats.get(chatId) ?? []
    push(sent, now, Math.max(replyBurst, rate.perGroup))
    chats.set(chatId, sent)
    if (chats.size > 20_000) forget(chats, now)
    entry.settle(true)
  }

  /** Grants what may go now and sets one timer for what comes next. */
  const pump = (): void => {
    cancelTimer()
    const now = clock.now()
    const entries = () => [...waiting.reply, ...waiting.bulk]
    while (globalFreeAt() <= now) {
      const next = entries().find((entry) => freeAt(entry) <= now)
      if (!next) break
      grant(next, now)
    }
    const left = entries()
    if (left.length === 0) return
    const wake = Math.max(globalFreeAt(), Math.min(...left.map(freeAt)))
    cancelTimer = clock.setTimer(Math.max(1, wake - now), pump)
  }

  return {
    acquire: (chatId, lane, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted) return resolve(false)
        const abort = () => {
          waiting[lane] = waiting[lane].filter((each) => each !== entry)
          resolve(false)
        }
        const entry: Waiting = {
          chatId,
          lane,
          settle(granted) {
            signal?.removeEventListener('abort', abort)
            resolve(granted)
          },
        }
        signal?.addEventListener('abort', abort, { once: true })
        waiting[lane].push(entry)
        pump()
      }),
    pause(chatId, seconds) {
      const now = clock.now()
      const until = now + seconds * 1000
      pauses.chats.set(chatId, Math.max(until, pauses.chats.get(chatId) ?? 0))
      if (pauses.last.chatId !== chatId && now - pauses.last.at <= pausesTogetherMs)
        pauses.bulkUntil = Math.max(pauses.bulkUntil, until)
      pauses.last = { chatId, at: now }
    },
  }
}

/** When there is room for one more, where at most `most` fit in a window. */
function room(times: number[], most: number, windowMs: number): number {
  const oldest = times[times.length - most]
  return oldest === undefined ? 0 : oldest + windowMs
}

function push(times: number[], at: number, kept: number): void {
  times.push(at)
  if (times.length > kept * 2) times.splice(0, times.length - kept)
}

function forget(chats: Map<number, number[]>, now: number): void {
  for (const [chatId, times] of chats) if ((times.at(-1) ?? 0) < now - 60_000 * margin) chats.delete(chatId)
}
