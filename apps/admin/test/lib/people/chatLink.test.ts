import { expect, it } from 'vitest'
import { chatLink } from '../../../src/lib/people/chatLink.ts'

it('leads to the chat of somebody, while there is an emulator and their number may be seen', () => {
  const chat = 'http://127.0.0.1:4400/?key=abc'
  expect(chatLink(chat, { telegramId: 1001 })).toBe('http://127.0.0.1:4400/?key=abc&person=1001')
  expect(chatLink(null, { telegramId: 1001 })).toBeNull()
  expect(chatLink(chat, { telegramId: 0 })).toBeNull()
})
