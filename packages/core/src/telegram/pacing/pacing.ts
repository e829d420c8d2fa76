import type { Config } from '../../config/schema.ts'
import { createArrivalTimes } from './arrivalTimes.ts'
import { type ChatState, createChatStates, freeAtOf } from './chatStates.ts'
import { createPauses, type Pause, type PauseCause } from './pauses.ts'
import { type Lane, rateLimitsOf } from './rateLimits.ts'
import { countAnswered, countUnwritten, countWritten, nothingSent, roomAt } from './slidingWindow.ts'
import { appendTo, createLines, emptyOut, type Line, removeFrom, type Waiting } from './waitingLines.ts'

/** A message that may be written now, and counts from now on. */
export interface Granted {
  readonly waiting: Waiting
  readonly at: number
}

/** Decides which message is written when. It has no clock, no timer and no network: times come in as milliseconds that never go back. */
export interface Pacing {
  /** Puts a message at the end of its line. */
  join(chatId: number, lane: Lane, now: number): Waiting
  /** Takes it out again, from wherever it stands. */
  leave(waiting: Waiting, now: number): void
  /** The message that goes now, or null. It is counted as written until `answered` or `unwritten` is called. */
  next(now: number): Granted | null
  /** When to ask for the next one; Infinity when not before something else happens. */
  nextAt(now: number): number
  answered(granted: Granted, now: number): void
  unwritten(granted: Granted, now: number): void
  /** Whether a message that came now would be written at once. */
  hasRoom(chatId: number, lane: Lane, now: number): boolean
  /** The pause that a message would have to wait for, when that is too long to wait for. */
  tooLong(chatId: number, lane: Lane, now: number): Pause | null
  /** Telegram asked to wait: gives those that are not to wait that long, taken out of their lines. */
  pauseChat(chatId: number, forMs: number, now: number): SentAway[]
  /** Nothing of the bulk lane goes. */
  pauseBulk(forMs: number, cause: PauseCause, now: number): SentAway[]
  /** Until when the bulk lane as a whole is paused; -Infinity when it never was. */
  bulkUntil(): number
  /** Chats that are remembered. */
  chats(): number
}

export interface SentAway {
  waiting: Waiting
  pause: Pause
}

/** A pause that is longer is not waited for. A person may still be there after a minute; what is sent to many waits in the database. */
const patienceMs: Record<Lane, number> = { reply: 60_000, bulk: 5000 }

/** How far behind its even spacing the bulk lane may catch up, after a stall: so many messages can go together. */
const catchUpMs = 50
/** The bulk lane is spaced a little wider than the window needs, so that unevenness dies away. */
const spareMs = 3
/** While people talk with the bot, one place in the window is left to them: they find it free at once. */
const talkMs = 10_000
const worthReserving = 10
/** So many replies may pass a bulk message that could go: a tenth of the rate is its own whatever happens. */
const mostPassedOver = 9

const never = Number.NEGATIVE_INFINITY

