import type { MessageEntity } from '../../src/shapes/media.ts'

/** A stretch of text in which nothing changes. */
export interface Piece {
  text: string
  /** Kinds of the entities that cover it, e.g. `bold`. */
  kinds: string[]
  /** Where it leads, when it is a link. */
  href: string | null
}

/** Cuts a text where its entities begin and end; offsets are UTF-16 code units, as in JavaScript. */
export function piecesOf(text: string, entities: MessageEntity[], from = 0, to = text.length): Piece[] {
  const within = (at: number) => Math.max(from, Math.min(to, at))
  const cuts = new Set([from, to])
  for (const { offset, length } of entities) {
    cuts.add(within(offset))
    cuts.add(within(offset + length))
  }
  const at = [...cuts].sort((a, b) => a - b)
  return at.slice(1).map((end, index) => {
    const start = at[index] ?? from
    const covering = entities.filter(({ offset, length }) => offset <= start && end <= offset + length)
    return {
      text: text.slice(start, end),
      kinds: covering.map(({ type }) => type),
      href: linkOf(covering, text),
    }
  })
}

/** What the whole entity says, not the piece of it: part of a link may be bold. */
function linkOf(entities: MessageEntity[], text: string): string | null {
  for (const { type, url, offset, length } of entities) {
    const said = text.slice(offset, offset + length)
    if (type === 'text_link' && url && /^(https?|tg|mailto|tel):/i.test(url)) return url
    if (type === 'url') return /^https?:/i.test(said) ? said : `https://${said}`
    if (type === 'email') return `mailto:${said}`
    if (type === 'phone_number') return `tel:${said.replace(/[^\d+]/g, '')}`
  }
  return null
}
