import { expect, it } from 'vitest'
import { type Entry, entryWords, isRefused, matching } from '../../../page/lib/activityEntries.ts'
import { curlOf } from '../../../page/lib/curl.ts'
import type { RecordedCall } from '../../../src/shapes/events.ts'

const call = (more: Partial<RecordedCall> = {}): RecordedCall => ({
  method: 'sendMessage',
  params: { chat_id: 7, text: 'hello' },
  status: 200,
  response: { ok: true },
  at: 0,
  ...more,
})
const entries: Entry[] = [
  { kind: 'call', key: 1, at: 0, call: call() },
  { kind: 'update', key: 2, at: 0, update: { update_id: 1, message: { text: 'Ping' } }, delivered: true },
  { kind: 'call', key: 3, at: 0, call: call({ status: 400, response: { ok: false, description: 'empty' } }) },
]
const keys = (text: string, refusedOnly = false) =>
  matching(entries, { text, refusedOnly }).map(({ key }) => key)

it('what is sought may stand in request, answer or update, in any case', () => {
  expect(keys('')).toEqual([1, 2, 3])
  expect(keys('ping')).toEqual([2])
  expect(keys('EMPTY')).toEqual([3])
  expect(keys('', true)).toEqual([3])
})

it('a call without an answer counts as refused', () => {
  expect(isRefused(call({ status: 0, response: null }))).toBe(true)
  expect(isRefused(call())).toBe(false)
})

it('an entry is told by what it says', () => {
  expect(entries.map(entryWords)).toEqual(['hello', 'Ping', 'hello'])
  expect(entryWords({ kind: 'call', key: 1, at: 0, call: call({ params: {} }) })).toBe('')
})

it('a line for the shell keeps quotes as they are', () => {
  const line = curlOf(call({ params: { text: "it's" } }), 'http://localhost:1', 'T')
  expect(line).toBe(
    `curl 'http://localhost:1/botT/sendMessage' -H 'content-type: application/json' -d '{"text":"it'\\''s"}'`,
  )
  expect(curlOf(call({ method: 'getMe', params: {} }), 'http://localhost:1', 'T')).toBe(
    `curl 'http://localhost:1/botT/getMe'`,
  )
})
