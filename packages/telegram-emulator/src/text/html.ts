import type { MessageEntity } from '../shapes/media.ts'
import {
  addEntity,
  bytesBefore,
  createBuilder,
  linkOf,
  type OpenEntity,
  ParseError,
  type TextBuilder,
} from './builder.ts'

const types: Record<string, string> = {
  b: 'bold',
  strong: 'bold',
  i: 'italic',
  em: 'italic',
  u: 'underline',
  ins: 'underline',
  s: 'strikethrough',
  strike: 'strikethrough',
  del: 'strikethrough',
  'tg-spoiler': 'spoiler',
  span: 'spoiler',
  'tg-emoji': 'custom_emoji',
  a: 'text_link',
  code: 'code',
  pre: 'pre',
  blockquote: 'blockquote',
}
const named: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"' }

/** A tag that is open; `type` is its name. */
type OpenTag = OpenEntity

/**
 * Text in HTML (https://core.telegram.org/bots/api#html-style), with the rules and the words of TDLib's parser.
 * @throws ParseError in Telegram's words
 */
export function parseHtml(source: string): { text: string; entities: MessageEntity[] } {
  const builder = createBuilder()
  let at = 0
  while (at < source.length) {
    if (source[at] === '&') {
      const [char, after] = characterAt(source, at)
      builder.text += char
      at = after
    } else if (source[at] !== '<') {
      builder.text += source[at]
      at += 1
    } else {
      at = source[at + 1] === '/' ? takeEndTag(builder, source, at) : takeStartTag(builder, source, at)
    }
  }
  const unclosed = builder.open.at(-1)
  if (unclosed) throw new ParseError(`Can't find end tag corresponding to start tag "${unclosed.type}"`)
  return { text: builder.text, entities: builder.entities.map(withoutLanguage) }
}

/** A language means something in a block of code only. */
function withoutLanguage(entity: MessageEntity): MessageEntity {
  const { language, ...rest } = entity
  return entity.type === 'pre' && language ? entity : rest
}

/** `&lt;`, `&#65;`, `&#x41;`; anything else is an ampersand. */
function characterAt(source: string, at: number): [string, number] {
  const found = /^&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]+));?/i.exec(source.slice(at, at + 12))
  if (!found) return ['&', at + 1]
  const [whole, decimal, hex, name] = found
  const code = decimal ? Number(decimal) : hex ? Number.parseInt(hex, 16) : null
  const char =
    code === null ? named[name ?? ''] : code > 0 && code < 0x10_ff_ff ? String.fromCodePoint(code) : undefined
  return char === undefined ? ['&', at + 1] : [char, at + whole.length]
}

function takeStartTag(builder: TextBuilder, source: string, at: number): number {
  const byteOffset = bytesBefore(source, at)
  let end = at + 1
  while (end < source.length && !/[\s>]/.test(source[end] as string)) end += 1
  if (end >= source.length) throw new ParseError(`Unclosed start tag at byte offset ${byteOffset}`)
  const tag = source.slice(at + 1, end).toLowerCase()
  if (!types[tag]) throw new ParseError(`Unsupported start tag "${tag}" at byte offset ${byteOffset}`)
  const [attributes, after] = attributesAt(source, end, tag, byteOffset)
  const argument = argumentOf(tag, attributes)
  if (tag === 'span' && argument !== 'spoiler')
    throw new ParseError(`Tag "span" must have class "tg-spoiler" at byte offset ${byteOffset}`)
  builder.open.push({ type: tag, argument, offset: builder.text.length, byteOffset })
  return after
}

function argumentOf(tag: string, attributes: Map<string, string>): string {
  const className = attributes.get('class') ?? ''
  if (tag === 'a') return attributes.get('href') ?? ''
  if (tag === 'code') return className.startsWith('language-') ? className.slice('language-'.length) : ''
  if (tag === 'span') return className.startsWith('tg-') ? className.slice('tg-'.length) : ''
  if (tag === 'tg-emoji') return attributes.get('emoji-id') ?? ''
  if (tag === 'blockquote') return attributes.has('expandable') ? 'expandable' : ''
  return ''
}

