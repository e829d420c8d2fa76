import type { OutgoingPart } from '@kamihi/contracts'
import type { Emulator } from '@kamihi/telegram-emulator'
import { KamihiTelegram, type Timeouts } from '../../src/telegram/client.ts'
import { createLimiter } from '../../src/telegram/limiter.ts'
import { createSender, type Send } from '../../src/telegram/sender.ts'
import { usualRate } from './pacing/simulation.ts'
import { type StandingClock, standingClock } from './standingClock.ts'

export const part: OutgoingPart = { kind: 'text', text: 'Hello', entities: [] }

export interface TestSender {
  send: Send
  clock: StandingClock
  /** Gives what a promise gives, while the time of the limiter passes. */
  soon<T>(promise: Promise<T>): Promise<T>
}

/** A sender that speaks real HTTP, with a clock of its own for the limits. */
export function senderOn(
  { url, token }: Pick<Emulator, 'url' | 'token'>,
  { rate = usualRate, timeouts = {} }: { rate?: typeof usualRate; timeouts?: Timeouts } = {},
): TestSender {
  const clock = standingClock()
  const client = new KamihiTelegram(token, { apiRoot: url, webhookReply: false }, timeouts)
  const send = createSender({ client, limiter: createLimiter(rate, clock), paid: rate.paid })
  return {
    send,
    clock,
    async soon(promise) {
      let isPending = true
      const ended = promise.finally(() => {
        isPending = false
      })
      ended.catch(() => {})
      while (isPending) {
        await clock.pass(10)
        await new Promise((resolve) => setTimeout(resolve, 1))
      }
      return ended
    },
  }
}
