import { type Static, Type } from '@sinclair/typebox'

/** At most `most` messages in any `perMs`. */
export const Limit = Type.Object(
  {
    most: Type.Integer({ minimum: 1, description: 'Messages at most in any such span of time' }),
    perMs: Type.Integer({ minimum: 1, description: 'Length of the span, in milliseconds' }),
  },
  { description: 'So many messages at most in any span of so many milliseconds' },
)
export type Limit = Static<typeof Limit>

interface Entry {
  at: number
  count: number
}

/** What was sent lately through one lane. Plain data, for there is one to each chat. */
export interface SlidingWindow {
  /** Oldest first; those before `head` have left, and are cut off now and then: cheaper than one by one. */
  entries: Entry[]
  head: number
  /** Messages in the entries from `head` on. */
  used: number
  /** After a refusal nothing passes before this time, whether or not there is room. */
  closedUntil: number
  /** When somebody was last told to wait, in epoch milliseconds. */
  toldAt: number
}

export const createWindow = (): SlidingWindow => ({
  entries: [],
  head: 0,
  used: 0,
  closedUntil: 0,
  toldAt: 0,
})

/** Below this it is not worth while to cut off the entries that have left. */
const fewLeft = 16

function forgetOld(window: SlidingWindow, perMs: number, at: number): void {
  const { entries } = window
  for (let oldest = entries[window.head]; oldest && oldest.at + perMs <= at; oldest = entries[window.head]) {
    window.used -= oldest.count
    window.head++
  }
  if (window.head === 0) return
  if (window.head < entries.length && (window.head < fewLeft || window.head * 2 < entries.length)) return
  entries.splice(0, window.head)
  window.head = 0
}

/**
 * Milliseconds until the window has room for `count` messages, 0 when it has now. A message counts from its
 * own time until just before `perMs` later. More messages than the limit go when the window is empty, for
 * they would wait for ever.
 */
export function waitForRoom(window: SlidingWindow, limit: Limit, count: number, at: number): number {
  forgetOld(window, limit.perMs, at)
  let tooMany = window.used + count - limit.most
  let freeAt = at
  for (let index = window.head; tooMany > 0; index++) {
    const entry = window.entries[index]
    if (!entry) break
    tooMany -= entry.count
    freeAt = entry.at + limit.perMs
  }
  return freeAt - at
}

/** Counts what was sent. What came in the same millisecond shares an entry. */
export function record(window: SlidingWindow, count: number, at: number): void {
  const last = window.entries.at(-1)
  if (last && last.at >= at) last.count += count
  else window.entries.push({ at, count })
  window.used += count
}

/** Whether it would answer as a new one does. */
function isIdle(window: SlidingWindow, { perMs }: Limit, at: number): boolean {
  const last = window.entries.at(-1)
  return window.closedUntil <= at && (!last || last.at + perMs <= at)
}

/** The windows of many chats under one limit. */
export interface Windows {
  /** The window of this chat; made when there is none. */
  of(chatId: number, at: number): SlidingWindow
  size(): number
}

/**
 * Each look-up adds one chat at most and looks after two on an endless round through all: chats that have
 * fallen silent are dropped within a round, and no call ever pays for a scan of them all.
 */
export function createWindows(limit: Limit): Windows {
  const windows = new Map<number, SlidingWindow>()
  let round = windows.entries()
  const dropIfIdle = (at: number) => {
    const next = round.next()
    if (next.done) round = windows.entries()
    else if (isIdle(next.value[1], limit, at)) windows.delete(next.value[0])
  }
  return {
    of(chatId, at) {
      dropIfIdle(at)
      dropIfIdle(at)
      const known = windows.get(chatId)
      if (known) return known
      const window = createWindow()
      windows.set(chatId, window)
      return window
    },
    size: () => windows.size,
  }
}
