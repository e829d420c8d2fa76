import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { piecesOf } from '../../../src/lib/runs/entities.ts'

describe('a message', () => {
  it('is cut where what marks it begins and ends', () => {
    const entities = [
      { type: 'bold', offset: 0, length: 5 },
      { type: 'italic', offset: 3, length: 6 },
    ]
    expect(piecesOf('Hello world', entities).map(({ text, kinds }) => [text, kinds])).toEqual([
      ['Hel', ['bold']],
      ['lo', ['bold', 'italic']],
      [' wor', ['italic']],
      ['ld', []],
    ])
  })

  it('loses nothing, whatever its entities say', () => {
    const entity = fc.record({ type: fc.constantFrom('bold', 'url'), offset: fc.nat(40), length: fc.nat(40) })
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.array(entity, { maxLength: 5 }), (text, entities) => {
        expect(
          piecesOf(text, entities)
            .map((piece) => piece.text)
            .join(''),
        ).toBe(text)
      }),
    )
  })

  it.each([
    ['https://kamihi.dev', 'https://kamihi.dev'],
    ['kamihi.dev', 'https://kamihi.dev'],
    ['javascript:alert(1)', null],
    ['data:text/html,x', null],
  ])('that names %s leads to %s', (url, target) => {
    expect(piecesOf('here', [{ type: 'text_link', offset: 0, length: 4, url }])[0]?.url).toBe(target)
  })
})
