import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyEvent, type MessageEvent } from '../../../page/lib/messageEvents.ts'
import { message } from './message.ts'

const ids = (...events: MessageEvent[]) =>
  events.reduce(applyEvent, [message(1), message(2)]).map(({ messageId }) => messageId)

const anyEvent = fc.oneof(
  fc.integer({ min: 1, max: 9 }).map((id): MessageEvent => ({ type: 'message', message: message(id) })),
  fc
    .tuple(fc.integer({ min: 1, max: 9 }), fc.string())
    .map(([id, text]): MessageEvent => ({ type: 'edited', message: message(id, { text }) })),
  fc
    .array(fc.integer({ min: 1, max: 9 }))
    .map((messageIds): MessageEvent => ({ type: 'deleted', chatId: 7, messageIds })),
)

describe('events of a conversation', () => {
  it('add, change and take away messages, in the order of their ids', () => {
    expect(ids({ type: 'message', message: message(4) }, { type: 'message', message: message(3) })).toEqual([
      1, 2, 3, 4,
    ])
    expect(ids({ type: 'deleted', chatId: 7, messageIds: [1, 8] })).toEqual([2])
    const edited = applyEvent([message(1)], { type: 'edited', message: message(1, { text: 'new' }) })
    expect(edited).toMatchObject([{ text: 'new' }])
    expect(ids({ type: 'edited', message: message(9) })).toEqual([1, 2])
  })

  it('do the same when they are replayed over an answer that holds some of them already', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 12 }), fc.nat(12), (events, held) => {
        const whole = events.reduce(applyEvent, [])
        const loaded = events.slice(0, held).reduce(applyEvent, [])
        // What was on its way when loading began is replayed from the first event that may be missing.
        expect(events.reduce(applyEvent, loaded)).toEqual(whole)
      }),
    )
  })

  it('leave no more than the emulator keeps', () => {
    const many = Array.from({ length: 500 }, (_, index) => message(index + 1))
    const after = applyEvent(many, { type: 'message', message: message(501) })
    expect([after.length, after[0]?.messageId]).toEqual([500, 2])
  })
})