export function createPacing(rate: Config['telegram']['rate']): Pacing {
  const limits = rateLimitsOf(rate)
  const chats = createChatStates(limits)
  const arrivals = createArrivalTimes()
  const pauses = createPauses()
  const lines = { reply: createLines(), bulk: createLines() }
  const whole = nothingSent()
  const unpaid = nothingSent()
  let lastOrder = 0
  let lastReplyAt = never
  let bulkSpacedAt = never
  let passedOver = 0

  const reserve = (now: number): number =>
    now - lastReplyAt < talkMs && limits.whole.most >= worthReserving ? 1 : 0
  const bulkIsDue = (): boolean => passedOver >= mostPassedOver
  const windowsOf = (lane: Lane) =>
    lane === 'reply' && limits.unpaid
      ? [
          { sent: whole, limit: limits.whole },
          { sent: unpaid, limit: limits.unpaid },
        ]
      : [{ sent: whole, limit: limits.whole }]
  const windows = { reply: windowsOf('reply'), bulk: windowsOf('bulk') }

  /** When the lane as a whole may send, whichever chat it is to. */
  const laneFreeAt = (lane: Lane, now: number): number => {
    if (lane === 'reply') return Math.max(...windows.reply.map(({ sent, limit }) => roomAt(sent, limit)))
    if (bulkIsDue()) return Math.max(pauses.bulkUntil(), roomAt(whole, limits.whole))
    const { most, perMs } = limits.whole
    return Math.max(pauses.bulkUntil(), bulkSpacedAt, roomAt(whole, { most: most - reserve(now), perMs }))
  }
  const readyLine = (lane: Lane, now: number): Line | null =>
    laneFreeAt(lane, now) <= now ? lines[lane].ready(now) : null

  const file = (chat: ChatState, now: number): void => {
    for (const lane of ['reply', 'bulk'] as const)
      lines[lane].file(chat.lines[lane], freeAtOf(chat, lane, limits), now)
  }
  /** Spaces bulk evenly, replies counted: a burst would fill the window, and the next reply would find no place in it. */
  const space = (now: number): void => {
    const { most, perMs } = limits.whole
    const stepMs = (perMs + spareMs + arrivals.averageDelay()) / (most - reserve(now))
    bulkSpacedAt = Math.max(bulkSpacedAt, now - catchUpMs) + stepMs
  }
  const grant = (waiting: Waiting, now: number): Granted => {
    const { chatId, lane } = waiting
    const chat = chats.of(chatId, now)
    if (lane === 'bulk') passedOver = 0
    else if (pauses.bulkUntil() <= now && lines.bulk.ready(now)) passedOver += 1
    removeFrom(chat.lines[lane], waiting)
    for (const { sent } of windows[lane]) countWritten(sent)
    countWritten(chat.sent)
    space(now)
    file(chat, now)
    return { waiting, at: now }
  }
  const tooLong = (chatId: number, lane: Lane, now: number): Pause | null => {
    const pause = pauses.of(chats.find(chatId), lane, now)
    return pause && pause.leftMs > patienceMs[lane] ? pause : null
  }
  /** Takes out those of a lane that would wait too long for a chat. */
  const sendAway = (chat: ChatState, lane: Lane, now: number): SentAway[] => {
    const pause = chat.lines[lane].first && tooLong(chat.id, lane, now)
    if (!pause) return []
    const away = emptyOut(chat.lines[lane]).map((waiting) => ({ waiting, pause }))
    file(chat, now)
    return away
  }
  const sendBulkAway = (now: number): SentAway[] =>
    pauses.bulkUntil() > now ? [...chats.all()].flatMap((chat) => sendAway(chat, 'bulk', now)) : []

  return {
    tooLong,
    bulkUntil: pauses.bulkUntil,
    chats: chats.size,
    join(chatId, lane, now) {
      const chat = chats.of(chatId, now)
      lastOrder += 1
      if (lane === 'reply') lastReplyAt = now
      const waiting: Waiting = { chatId, lane, order: lastOrder, before: null, after: null }
      appendTo(chat.lines[lane], waiting)
      if (chat.lines[lane].first === waiting)
        lines[lane].file(chat.lines[lane], freeAtOf(chat, lane, limits), now)
      return waiting
    },
    leave(waiting, now) {
      const chat = chats.of(waiting.chatId, now)
      removeFrom(chat.lines[waiting.lane], waiting)
      if (waiting.before === null) file(chat, now)
    },
    next(now) {
      const bulk = readyLine('bulk', now)
      const line = bulk && bulkIsDue() ? bulk : (readyLine('reply', now) ?? bulk)
      return line?.first ? grant(line.first, now) : null
    },
    nextAt: (now) =>
      Math.min(
        Math.max(laneFreeAt('reply', now), lines.reply.readyAt(now)),
        Math.max(laneFreeAt('bulk', now), lines.bulk.readyAt(now)),
      ),
    answered({ waiting: { chatId, lane }, at }, now) {
      const chat = chats.of(chatId, now)
      const arrivedBy = arrivals.arrivedBy(at, now)
      for (const { sent, limit } of windows[lane]) countAnswered(sent, arrivedBy, limit.most)
      countAnswered(chat.sent, arrivedBy, limits.memoryOf(chatId).most)
      file(chat, now)
    },
    unwritten({ waiting: { chatId, lane } }, now) {
      const chat = chats.of(chatId, now)
      for (const { sent } of windows[lane]) countUnwritten(sent)
      countUnwritten(chat.sent)
      file(chat, now)
    },
    hasRoom(chatId, lane, now) {
      const chat = chats.find(chatId)
      if (laneFreeAt(lane, now) > now || lines[lane].ready(now)) return false
      return !chat || (chat.lines[lane].first === null && freeAtOf(chat, lane, limits) <= now)
    },
    pauseChat(chatId, forMs, now) {
      const chat = chats.of(chatId, now)
      pauses.add(chat, forMs, now)
      file(chat, now)
      return [...sendAway(chat, 'reply', now), ...sendAway(chat, 'bulk', now), ...sendBulkAway(now)]
    },
    pauseBulk(forMs, cause, now) {
      pauses.addBulk(forMs, cause, now)
      return sendBulkAway(now)
    },
  }
}
