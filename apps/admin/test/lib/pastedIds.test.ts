import { expect, it } from 'vitest'
import { pastedIds } from '../../src/lib/pastedIds.ts'

it.each([
  ['1001\n1002\r\n1003', [1001, 1002, 1003]],
  ['1001, 1002; 1001', [1001, 1002]],
])('reads %j as Telegram IDs, each once', (text, ids) => {
  expect(pastedIds(text)).toEqual(ids)
})

it.each(['Ana', '1001', 'Ana Luis', '1001 Ana', ''])('leaves %j to the search', (text) => {
  expect(pastedIds(text)).toBeNull()
})
