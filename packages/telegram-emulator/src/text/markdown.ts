import type { MessageEntity } from '../shapes/media.ts'
import { addEntity, bytesBefore, createBuilder, linkOf, ParseError, type TextBuilder } from './builder.ts'

const types: Record<string, string> = { _: 'italic', '*': 'bold', '`': 'code', '[': 'text_link' }

/**
 * Text in the old Markdown (https://core.telegram.org/bots/api#markdown-style): no nesting, and only what begins an entity is escaped.
 * @throws ParseError in Telegram's words
 */
export function parseMarkdown(source: string): { text: string; entities: MessageEntity[] } {
  const builder = createBuilder()
  let at = 0
  while (at < source.length) {
    const char = source[at] as string
    const next = source[at + 1] ?? ''
    if (char === '\\' && types[next]) {
      builder.text += next
      at += 2
    } else if (types[char]) {
      at = takeEntity(builder, source, at)
    } else {
      builder.text += char
      at += 1
    }
  }
  return builder
}

function takeEntity(builder: TextBuilder, source: string, at: number): number {
  const char = source[at] as string
  const isPre = source.startsWith('```', at)
  const end = isPre ? '```' : char === '[' ? ']' : char
  const [begins, language] = isPre ? preAt(source, at + 3) : [at + 1, '']
  const ends = source.indexOf(end, begins)
  if (ends < 0)
    throw new ParseError(`Can't find end of the entity starting at byte offset ${bytesBefore(source, at)}`)
  const offset = builder.text.length
  const inside = source.slice(begins, ends)
  builder.text += inside
  if (char === '[') return takeLink(builder, source, ends + 1, offset, inside)
  addEntity(builder, { type: isPre ? 'pre' : (types[char] as string), offset }, language ? { language } : {})
  return ends + end.length
}

function preAt(source: string, at: number): [number, string] {
  const language = /^[^\s`]*/.exec(source.slice(at))?.[0] ?? ''
  const after = at + language.length
  const isLanguage = language !== '' && after < source.length && source[after] !== '`'
  const begins = isLanguage ? after : at
  return [begins + (/^(\r\n|\n|\r)/.exec(source.slice(begins))?.[0].length ?? 0), isLanguage ? language : '']
}

function takeLink(builder: TextBuilder, source: string, at: number, offset: number, inside: string): number {
  const closes = source[at] === '(' ? source.indexOf(')', at) : -1
  const url = source[at] === '(' ? source.slice(at + 1, closes < 0 ? source.length : closes) : inside
  const link = linkOf(url)
  if (link) addEntity(builder, { type: link.type ?? 'text_link', offset }, link)
  if (source[at] !== '(') return at
  return closes < 0 ? source.length : closes + 1
}
