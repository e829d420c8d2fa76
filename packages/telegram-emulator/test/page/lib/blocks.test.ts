import { expect, it } from 'vitest'
import { type Block, blocksOf } from '../../../page/lib/blocks.ts'

const words = (blocks: Block[]): unknown[] =>
  blocks.map((block) => {
    if (block.kind === 'pre') return { pre: block.text, language: block.language }
    if (block.kind === 'quote') return { quote: words(block.blocks) }
    return block.pieces.map(({ text }) => text).join('')
  })

it('code and quotes stand below the text around them, without empty lines', () => {
  const text = 'before\nlet x\nafter'
  const blocks = blocksOf(text, [{ type: 'pre', offset: 7, length: 5, language: 'ts' }])
  expect(words(blocks)).toEqual(['before\n', { pre: 'let x', language: 'ts' }, 'after'])
})

it('a quote holds formatting and code of its own', () => {
  const text = 'bold code'
  const blocks = blocksOf(text, [
    { type: 'blockquote', offset: 0, length: 9 },
    { type: 'bold', offset: 0, length: 4 },
    { type: 'pre', offset: 5, length: 4 },
  ])
  expect(words(blocks)).toEqual([{ quote: ['bold ', { pre: 'code', language: null }] }])
  expect(blocks).toMatchObject([{ expandable: false, blocks: [{ pieces: [{ kinds: ['bold'] }, {}] }, {}] }])
})

it('a text without either is one block, and an empty one none', () => {
  expect(words(blocksOf('plain', []))).toEqual(['plain'])
  expect(blocksOf('', [])).toEqual([])
})

it('entities beyond the text change nothing', () => {
  expect(words(blocksOf('abc', [{ type: 'blockquote', offset: 1, length: 50 }]))).toEqual(['abc'])
})
