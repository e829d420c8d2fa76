import type { Config } from '../../config/schema.ts'
import type { WindowLimit } from './slidingWindow.ts'

/** Replies to people, and what is sent to many. */
export type Lane = 'reply' | 'bulk'

/** The limits that one message must keep to. */
export interface RateLimits {
  /** All messages of the bot. */
  whole: WindowLimit
  /** Messages that are not paid for, where others are; else null. */
  unpaid: WindowLimit | null
  /** Messages to one chat. */
  chatOf(chatId: number, lane: Lane): WindowLimit[]
  /** The most messages, and the longest time, that any of those of a chat looks back. */
  memoryOf(chatId: number): WindowLimit
}

/** Messages a second, at most, of a bot that pays: `allow_paid_broadcast` in https://core.telegram.org/bots/api#sendmessage */
const paidPerSecond = 1000
/**
 * "We may allow short bursts that go over this limit" (https://core.telegram.org/bots/faq): a person who is
 * answered gets this many at once, in so many seconds, and no more than five in five.
 */
const replyBurst = 3
const longBurst = 5

/**
 * A window is this much longer than Telegram's. Jitter of the network needs none of it, because each message is
 * counted from when it arrived at the latest (see `arrivalTimes.ts`): it covers the rounding of two clocks to
 * whole milliseconds, a network that has just become quicker, and clocks that differ by 1 in 1000. Nobody counts in
 * windows of less than a second: what is set to many a second is spaced, and its margin is in proportion.
 */
const marginMs = 5
const clockDrift = 0.001

export const windowOf = (most: number, perMs: number): WindowLimit => ({
  most,
  perMs: perMs * (1 + clockDrift) + marginMs * Math.min(1, perMs / 1000),
})

/** @param rate `perGroup` is a minute, the others a second */
export function rateLimitsOf(rate: Config['telegram']['rate']): RateLimits {
  const secondMs = 1000 / rate.perChat
  const burst = windowOf(replyBurst, replyBurst * secondMs)
  const long = windowOf(longBurst, longBurst * secondMs)
  const single = windowOf(1, secondMs)
  const minute = windowOf(Math.floor(rate.perGroup), 60_000)
  const person = {
    reply: [burst, long],
    bulk: [single, burst, long],
    memory: memoryOf([single, burst, long]),
  }
  const group = {
    reply: [...person.reply, minute],
    bulk: [...person.bulk, minute],
    memory: memoryOf([...person.bulk, minute]),
  }
  const kindOf = (chatId: number) => (chatId < 0 ? group : person)
  const unpaid = perSecond(rate.global)
  return {
    whole: rate.paid ? perSecond(Math.max(rate.global, paidPerSecond)) : unpaid,
    unpaid: rate.paid ? unpaid : null,
    chatOf: (chatId, lane) => kindOf(chatId)[lane],
    memoryOf: (chatId) => kindOf(chatId).memory,
  }
}

const memoryOf = (limits: WindowLimit[]): WindowLimit => ({
  most: Math.max(...limits.map(({ most }) => most)),
  perMs: Math.max(...limits.map(({ perMs }) => perMs)),
})

/** Less than one a second is one in several seconds. */
const perSecond = (most: number): WindowLimit =>
  most >= 1 ? windowOf(Math.floor(most), 1000) : windowOf(1, 1000 / most)
