import { describe, expect, it } from 'vitest'
import { deedOf } from '../../../page/lib/inlineButtons.ts'
import { actionWords, messageWords } from '../../../page/lib/messageWords.ts'
import { initialOf, toneOf } from '../../../page/lib/names.ts'
import { chipsOf } from '../../../page/lib/reactions.ts'
import type { Media } from '../../../src/shapes/media.ts'
import { message } from './message.ts'

const nameOf = (id: number) => ({ 7: 'Ana', 8: 'Luis' })[id] ?? `${id}`
const words = (more: Parameters<typeof message>[1]) => messageWords(message(1, more), nameOf)

describe('a message in a few words', () => {
  it('is its text in one line, with what it carries', () => {
    expect(words({ text: 'two\nlines' })).toBe('two lines')
    const photo: Media = { kind: 'photo', photo: [] }
    expect(words({ text: '', media: photo })).toBe('Photo')
    expect(words({ text: 'the lake', media: photo })).toBe('Photo: the lake')
    expect(words({ text: '', media: { kind: 'dice', dice: { emoji: '🎲', value: 4 } } })).toBe('🎲 4')
  })

  it('tells what happened in the chat', () => {
    expect(words({ service: { kind: 'joined', userIds: [7, 8] } })).toBe('Ana, Luis joined')
    expect(words({ service: { kind: 'left', userId: 7 } })).toBe('Ana left')
  })
})

it('what the bot is doing has words, also when it is unheard of', () => {
  expect(actionWords('typing')).toBe('is typing …')
  expect(actionWords('juggle')).toBe('is busy …')
})

it('a button does what it says, and a link to nowhere good does nothing', () => {
  expect(deedOf({ text: 'A', callback_data: '' })).toEqual({ kind: 'callback', data: '' })
  expect(deedOf({ text: 'A', url: 'https://kamihi.dev' })).toMatchObject({ kind: 'link' })
  expect(deedOf({ text: 'A', url: 'javascript:alert(1)' })).toMatchObject({ kind: 'dead' })
  expect(deedOf({ text: 'A', copy_text: { text: 'x' } } as never)).toEqual({ kind: 'copy', text: 'x' })
  expect(deedOf({ text: 'A', pay: true } as never)).toEqual({
    kind: 'dead',
    why: 'Payments are not modelled here',
  })
})

it('reactions are counted, with one’s own marked', () => {
  const reactions = [
    { senderId: 8, emoji: '🔥' },
    { senderId: 7, emoji: '👍' },
    { senderId: 9, emoji: '🔥' },
  ]
  expect(chipsOf(reactions, 7)).toEqual([
    { emoji: '🔥', count: 2, isMine: false },
    { emoji: '👍', count: 1, isMine: true },
  ])
  expect(chipsOf(undefined, 7)).toEqual([])
})

it('a name begins with a whole letter and keeps its colour', () => {
  expect(initialOf('🎉 party')).toBe('🎉')
  expect(initialOf('ana')).toBe('A')
  expect(initialOf(' ')).toBe('?')
  expect(toneOf(-1001)).toBe(toneOf(-1001))
})
