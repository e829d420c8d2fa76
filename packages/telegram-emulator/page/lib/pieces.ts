import type { MessageEntity } from '../../src/types.ts'

/** A stretch of text in which nothing changes. */
export interface Piece {
  text: string
  /** Kinds of the entities that cover it, e.g. `bold`. */
  kinds: string[]
  /** Where it leads, when it is a link. */
  href: string | null
}

/** Cuts a text where its entities begin and end; offsets are UTF-16 code units, as in JavaScript. */
export function piecesOf(text: string, entities: MessageEntity[]): Piece[] {
  const cuts = new Set([0, text.length])
  for (const { offset, length } of entities) {
    cuts.add(Math.min(text.length, offset))
    cuts.add(Math.min(text.length, offset + length))
  }
  const at = [...cuts].sort((a, b) => a - b)
  return at.slice(1).map((end, index) => {
    const start = at[index] ?? 0
    const covering = entities.filter(({ offset, length }) => offset <= start && end <= offset + length)
    const part = text.slice(start, end)
    return { text: part, kinds: covering.map(({ type }) => type), href: linkOf(covering, part) }
  })
}

function linkOf(entities: MessageEntity[], text: string): string | null {
  for (const { type, url } of entities) {
    if (type === 'text_link' && url && /^https?:|^tg:/.test(url)) return url
    if (type === 'url') return /^https?:/.test(text) ? text : `https://${text}`
  }
  return null
}
