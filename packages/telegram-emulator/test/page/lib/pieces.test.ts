import { expect, it } from 'vitest'
import { piecesOf } from '../../../page/lib/pieces.ts'

it('a text is cut where formatting begins and ends, and nothing of it is lost', () => {
  const pieces = piecesOf('see kamihi.dev now', [
    { type: 'bold', offset: 0, length: 14 },
    { type: 'url', offset: 4, length: 10 },
    { type: 'text_link', offset: 15, length: 3, url: 'javascript:alert(1)' },
  ])
  expect(pieces.map(({ text }) => text).join('')).toBe('see kamihi.dev now')
  expect(pieces).toContainEqual({ text: 'kamihi.dev', kinds: ['bold', 'url'], href: 'https://kamihi.dev' })
  expect(pieces.at(-1)).toEqual({ text: 'now', kinds: ['text_link'], href: null })
})

it('emoji count as Telegram counts them', () => {
  expect(piecesOf('🎉 party', [{ type: 'bold', offset: 3, length: 5 }])).toEqual([
    { text: '🎉 ', kinds: [], href: null },
    { text: 'party', kinds: ['bold'], href: null },
  ])
})
