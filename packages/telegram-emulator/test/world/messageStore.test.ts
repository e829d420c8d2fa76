import { describe, expect, it } from 'vitest'
import { createArrivals } from '../../src/world/arrivals.ts'
import { createMessageStore } from '../../src/world/messageStore.ts'

const message = (chatId: number) => ({ chatId, from: 'user' as const, senderId: 7, text: 'x', entities: [] })
const idsOf = (store: ReturnType<typeof createMessageStore>, chatId: number) =>
  store.list(chatId).map(({ messageId }) => messageId)

describe('messages', () => {
  it('of a chat are dropped from the oldest when there are too many in it', () => {
    const store = createMessageStore(
      () => 0,
      { messagesPerChat: 2, messages: 100 },
      () => {},
    )
    for (let n = 0; n < 5; n += 1) store.add(message(7))
    expect(idsOf(store, 7)).toEqual([4, 5])
  })

  it('of all chats are dropped from the oldest when there are too many in all', () => {
    const store = createMessageStore(
      () => 0,
      { messagesPerChat: 100, messages: 3 },
      () => {},
    )
    for (const chatId of [7, 8, 7, 8]) store.add(message(chatId))
    expect([idsOf(store, 7), idsOf(store, 8)]).toEqual([[2], [1, 2]])
  })
})

describe('the order in which messages came', () => {
  it('does not grow with messages that are long gone', () => {
    const there = new Set([999, 1000])
    const arrivals = createArrivals(10, ({ messageId }) => there.has(messageId))
    for (let messageId = 1; messageId <= 1000; messageId += 1) {
      arrivals.push({ chatId: 7, messageId })
      expect(arrivals.size()).toBeLessThanOrEqual(20)
    }
  })

  it('keeps what is there', () => {
    const arrivals = createArrivals(2, ({ messageId }) => messageId !== 2)
    for (const messageId of [1, 2, 3, 4, 5]) arrivals.push({ chatId: 7, messageId })
    expect([arrivals.shift(), arrivals.shift()].map((each) => each?.messageId)).toEqual([1, 3])
  })
})
