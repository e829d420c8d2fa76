import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { EntityType, MessageEntity } from '../../src/shapes/media.ts'
import { parseText } from '../../src/text/parseText.ts'

const parse = (source: string, mode: string) => parseText(source, mode)
const spans = (source: string, mode: string) => {
  const parsed = parse(source, mode)
  return parsed?.entities.map(
    ({ type, offset, length }) => `${type} "${parsed.text.slice(offset, offset + length)}"`,
  )
}

describe('MarkdownV2', () => {
  it.each([
    [
      '*bold* _italic_ __under__ ~gone~ ||secret||',
      ['bold "bold"', 'italic "italic"', 'underline "under"', 'strikethrough "gone"', 'spoiler "secret"'],
    ],
    [
      '*bold _italic bold ~all~_ end*',
      ['bold "bold italic bold all end"', 'italic "italic bold all"', 'strikethrough "all"'],
    ],
    ['[here](https://kamihi.dev/a\\)b)', ['text_link "here"']],
    ['[Ana](tg://user?id=7)', ['text_mention "Ana"']],
    ['[gone](nowhere)', []],
    ['`a*b` and ```ts\nlet a = 1```', ['code "a*b"', 'pre "let a = 1"']],
    ['>quoted\n>still\nnot', ['blockquote "quoted\nstill"']],
    ['1\\. escaped \\*star\\*', []],
    ['🎉 *party*', ['bold "party"']],
    ['**', []],
  ])('%j', (source, expected) => {
    expect(spans(source, 'MarkdownV2')).toEqual(expected)
  })

  it.each([
    ['Done.', "Character '.' is reserved and must be escaped with the preceding '\\'"],
    ['a-b', "Character '-' is reserved and must be escaped with the preceding '\\'"],
    ['1 | 2', "Character '|' is reserved and must be escaped with the preceding '\\'"],
    ['a > b', "Character '>' is reserved and must be escaped with the preceding '\\'"],
    ['ä *bold', "Can't find end of Bold entity at byte offset 3"],
    ['_italic', "Can't find end of Italic entity at byte offset 0"],
    ['[link', "Can't find end of TextUrl entity at byte offset 0"],
    ['[link](http://a.b', "Can't find end of a URL at byte offset 7"],
    ['`code', "Can't find end of Code entity at byte offset 0"],
  ])('%j is refused in the words of Telegram', (source, message) => {
    expect(() => parse(source, 'MarkdownV2')).toThrow(message)
  })
})

