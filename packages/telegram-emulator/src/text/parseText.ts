import type { MessageEntity } from '../shapes/media.ts'
import { parseHtml } from './html.ts'
import { parseMarkdown } from './markdown.ts'
import { parseMarkdownV2 } from './markdownV2.ts'

export interface ParsedText {
  text: string
  entities: MessageEntity[]
}

const parsers: Record<string, (source: string) => ParsedText> = {
  html: parseHtml,
  markdown: parseMarkdown,
  markdownv2: parseMarkdownV2,
}

/**
 * Text as Telegram understands it: without its marks, without white space around it, entities in order.
 * @throws ParseError in Telegram's words
 */
export function parseText(source: string, parseMode: string): ParsedText | null {
  const parse = parsers[parseMode.toLowerCase()]
  return parse ? trimmed(parse(source)) : null
}

/** Takes white space from both ends and moves the entities with the text. */
export function trimmed({ text, entities }: ParsedText): ParsedText {
  const from = text.length - text.trimStart().length
  const to = text.trimEnd().length
  const moved = entities.flatMap((entity) => {
    const begin = Math.max(entity.offset, from)
    const end = Math.min(entity.offset + entity.length, to)
    return end > begin ? [{ ...entity, offset: begin - from, length: end - begin }] : []
  })
  return { text: text.trim(), entities: inOrder(moved) }
}

/** The outer one first, as Telegram gives them. */
export const inOrder = (entities: MessageEntity[]): MessageEntity[] =>
  entities.toSorted((a, b) => a.offset - b.offset || b.length - a.length)
