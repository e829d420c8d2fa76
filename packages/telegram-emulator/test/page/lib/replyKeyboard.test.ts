import { expect, it } from 'vitest'
import { replyKeyboardOf } from '../../../page/lib/replyKeyboard.ts'
import type { EmulatedMessage, ReplyMarkup } from '../../../src/types.ts'

const message = (from: 'bot' | 'user', replyMarkup?: ReplyMarkup): EmulatedMessage => ({
  messageId: 1,
  chatId: 7,
  from,
  text: '',
  entities: [],
  date: 0,
  ...(replyMarkup ? { replyMarkup } : {}),
})
const keys = message('bot', { keyboard: [['Yes', { text: 'No' }]] })

it('a keyboard stays until the bot sends another or takes it away', () => {
  expect(replyKeyboardOf([])).toEqual([])
  expect(replyKeyboardOf([keys, message('bot'), message('user')])).toEqual([['Yes', 'No']])
  expect(replyKeyboardOf([keys, message('bot', { keyboard: [['Later']] })])).toEqual([['Later']])
  expect(replyKeyboardOf([keys, message('bot', { remove_keyboard: true })])).toEqual([])
})
