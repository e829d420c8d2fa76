import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createPacing } from '../../../src/telegram/pacing/pacing.ts'
import type { Lane } from '../../../src/telegram/pacing/rateLimits.ts'
import { type Message, mostInAnyWindow, percentile, type Sent, simulate, usualRate } from './simulation.ts'

/** Ways through the network: a shortest one that is seen now and then, and up to `jitterMs` more. */
const ways = fc
  .record({ baseMs: fc.nat(200), jitterMs: fc.nat(300), seed: fc.integer() })
  .map(({ baseMs, jitterMs, seed }) => {
    const random = dice(seed)
    return (index: number) => {
      const late = () => (index % 16 === 15 ? 0 : random() * jitterMs)
      return { thereMs: baseMs / 2 + late(), backMs: baseMs / 2 + late() }
    }
  })

/** Numbers in [0, 1), the same for the same seed. */
function dice(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0
    return (state >>> 0) / 2 ** 32
  }
}

const chatIds = [1, 2, 3, -4, -5]
const requests = fc.array(
  fc.record({
    afterMs: fc.oneof(
      { weight: 8, arbitrary: fc.constant(0) },
      { weight: 4, arbitrary: fc.nat(50) },
      { weight: 1, arbitrary: fc.nat(2000) },
    ),
    chatId: fc.oneof(fc.constantFrom(...chatIds), fc.integer({ min: 10, max: 1000 })),
    lane: fc.constantFrom<Lane>('reply', 'bulk'),
  }),
  { minLength: 1, maxLength: 400, size: 'max' },
)
const rates = fc.record({
  global: fc.constantFrom(0.5, 1, 5, 30, 60),
  perChat: fc.constantFrom(0.5, 1, 10),
  perGroup: fc.constantFrom(1, 20, 100),
  paid: fc.boolean(),
})

const messagesOf = (
  list: { afterMs: number; chatId: number; lane: Lane }[],
  way: (index: number) => { thereMs: number; backMs: number },
): Message[] => {
  let at = 0
  return list.map(({ afterMs, chatId, lane }, index) => {
    at += afterMs
    return { at, chatId, lane, ...way(index) }
  })
}
const arrivals = (sent: Sent[], of: (message: Sent) => boolean = () => true) =>
  sent.filter(of).map(({ arrivedAt }) => arrivedAt)

