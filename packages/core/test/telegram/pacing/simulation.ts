import { createPacing, type Granted } from '../../../src/telegram/pacing/pacing.ts'
import type { Lane } from '../../../src/telegram/pacing/rateLimits.ts'

export const usualRate = { global: 30, perChat: 1, perGroup: 20, paid: false }

/** A message that comes at a time, with how long its way there and back takes. */
export interface Message {
  at: number
  chatId: number
  lane: Lane
  thereMs: number
  backMs: number
}

export interface Sent extends Message {
  /** When it was written, and when it reached Telegram. */
  writtenAt: number
  arrivedAt: number
}

interface Event {
  at: number
  happen(): void
}

/** Plays messages through the pacing, without a clock; `timerLateMs` is by how much each timer comes late. */
export function simulate(
  messages: Message[],
  {
    rate = usualRate,
    until = Number.POSITIVE_INFINITY,
    timerLateMs = () => 0,
  }: { rate?: typeof usualRate; until?: number; timerLateMs?: () => number } = {},
): Sent[] {
  const pacing = createPacing(rate)
  const sent: Sent[] = []
  const byWaiting = new Map<Granted['waiting'], Message>()
  const events: Event[] = []
  const schedule = (event: Event): void => {
    let place = events.length
    while (place > 0 && (events[place - 1]?.at ?? 0) <= event.at) place -= 1
    events.splice(place, 0, event)
  }
  for (const message of messages)
    schedule({
      at: message.at,
      happen: () => byWaiting.set(pacing.join(message.chatId, message.lane, message.at), message),
    })
  let wakeAt = Number.POSITIVE_INFINITY
  for (let event = events.pop(); event && event.at <= until; event = events.pop()) {
    const now = event.at
    event.happen()
    if (now >= wakeAt) wakeAt = Number.POSITIVE_INFINITY
    for (let granted = pacing.next(now); granted; granted = pacing.next(now)) {
      const message = byWaiting.get(granted.waiting) as Message
      const of = granted
      sent.push({ ...message, writtenAt: now, arrivedAt: now + message.thereMs })
      const answeredAt = now + message.thereMs + message.backMs
      schedule({ at: answeredAt, happen: () => pacing.answered(of, answeredAt) })
    }
    const next = pacing.nextAt(now)
    if (next < wakeAt && next < Number.POSITIVE_INFINITY) {
      wakeAt = next + timerLateMs()
      schedule({ at: wakeAt, happen: () => {} })
    }
  }
  return sent
}

/** The most of these times in any window of this length, counted one by one. A time counts until just before `windowMs` later. */
export function mostInAnyWindow(times: number[], windowMs: number): number {
  const sorted = [...times].sort((a, b) => a - b)
  let most = 0
  for (let first = 0; first < sorted.length; first += 1) {
    let next = first
    while (next < sorted.length && (sorted[next] ?? 0) < (sorted[first] ?? 0) + windowMs) next += 1
    most = Math.max(most, next - first)
  }
  return most
}

/** The share of the sorted values below which `share` of them lie. */
export const percentile = (values: number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0