describe('HTML', () => {
  it.each([
    [
      '<b>bold</b> <i>it</i> <u>u</u> <s>s</s> <tg-spoiler>x</tg-spoiler>',
      ['bold "bold"', 'italic "it"', 'underline "u"', 'strikethrough "s"', 'spoiler "x"'],
    ],
    ['<b>bold <i>both</i></b>', ['bold "bold both"', 'italic "both"']],
    ['<a href="https://kamihi.dev?a=1&amp;b=2">here</a>', ['text_link "here"']],
    ['<pre><code class="language-ts">let a</code></pre>', ['pre "let a"']],
    ['<code>a &lt; b</code>', ['code "a < b"']],
    ['<blockquote expandable>long</blockquote>', ['expandable_blockquote "long"']],
    ['<span class="tg-spoiler">x</span>', ['spoiler "x"']],
    ['&amp; &#65; &unknown;', []],
  ])('%j', (source, expected) => {
    expect(spans(source, 'HTML')).toEqual(expected)
  })

  it('gives the language of a block of code, and the address of a link', () => {
    expect(parse('<pre><code class="language-ts">a</code></pre>', 'HTML')?.entities).toEqual([
      { type: 'pre', offset: 0, length: 1, language: 'ts' },
    ])
    expect(parse('<a href="kamihi.dev">a</a>', 'HTML')?.entities[0]?.url).toBe('http://kamihi.dev/')
  })

  it.each([
    ['<h1>x</h1>', 'Unsupported start tag "h1" at byte offset 0'],
    ['a < b', 'Unsupported start tag "" at byte offset 2'],
    ['<b', 'Unclosed start tag at byte offset 0'],
    ['<b>x', 'Can\'t find end tag corresponding to start tag "b"'],
    ['x</b>', 'Unexpected end tag at byte offset 1'],
    ['<b>x</i>', 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'],
    ['<span>x</span>', 'Tag "span" must have class "tg-spoiler" at byte offset 0'],
    ['<a href="x>y</a>', 'Unclosed start tag "a" at byte offset 0'],
  ])('%j is refused in the words of Telegram', (source, message) => {
    expect(() => parse(source, 'HTML')).toThrow(message)
  })
})

describe('the old Markdown', () => {
  it.each([
    [
      '*bold* _it_ `code` [a](http://kamihi.dev)',
      ['bold "bold"', 'italic "it"', 'code "code"', 'text_link "a"'],
    ],
    ['```py\nprint()```', ['pre "print()"']],
    ['\\*not bold\\*', []],
  ])('%j', (source, expected) => {
    expect(spans(source, 'Markdown')).toEqual(expected)
  })

  it('is refused where an entity has no end', () => {
    expect(() => parse('it is *bold', 'Markdown')).toThrow(
      "Can't find end of the entity starting at byte offset 6",
    )
  })
})

it('white space around a text is taken away, and its entities move with it', () => {
  expect(parse('  *bold*\n', 'MarkdownV2')).toEqual({
    text: 'bold',
    entities: [{ type: 'bold', offset: 0, length: 4 }],
  })
})

interface Node {
  type: EntityType
  before: string
  inside: Node | null
  after: string
}

// Each part begins and ends with a letter, so that no marks touch each other.
const words = fc
  .string({
    unit: fc.constantFrom('a', 'é', '🎉', '*', '_', '`', '<', '&', '.', '[', '\\', ' '),
    maxLength: 8,
  })
  .map((text) => `x${text}x`)
/** Entities of different kinds, one inside of the other. */
const node: fc.Arbitrary<Node> = fc
  .record({
    types: fc.shuffledSubarray<EntityType>(['bold', 'italic', 'underline', 'strikethrough', 'spoiler'], {
      minLength: 1,
    }),
    texts: fc.array(words, { minLength: 10, maxLength: 10 }),
  })
  .map(
    ({ types, texts }) =>
      types.reduce<Node | null>(
        (inside, type, index) => ({
          type,
          before: texts[2 * index] as string,
          inside,
          after: texts[2 * index + 1] as string,
        }),
        null,
      ) as Node,
  )

function entitiesOf(
  { type, before, inside, after }: Node,
  offset = 0,
): { text: string; entities: MessageEntity[] } {
  const inner = inside ? entitiesOf(inside, offset + before.length) : { text: '', entities: [] }
  const text = before + inner.text + after
  return { text, entities: [{ type, offset, length: text.length }, ...inner.entities] }
}

const marks: Record<string, [string, string]> = {
  bold: ['*', 'b'],
  italic: ['_', 'i'],
  underline: ['__', 'u'],
  strikethrough: ['~', 's'],
  spoiler: ['||', 'tg-spoiler'],
}
const inMarkdown = ({ type, before, inside, after }: Node): string => {
  const escaped = (text: string) => text.replace(/[_*[\]()~`>#+\-=|{}.!\\]/g, '\\$&')
  const mark = marks[type]?.[0]
  return `${mark}${escaped(before)}${inside ? inMarkdown(inside) : ''}${escaped(after)}${mark}`
}
const inHtml = ({ type, before, inside, after }: Node): string => {
  const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
  const tag = marks[type]?.[1]
  return `<${tag}>${escaped(before)}${inside ? inHtml(inside) : ''}${escaped(after)}</${tag}>`
}

it('text and entities survive being written in MarkdownV2 and in HTML', () => {
  fc.assert(
    fc.property(node, (tree) => {
      const expected = entitiesOf(tree)
      expect(parse(inMarkdown(tree), 'MarkdownV2')).toEqual(expected)
      expect(parse(inHtml(tree), 'HTML')).toEqual(expected)
    }),
  )
})

it('whatever is sent is parsed or refused, and entities stay inside of their text', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom(...'ab *_~|`[]()<>/&;!\\\n"=.'.split(''), '🎉', '<b>', '</b>') }),
      fc.constantFrom('MarkdownV2', 'HTML', 'Markdown'),
      (source, mode) => {
        try {
          const { text, entities } = parse(source, mode) ?? { text: '', entities: [] }
          for (const { offset, length } of entities)
            expect(length > 0 && offset + length <= text.length).toBe(true)
        } catch (error) {
          expect((error as Error).constructor.name).toBe('ParseError')
        }
      },
    ),
    { numRuns: 2000 },
  )
})
