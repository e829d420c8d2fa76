import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { text } from '../../src/index.ts'
import { formatMarkdown, parseMarkdown } from '../../src/output/markdown.ts'

describe('Markdown', () => {
  it('becomes text and spans', () => {
    expect(text('Hello **Ana** _and_ `x` [site](https://a.b) ||boo||')).toEqual([
      {
        kind: 'text',
        text: 'Hello Ana and x site boo',
        entities: [
          { type: 'bold', offset: 6, length: 3 },
          { type: 'italic', offset: 10, length: 3 },
          { type: 'code', offset: 14, length: 1 },
          { type: 'text_link', offset: 16, length: 4, url: 'https://a.b' },
          { type: 'spoiler', offset: 21, length: 3 },
        ],
      },
    ])
  })

  it('counts as JavaScript does, so that an emoji is two', () => {
    expect(text('📊 **Report**')[0]?.entities).toEqual([{ type: 'bold', offset: 3, length: 6 }])
  })

  it('shows lists, headings and code', () => {
    expect(text('# Title\n\n- a\n- b\n\n```js\nx\n```')[0]).toMatchObject({
      text: 'Title\n\n⦁ a\n⦁ b\n\nx',
      entities: [{ type: 'bold' }, { type: 'pre', language: 'js' }],
    })
  })

  it('is split where it is too long, and nothing of it is lost', () => {
    const parts = text(Array.from({ length: 900 }, (_, n) => `word${n}`).join(' '))
    expect(parts).toHaveLength(2)
    expect(
      parts
        .map((part) => part.text)
        .join(' ')
        .split(' '),
    ).toHaveLength(900)
  })

  it('never makes a span that is outside of its text', () => {
    fc.assert(
      fc.property(
        fc
          .array(
            fc.constantFrom(
              '**',
              '_',
              '`',
              '~~',
              '||',
              '[a](b)',
              '\n',
              '\n\n',
              '- ',
              '# ',
              '😀',
              'word ',
              '> ',
              '```\n',
            ),
          )
          .map((bits) => bits.join('')),
        (markdown) => {
          for (const part of text(markdown)) {
            expect(part.text.length).toBeLessThanOrEqual(4096)
            for (const { offset, length } of part.entities) {
              expect(length).toBeGreaterThan(0)
              expect(offset + length).toBeLessThanOrEqual(part.text.length)
            }
          }
        },
      ),
    )
  })

  it('is the same for a line without marks, which is not parsed at all', () => {
    const bits = [
      'Report',
      'www',
      'http',
      'ñ',
      '7',
      '1.',
      '2)',
      ' ',
      '  ',
      '.',
      ',',
      ': ',
      ':',
      '/',
      '!',
      "'",
      '"',
      '?',
      '€',
      '(',
      ')',
      ' - ',
      '\n',
      '*',
      '_',
      '&amp;',
      'a@b.co',
    ]
    const line = fc.array(fc.constantFrom(...bits), { maxLength: 8 }).map((parts) => parts.join(''))
    fc.assert(
      fc.property(line, (markdown) => {
        expect(formatMarkdown(markdown)).toEqual(parseMarkdown(markdown))
      }),
      { numRuns: 500 },
    )
  })
})
