import { expect, it } from 'vitest'
import { createWindow, createWindows, record, waitForRoom } from '../../src/flood/window.ts'

const limit = { most: 3, perMs: 1000 }

it('counts a message from its own time until just before the span is over', () => {
  const window = createWindow()
  record(window, 3, 5000)
  expect([5000, 5001, 5999, 6000].map((at) => waitForRoom(window, limit, 1, at))).toEqual([1000, 999, 1, 0])
})

it('waits for as many of the oldest as the new ones need', () => {
  const window = createWindow()
  for (const at of [0, 300, 600]) record(window, 1, at)
  expect([1, 2, 3].map((count) => waitForRoom(window, limit, count, 700))).toEqual([300, 600, 900])
})

it('keeps one entry for what came in the same millisecond', () => {
  const window = createWindow()
  for (const at of [0, 0, 0, 1]) record(window, 1, at)
  expect(window).toMatchObject({ used: 4, entries: [{ count: 3 }, { count: 1 }] })
})

it('lets more than the limit go when it is empty, and then waits for all of them', () => {
  const window = createWindow()
  record(window, 1, 0)
  expect(waitForRoom(window, limit, 10, 1)).toBe(999)
  expect(waitForRoom(window, limit, 10, 1000)).toBe(0)
  record(window, 10, 1000)
  expect(waitForRoom(window, limit, 1, 1400)).toBe(600)
  expect(waitForRoom(window, limit, 1, 2000)).toBe(0)
})

it('keeps no more than what still counts and as much again', () => {
  const window = createWindow()
  for (let at = 0; at < 100_000; at += 10) {
    if (waitForRoom(window, { most: 50, perMs: 1000 }, 1, at) === 0) record(window, 1, at)
    expect(window.entries.length).toBeLessThanOrEqual(100)
  }
})

it('drops the windows of chats that have fallen silent, and no others', () => {
  const windows = createWindows(limit)
  const busy = windows.of(1, 0)
  record(busy, 1, 0)
  const closed = windows.of(2, 0)
  closed.closedUntil = 1_000_000
  for (let chatId = 3; chatId < 200_000; chatId++) {
    record(windows.of(chatId, chatId), 1, chatId)
    if (chatId % 500 === 0) record(busy, 1, chatId)
  }
  expect(windows.size()).toBeGreaterThanOrEqual(1000)
  expect(windows.size()).toBeLessThan(4000)
  expect(windows.of(1, 200_000)).toBe(busy)
  expect(windows.of(2, 200_000)).toBe(closed)
})

it('drops them all when only one chat is left', () => {
  const windows = createWindows(limit)
  for (let chatId = 2; chatId < 1000; chatId++) record(windows.of(chatId, 0), 1, 0)
  for (let call = 0; call < 1100; call++) record(windows.of(1, 1000 + call), 1, 1000 + call)
  expect(windows.size()).toBe(1)
})
