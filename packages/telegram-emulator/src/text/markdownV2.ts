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

const reserved = '_*[]()~`>#+-=|{}.!'
/** How Telegram calls them when one is not closed. */
const names: Record<string, string> = {
  bold: 'Bold',
  italic: 'Italic',
  underline: 'Underline',
  strikethrough: 'Strikethrough',
  spoiler: 'Spoiler',
  code: 'Code',
  pre: 'Pre',
  text_link: 'TextUrl',
  custom_emoji: 'CustomEmoji',
  blockquote: 'BlockQuote',
}
/** What ends an entity of each kind. */
const ends: Record<string, string> = {
  bold: '*',
  italic: '_',
  underline: '__',
  strikethrough: '~',
  spoiler: '||',
  code: '`',
  pre: '```',
  text_link: ']',
  custom_emoji: ']',
}

/**
 * Text in MarkdownV2 (https://core.telegram.org/bots/api#markdownv2-style), with the rules and the words of TDLib's parser.
 * @throws ParseError in Telegram's words
 */
export function parseMarkdownV2(source: string): { text: string; entities: MessageEntity[] } {
  const builder = createBuilder()
  let at = 0
  let lineStarts = true
  while (at < source.length) {
    const char = source[at] as string
    if (char === '\\' && isEscapable(source, at + 1)) {
      builder.text += source[at + 1]
      lineStarts = false
      at += 2
    } else if (char === '\n') {
      at = takeNewline(builder, source, at)
      lineStarts = true
    } else if (!isMark(builder, char)) {
      builder.text += char
      lineStarts = false
      at += 1
    } else if (endsHere(builder, source, at)) {
      at = close(builder, source, at)
    } else {
      at = begin(builder, source, at, lineStarts)
    }
  }
  closeQuote(builder)
  const unclosed = builder.open.at(-1)
  if (unclosed)
    throw new ParseError(
      `Can't find end of ${names[unclosed.type]} entity at byte offset ${unclosed.byteOffset}`,
    )
  return builder
}

const isEscapable = (source: string, at: number): boolean => {
  const code = source.charCodeAt(at)
  return code > 0 && code <= 126
}

/** Inside of code only its end means something. */
function isMark({ open }: TextBuilder, char: string): boolean {
  const inside = open.at(-1)?.type
  return inside === 'code' || inside === 'pre' ? char === '`' : reserved.includes(char)
}

function endsHere({ open }: TextBuilder, source: string, at: number): boolean {
  const inside = open.at(-1)
  if (!inside) return false
  const end = ends[inside.type]
  if (end === undefined || !source.startsWith(end, at)) return false
  // Two underscores are never the end of italic.
  return !(inside.type === 'italic' && source[at + 1] === '_')
}

function begin(builder: TextBuilder, source: string, at: number, lineStarts: boolean): number {
  const push = (type: string, argument = ''): void => {
    const byteOffset = bytesBefore(source, at)
    builder.open.push({ type, argument, offset: builder.text.length, byteOffset })
  }
  const rest = source.slice(at, at + 3)
  if (rest === '```') return beginPre(source, at + 3, (language) => push('pre', language))
  const [mark, type] = markAt(rest, lineStarts && builder.open.length === 0)
  if (!type)
    throw new ParseError(`Character '${source[at]}' is reserved and must be escaped with the preceding '\\'`)
  push(type)
  return at + mark.length
}

function markAt(rest: string, mayQuote: boolean): [string, string | null] {
  const two: Record<string, string> = { __: 'underline', '||': 'spoiler', '![': 'custom_emoji' }
  const one: Record<string, string> = {
    _: 'italic',
    '*': 'bold',
    '~': 'strikethrough',
    '[': 'text_link',
    '`': 'code',
  }
  const pair = rest.slice(0, 2)
  if (two[pair]) return [pair, two[pair]]
  const char = rest[0] as string
  if (char === '>' && mayQuote) return [char, 'blockquote']
  return [char, one[char] ?? null]
}

/** A block of code may begin with its language and a newline, which are no part of it. */
function beginPre(source: string, at: number, push: (language: string) => void): number {
  const language = /^[^\s`]*/.exec(source.slice(at))?.[0] ?? ''
  const after = at + language.length
  const isLanguage = language !== '' && after < source.length && source[after] !== '`'
  push(isLanguage ? language : '')
  const begins = isLanguage ? after : at
  return begins + (/^(\r\n|\n|\r)/.exec(source.slice(begins))?.[0].length ?? 0)
}

function close(builder: TextBuilder, source: string, at: number): number {
  const entity = builder.open.pop() as OpenEntity
  const after = at + (ends[entity.type] as string).length
  if (entity.type === 'text_link' || entity.type === 'custom_emoji')
    return closeLink(builder, entity, source, after)
  addEntity(builder, entity, entity.argument ? { language: entity.argument } : {})
  return after
}

function closeLink(builder: TextBuilder, entity: OpenEntity, source: string, at: number): number {
  const inside = builder.text.slice(entity.offset)
  if (source[at] !== '(') {
    if (entity.type === 'custom_emoji')
      throw new ParseError('Custom emoji entity must contain a tg://emoji URL')
    addLink(builder, entity, inside)
    return at
  }
  let url = ''
  let end = at + 1
  while (end < source.length && source[end] !== ')') {
    if (source[end] === '\\' && isEscapable(source, end + 1)) end += 1
    url += source[end]
    end += 1
  }
  if (end >= source.length)
    throw new ParseError(`Can't find end of a URL at byte offset ${bytesBefore(source, at + 1)}`)
  if (entity.type === 'text_link') addLink(builder, entity, url)
  else addEntity(builder, entity, emojiOf(url))
  return end + 1
}

function addLink(builder: TextBuilder, entity: OpenEntity, url: string): void {
  const link = linkOf(url)
  if (link) addEntity(builder, { ...entity, type: link.type ?? 'text_link' }, link)
}

function emojiOf(url: string): Partial<MessageEntity> {
  const id = /^tg:\/\/emoji\?id=(\d+)$/.exec(url)?.[1]
  if (!id) throw new ParseError('Custom emoji URL must have an emoji identifier')
  return { custom_emoji_id: id }
}

/** A quote goes on while lines begin with ">". */
function takeNewline(builder: TextBuilder, source: string, at: number): number {
  const quotes = builder.open.length === 1 && builder.open[0]?.type === 'blockquote'
  if (quotes && source[at + 1] === '>') {
    builder.text += '\n'
    return at + 2
  }
  if (quotes) closeQuote(builder)
  builder.text += '\n'
  return at + 1
}

function closeQuote(builder: TextBuilder): void {
  const last = builder.open.at(-1)
  if (last?.type !== 'blockquote') return
  builder.open.pop()
  addEntity(builder, last)
}