describe('the pacing', () => {
  it('never lets more arrive in any window than Telegram permits, however late each message arrives', () => {
    const property = fc.property(requests, rates, ways, (list, rate, way) => {
      const sent = simulate(messagesOf(list, way), { rate })
      expect(sent).toHaveLength(list.length)
      const perSecond = (limit: number, of?: (message: Sent) => boolean) =>
        limit >= 1
          ? expect(mostInAnyWindow(arrivals(sent, of), 1000)).toBeLessThanOrEqual(limit)
          : expect(mostInAnyWindow(arrivals(sent, of), 1000 / limit)).toBeLessThanOrEqual(1)
      perSecond(rate.paid ? 1000 : rate.global)
      if (rate.paid) perSecond(rate.global, ({ lane }) => lane === 'reply')
      for (const id of new Set(list.map(({ chatId }) => chatId))) {
        const toChat = ({ chatId }: Sent) => chatId === id
        for (const most of [3, 5])
          expect(mostInAnyWindow(arrivals(sent, toChat), (most * 1000) / rate.perChat)).toBeLessThanOrEqual(
            most,
          )
        if (id < 0) expect(mostInAnyWindow(arrivals(sent, toChat), 60_000)).toBeLessThanOrEqual(rate.perGroup)
      }
    })
    fc.assert(property, { numRuns: 100 })
  })

  it('sends a bulk message to a chat not before a second after the one before it', () => {
    const property = fc.property(requests, ways, (list, way) => {
      const sent = simulate(messagesOf(list, way))
      const newest = new Map<number, number>()
      for (const { chatId, lane, arrivedAt } of sent) {
        const before = newest.get(chatId) ?? Number.NEGATIVE_INFINITY
        if (lane === 'bulk' && arrivedAt < before + 1000) expect(arrivedAt - before).toBe('a second')
        newest.set(chatId, Math.max(before, arrivedAt))
      }
    })
    fc.assert(property, { numRuns: 50 })
  })

  it('keeps the order of a chat in each lane', () => {
    const property = fc.property(requests, rates, ways, (list, rate, way) => {
      const messages = messagesOf(list, way)
      const orderOf = (all: Message[], id: number, lane: Lane) =>
        all.filter((each) => each.chatId === id && each.lane === lane).map(({ at, thereMs }) => [at, thereMs])
      const sent = simulate(messages, { rate })
      for (const id of chatIds)
        for (const lane of ['reply', 'bulk'] as const)
          expect(orderOf(sent, id, lane)).toEqual(orderOf(messages, id, lane))
    })
    fc.assert(property, { numRuns: 50 })
  })

  it.each([
    { name: 'the usual rate', rate: usualRate, limit: 30, seconds: 30 },
    { name: 'five a second', rate: { ...usualRate, global: 5 }, limit: 5, seconds: 60 },
    { name: 'a paid rate', rate: { ...usualRate, paid: true }, limit: 1000, seconds: 4 },
  ])(
    'uses 0.97 of $name, with timers that come late and a network that trembles',
    ({ rate, limit, seconds }) => {
      const random = dice(7)
      const way = () => ({ thereMs: 1 + random() * 10, backMs: 1 + random() * 5 })
      const messages = broadcast(limit * (seconds + 1), way)
      const sent = simulate(messages, { rate, until: seconds * 1000, timerLateMs: () => random() * 3 })
      const steady = sent.filter(({ writtenAt }) => writtenAt >= 2000)
      expect(steady.length / (seconds - 2)).toBeGreaterThanOrEqual(0.97 * limit)
      expect(mostInAnyWindow(arrivals(sent), 1000)).toBeLessThanOrEqual(limit)
    },
  )

  it('spaces a broadcast evenly, so that its messages are never together', () => {
    const sent = simulate(broadcast(600, () => ({ thereMs: 2, backMs: 2 })))
    expect(mostInAnyWindow(arrivals(sent), 100)).toBeLessThanOrEqual(5)
  })

  it('lets a reply wait less than 100 ms during a broadcast at full rate, which keeps 0.95 of the rate', () => {
    const random = dice(3)
    const way = () => ({ thereMs: 1 + random() * 5, backMs: 1 + random() * 5 })
    const bulk = broadcast(30 * 130, way)
    const replies = people(120, 5, random, way)
    const sent = simulate([...bulk, ...replies], { until: 120_000, timerLateMs: () => random() * 2 })
    const waits = sent.filter(({ lane }) => lane === 'reply').map(({ at, writtenAt }) => writtenAt - at)
    expect(waits.length).toBeGreaterThan(400)
    expect(percentile(waits, 0.99)).toBeLessThanOrEqual(100)
    expect(percentile(waits, 0.5)).toBe(0)
    expect(sent.length / 120).toBeGreaterThanOrEqual(0.95 * 30)
  })

  it('leaves a tenth of the rate to a broadcast while more people write than can be answered', () => {
    const way = () => ({ thereMs: 5, backMs: 5 })
    const random = dice(5)
    const sent = simulate([...broadcast(1000, way), ...people(60, 60, random, way)], { until: 60_000 })
    const share = sent.filter(({ lane }) => lane === 'bulk').length / sent.length
    expect(share).toBeGreaterThanOrEqual(0.1)
    expect(share).toBeLessThan(0.15)
  })

  it('sends at once what comes when nothing was sent', () => {
    for (const lane of ['reply', 'bulk'] as const) {
      const [sent] = simulate([{ at: 5000, chatId: 1, lane, thereMs: 1, backMs: 1 }])
      expect(sent?.writtenAt).toBe(5000)
    }
  })

  it('answers a person at once although a broadcast has just written to them, three times at most', () => {
    const way = { thereMs: 1, backMs: 1 }
    const bulk = { at: 0, chatId: 1, lane: 'bulk' as const, ...way }
    const reply = { at: 10, chatId: 1, lane: 'reply' as const, ...way }
    const sent = simulate([bulk, reply, reply, reply])
    expect(sent.map(({ writtenAt }) => writtenAt)).toEqual([0, 10, 10, expect.closeTo(3000, -2)])
  })

  it('lets the broadcast wait for a second after a reply, and longer after a burst of them', () => {
    const way = { thereMs: 1, backMs: 1 }
    const reply = { at: 0, chatId: 1, lane: 'reply' as const, ...way }
    const bulk = { at: 10, chatId: 1, lane: 'bulk' as const, ...way }
    expect(simulate([reply, bulk])[1]?.writtenAt).toBeCloseTo(1000, -2)
    expect(simulate([reply, reply, reply, bulk])[3]?.writtenAt).toBeCloseTo(3000, -2)
  })

  it('counts a message that is not answered for as long as it is not', () => {
    const pacing = createPacing({ ...usualRate, global: 1 })
    pacing.join(1, 'bulk', 0)
    pacing.join(2, 'bulk', 0)
    const first = pacing.next(0)
    expect(pacing.next(60_000)).toBeNull()
    expect(pacing.nextAt(60_000)).toBe(Number.POSITIVE_INFINITY)
    if (first) pacing.answered(first, 60_000)
    expect(pacing.next(61_000)).toBeNull()
    expect(pacing.next(61_010)?.waiting.chatId).toBe(2)
  })

  it('gives the place of what was not written to the next', () => {
    const pacing = createPacing({ ...usualRate, global: 1 })
    pacing.join(1, 'reply', 0)
    pacing.join(1, 'reply', 0)
    const first = pacing.next(0)
    expect(pacing.next(0)).toBeNull()
    if (first) pacing.unwritten(first, 0)
    expect(pacing.next(0)).not.toBeNull()
  })

  it('forgets chats when their windows are over', () => {
    const random = dice(1)
    const way = () => ({ thereMs: 1, backMs: 1 })
    const pacing = createPacing({ ...usualRate, paid: true })
    let most = 0
    for (let chatId = 1; chatId <= 50_000; chatId += 1) {
      const now = chatId * 2 + random()
      pacing.join(chatId, 'bulk', now)
      const granted = pacing.next(now)
      if (granted) pacing.answered(granted, now + way().backMs)
      most = Math.max(most, pacing.chats())
    }
    // Five seconds of 500 chats, and those that the round has not come to.
    expect(most).toBeLessThan(10_000)
  })
})

