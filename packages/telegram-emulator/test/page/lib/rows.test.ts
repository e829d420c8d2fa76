import { describe, expect, it } from 'vitest'
import { dayWords, rowsOf } from '../../../page/lib/rows.ts'
import { message } from './message.ts'

const noon = new Date(2026, 10, 24, 12).getTime() / 1000
const kinds = (...messages: ReturnType<typeof message>[]) => rowsOf(messages, null).map(({ kind }) => kind)

describe('the rows of a conversation', () => {
  it('begin a day with its name, and no day twice', () => {
    const day = { date: noon }
    const next = { date: noon + 86_400 }
    expect(kinds(message(1, day), message(2, day), message(3, next))).toEqual([
      'day',
      'message',
      'message',
      'day',
      'message',
    ])
  })

  it('put the items of an album together, and no others', () => {
    const rows = rowsOf(
      [message(1, { albumId: 'a' }), message(2, { albumId: 'a' }), message(3, { albumId: 'b' }), message(4)],
      null,
    )
    const items = rows.flatMap((row) =>
      row.kind === 'message' ? [row.items.map((one) => one.messageId)] : [],
    )
    expect(items).toEqual([[1, 2], [3], [4]])
  })

  it('keep the key of an album while it grows', () => {
    const first = message(1, { albumId: 'a' })
    const [, before] = rowsOf([first], null)
    const [, after] = rowsOf([first, message(2, { albumId: 'a' })], null)
    expect(after?.key).toBe(before?.key)
  })

  it('name a sender once in a run, and again after a pause or what happened in the chat', () => {
    const rows = rowsOf(
      [
        message(1),
        message(2),
        message(3, { senderId: 9 }),
        message(4, { date: noon + 3600 }),
        message(5, { date: noon + 3600, service: { kind: 'left', userId: 3 } }),
        message(6, { date: noon + 3600 }),
      ].map((one, index) => (index < 3 ? { ...one, date: noon } : one)),
      null,
    )
    const ends = rows.flatMap((row) => (row.kind === 'message' ? [[row.isFirst, row.isLast]] : []))
    expect(ends).toEqual([
      [true, false],
      [false, true],
      [true, true],
      [true, true],
      [true, true],
    ])
  })

  it('mark where the unread ones begin, also when that one is gone', () => {
    const marks = (from: number | null) =>
      rowsOf([message(1), message(3), message(4)], from).map(({ kind }) => kind)
    expect(marks(3)).toEqual(['day', 'message', 'unread', 'message', 'message'])
    expect(marks(2)).toEqual(['day', 'message', 'unread', 'message', 'message'])
    expect(marks(null)).not.toContain('unread')
    expect(marks(9)).not.toContain('unread')
  })
})

it.each([
  [new Date(2026, 10, 24, 1), 'Today'],
  [new Date(2026, 10, 23, 23), 'Yesterday'],
  [new Date(2026, 0, 5), '5 January'],
  [new Date(2025, 11, 31), '31 December 2025'],
])('%s is %s', (day, words) => {
  expect(dayWords(day.getTime(), noon * 1000)).toBe(words)
})
