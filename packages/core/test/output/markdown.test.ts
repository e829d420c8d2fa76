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

  // An action may repeat what somebody answered, who may want to stop the bot.
  it.each([
    ['quotes', `a\n${'>'.repeat(4090)}`],
    ['quotes with spaces', '> '.repeat(2045)],
    ['lists', '- '.repeat(2045)],
    ['numbered lists', '1. '.repeat(1360)],
    ['quotes and lists', `a\n\n${'> - '.repeat(1000)}`],
    ['marks', `${'*'.repeat(4000)}a${'*'.repeat(4000)}`],
    ['marks of two kinds', `${'*_'.repeat(1000)}a${'_*'.repeat(1000)}`],
  ])('shows %s in one another without end as they stand', (_, markdown) => {
    expect(parseMarkdown(markdown)).toEqual({ text: markdown.trimEnd(), entities: [] })
  })

  it('still knows what people write: rules, banners in code, quotes in quotes', () => {
    expect(parseMarkdown(`a\n\n${'-'.repeat(60)}\n\n> > > b`)).toMatchObject({
      text: 'a\n\n———\n\nb',
      entities: [{ type: 'blockquote' }, { type: 'blockquote' }, { type: 'blockquote' }],
    })
    const banner = `/${'*'.repeat(60)}/`
    expect(parseMarkdown(`\`\`\`c\n${banner}\n\`\`\``).entities).toMatchObject([{ type: 'pre' }])
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
