import type { EntityType, MessageEntity } from '../shapes/media.ts'

/** An entity that has begun. */
export interface OpenEntity {
  type: string
  /** What the closing has to know: a link's address, a language, the name of a tag. */
  argument: string
  /** Where it begins in the text that comes out, in UTF-16 code units. */
  offset: number
  /** Where its mark stands in the text that came in, in bytes, for error messages. */
  byteOffset: number
}

/** Text that grows while its marks are taken away, and the entities in it. */
export interface TextBuilder {
  text: string
  entities: MessageEntity[]
  open: OpenEntity[]
}

export const createBuilder = (): TextBuilder => ({ text: '', entities: [], open: [] })

/** Adds what was closed, unless nothing is inside of it; by then `type` is one of Telegram's, not the name of a tag. */
export function addEntity(
  builder: TextBuilder,
  { type, offset }: Pick<OpenEntity, 'type' | 'offset'>,
  more: Partial<MessageEntity> = {},
): void {
  const length = builder.text.length - offset
  if (length > 0) builder.entities.push({ type: type as EntityType, offset, length, ...more })
}

/** Telegram counts the bytes of what it was sent. */
export const bytesBefore = (source: string, index: number): number =>
  Buffer.byteLength(source.slice(0, index))

/** What a parser cannot make sense of, in Telegram's words. */
export class ParseError extends Error {}

/** The address of a link, or null where Telegram takes the link away and leaves its text. */
export function linkOf(url: string): Partial<MessageEntity> | null {
  const user = /^tg:\/\/user\?id=(\d+)$/.exec(url)?.[1]
  if (user) return { type: 'text_mention', user: { id: Number(user) } }
  const withScheme = /^[a-z][a-z0-9+.-]*:/i.test(url) ? url : `http://${url}`
  if (!URL.canParse(withScheme) || !/^(https?|tg|ton|tonsite):/i.test(withScheme)) return null
  const host = new URL(withScheme).hostname
  if (/^https?:/i.test(withScheme) && !host.includes('.') && host !== 'localhost') return null
  return { type: 'text_link', url: new URL(withScheme).href }
}
