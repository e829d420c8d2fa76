import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createBatch } from '../../../src/lib/api/batch.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

it('keys that come quickly are handed over together, each once, at most four times a second', () => {
  const handed: string[][] = []
  const mark = createBatch(250, (keys) => handed.push(keys.map((key) => key.join('/'))))
  mark([['jobs'], ['runs', 'list']])
  mark([['jobs']])
  vi.advanceTimersByTime(249)
  expect(handed).toEqual([])
  vi.advanceTimersByTime(1)
  mark([['users']])
  vi.advanceTimersByTime(250)
  expect(handed).toEqual([['jobs', 'runs/list'], ['users']])
})
