import { expect, it } from 'vitest'
import { forcedReplyOf, replyKeyboardOf, whyKeyIsDead } from '../../../page/lib/replyKeyboard.ts'
import type { ReplyMarkup } from '../../../src/shapes/messages.ts'
import { message } from './message.ts'

const withMarkup = (replyMarkup: ReplyMarkup, id = 1) => message(id, { replyMarkup })
const keys = withMarkup({ keyboard: [[{ text: 'Yes' }, { text: 'No' }]] })
const rowsOf = (...messages: ReturnType<typeof message>[]) =>
  replyKeyboardOf(messages)?.rows.map((row) => row.map(({ text }) => text)) ?? null

it('a keyboard stays until the bot sends another or takes it away', () => {
  expect(rowsOf()).toBeNull()
  expect(rowsOf(keys, message(2), message(3, { from: 'user' }))).toEqual([['Yes', 'No']])
  expect(rowsOf(keys, withMarkup({ keyboard: [[{ text: 'Later' }]] }))).toEqual([['Later']])
  expect(rowsOf(keys, withMarkup({ remove_keyboard: true }))).toBeNull()
  expect(rowsOf(keys, withMarkup({ inline_keyboard: [] }))).toEqual([['Yes', 'No']])
})

it('a plain text is a button, too', () => {
  expect(rowsOf(withMarkup({ keyboard: [['Yes' as never]] }))).toEqual([['Yes']])
})

it('an answer is asked for until somebody writes', () => {
  const asked = withMarkup({ force_reply: true }, 4)
  expect(forcedReplyOf([message(3), asked])?.messageId).toBe(4)
  expect(forcedReplyOf([asked, message(5, { from: 'user' })])).toBeNull()
  expect(forcedReplyOf([])).toBeNull()
})

it('keys that are not modelled say so', () => {
  expect(whyKeyIsDead({ text: 'Yes' })).toBeNull()
  expect(whyKeyIsDead({ text: 'Poll', request_poll: {} } as never)).toContain('not modelled')
})
