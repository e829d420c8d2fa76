import type { TextEntity } from '@kamihi/contracts'
import type { FormattedText } from './markdown.ts'

/** Longest text of one message, counted after formatting (Bot API, sendMessage). */
export const longestText = 4096

/** Cuts a long text into messages, at the end of a paragraph, line or word where there is one; spans go on in the next piece. */
export function splitText({ text, entities }: FormattedText, limit = longestText): FormattedText[] {
  const pieces: FormattedText[] = []
  let from = 0
  while (from < text.length) {
    const to = cutAt(text, from, limit)
    const piece = text.slice(from, to)
    if (piece.trim() !== '')
      pieces.push({ text: piece, entities: entities.flatMap((entity) => within(entity, from, to)) })
    from = to + (/^\s/.exec(text.slice(to))?.[0].length ?? 0)
  }
  return pieces
}

function cutAt(text: string, from: number, limit: number): number {
  if (text.length - from <= limit) return text.length
  const window = text.slice(from, from + limit)
  const best = ['\n\n', '\n', ' ']
    .map((border) => window.lastIndexOf(border))
    .find((index) => index > limit / 2)
  if (best !== undefined) return from + best
  const end = from + limit
  // Never between the halves of a character outside the first plane.
  return /[\ud800-\udbff]/.test(text[end - 1] ?? '') ? end - 1 : end
}

function within(entity: TextEntity, from: number, to: number): TextEntity[] {
  const start = Math.max(entity.offset, from)
  const end = Math.min(entity.offset + entity.length, to)
  return end > start ? [{ ...entity, offset: start - from, length: end - start }] : []
}
