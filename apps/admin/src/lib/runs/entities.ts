import type { TextEntity } from '@kamihi/contracts'

/** A piece of a message, with all that marks it. */
export interface Piece {
  text: string
  /** Kinds of the entities around it, e.g. `bold`. */
  kinds: string[]
  /** Where it leads; null: nowhere, or nowhere that is safe to open. */
  url: string | null
}

const safe = /^(?:https?|tg|mailto):/i

/** A text cut at the edges of its entities; offsets count UTF-16 code units, as strings of JavaScript do. */
export function piecesOf(text: string, entities: readonly TextEntity[]): Piece[] {
  const edges = new Set([0, text.length])
  for (const { offset, length } of entities) edges.add(offset).add(offset + length)
  const cuts = [...edges].filter((edge) => edge >= 0 && edge <= text.length).sort((a, b) => a - b)
  return cuts.slice(0, -1).map((from, index) => {
    const to = cuts[index + 1] ?? text.length
    const around = entities.filter(({ offset, length }) => offset <= from && offset + length >= to)
    return {
      text: text.slice(from, to),
      kinds: around.map((entity) => entity.type),
      url: urlOf(text.slice(from, to), around),
    }
  })
}

function urlOf(text: string, around: readonly TextEntity[]): string | null {
  const url =
    around.find((entity) => entity.url)?.url ?? (around.some(({ type }) => type === 'url') ? text : null)
  if (!url) return null
  const whole = /^\w+:/.test(url) ? url : `https://${url}`
  return safe.test(whole) ? whole : null
}