function attributesAt(
  source: string,
  from: number,
  tag: string,
  byteOffset: number,
): [Map<string, string>, number] {
  const attributes = new Map<string, string>()
  const unclosed = () => new ParseError(`Unclosed start tag "${tag}" at byte offset ${byteOffset}`)
  let at = from
  for (;;) {
    while (/\s/.test(source[at] ?? '')) at += 1
    if (at >= source.length) throw unclosed()
    if (source[at] === '>') return [attributes, at + 1]
    const name = /^[^\s=>/"']*/.exec(source.slice(at))?.[0].toLowerCase() ?? ''
    if (name === '')
      throw new ParseError(`Empty attribute name in the tag "${tag}" at byte offset ${byteOffset}`)
    at += name.length
    while (/\s/.test(source[at] ?? '')) at += 1
    if (source[at] !== '=') {
      attributes.set(name, '')
      continue
    }
    at += 1
    while (/\s/.test(source[at] ?? '')) at += 1
    if (at >= source.length) throw unclosed()
    const [value, after] = valueAt(source, at, unclosed)
    attributes.set(name, value)
    at = after
  }
}

function valueAt(source: string, at: number, unclosed: () => ParseError): [string, number] {
  const quote = source[at] as string
  if (quote !== '"' && quote !== "'") {
    const token = /^[\w.-]*/.exec(source.slice(at))?.[0] ?? ''
    const after = at + token.length
    if (!/[\s>]/.test(source[after] ?? ''))
      throw new ParseError(`Unexpected end of name token at byte offset ${bytesBefore(source, at)}`)
    return [token.toLowerCase(), after]
  }
  let value = ''
  let end = at + 1
  while (end < source.length && source[end] !== quote) {
    if (source[end] === '&') {
      const [char, after] = characterAt(source, end)
      value += char
      end = after
    } else {
      value += source[end]
      end += 1
    }
  }
  if (end >= source.length) throw unclosed()
  return [value, end + 1]
}

function takeEndTag(builder: TextBuilder, source: string, at: number): number {
  const byteOffset = bytesBefore(source, at)
  const tag = builder.open.at(-1)
  if (!tag) throw new ParseError(`Unexpected end tag at byte offset ${byteOffset}`)
  const found = /^<\/([^\s>]*)\s*>/.exec(source.slice(at))
  if (!found) throw new ParseError(`Unclosed end tag at byte offset ${byteOffset}`)
  const name = (found[1] ?? '').toLowerCase()
  if (name !== '' && name !== tag.type)
    throw new ParseError(
      `Unmatched end tag at byte offset ${byteOffset}, expected "</${tag.type}>", found "</${name}>"`,
    )
  builder.open.pop()
  closeTag(builder, tag)
  return at + found[0].length
}

function closeTag(builder: TextBuilder, tag: OpenTag): void {
  const { offset, argument } = tag
  const add = (type: string, more: Partial<MessageEntity> = {}) => addEntity(builder, { type, offset }, more)
  switch (tag.type) {
    case 'a': {
      const link = linkOf(argument || builder.text.slice(offset))
      return link ? add(link.type ?? 'text_link', link) : undefined
    }
    case 'tg-emoji':
      return add('custom_emoji', { custom_emoji_id: argument })
    case 'blockquote':
      return add(argument === 'expandable' ? 'expandable_blockquote' : 'blockquote')
    case 'code':
      return add('code', argument ? { language: argument } : {})
    case 'pre':
      return closePre(builder, offset)
    default:
      return add(types[tag.type] as string)
  }
}

/** `<pre><code class="language-x">` is one block of code in that language. */
function closePre(builder: TextBuilder, offset: number): void {
  const inner = builder.entities.at(-1)
  const isWhole =
    inner?.type === 'code' && inner.offset === offset && inner.length === builder.text.length - offset
  if (isWhole) builder.entities.pop()
  addEntity(builder, { type: 'pre', offset }, isWhole && inner.language ? { language: inner.language } : {})
}