describe('room', () => {
  it('is there when a message that came now would go at once', () => {
    const property = fc.property(requests, rates, fc.constantFrom(...chatIds), (list, rate, chatId) => {
      const pacing = createPacing(rate)
      let now = 0
      for (const request of list) {
        now += request.afterMs
        pacing.join(request.chatId, request.lane, now)
        for (let granted = pacing.next(now); granted; granted = pacing.next(now))
          pacing.answered(granted, now)
      }
      for (const lane of ['reply', 'bulk'] as const) {
        const hasRoom = pacing.hasRoom(chatId, lane, now)
        const waiting = pacing.join(chatId, lane, now)
        const granted = pacing.next(now)
        expect(hasRoom).toBe(granted?.waiting === waiting)
        if (granted) pacing.answered(granted, now)
        else pacing.leave(waiting, now)
      }
    })
    fc.assert(property, { numRuns: 200 })
  })
})

function broadcast(count: number, way: () => { thereMs: number; backMs: number }): Message[] {
  return Array.from({ length: count }, (_, index) => ({
    at: 0,
    chatId: 1_000_000 + index,
    lane: 'bulk' as const,
    ...way(),
  }))
}

/** Replies to people who write at any time, so many a second on average. */
function people(
  seconds: number,
  perSecond: number,
  random: () => number,
  way: () => { thereMs: number; backMs: number },
): Message[] {
  const replies: Message[] = []
  const pauseMs = () => (-Math.log(1 - random()) * 1000) / perSecond
  for (let at = 0; at < seconds * 1000; at += pauseMs())
    replies.push({ at, chatId: 1 + Math.floor(random() * 900_000), lane: 'reply', ...way() })
  return replies
}
