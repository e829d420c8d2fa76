import type { MessageEntity } from '../../src/shapes/media.ts'
import { type Piece, piecesOf } from './pieces.ts'

/** What stands below each other in a message: running text, code and quotes. */
export type Block =
  | { kind: 'text'; pieces: Piece[] }
  | { kind: 'pre'; text: string; language: string | null }
  | { kind: 'quote'; expandable: boolean; blocks: Block[] }

const isQuote = ({ type }: MessageEntity) => type === 'blockquote' || type === 'expandable_blockquote'
const isBlock = (entity: MessageEntity) => isQuote(entity) || entity.type === 'pre'
const endOf = ({ offset, length }: MessageEntity) => offset + length

export function blocksOf(text: string, entities: MessageEntity[], from = 0, to = text.length): Block[] {
  const blocks: Block[] = []
  let at = from
  for (const entity of blockEntities(entities, from, to)) {
    if (entity.offset < at) continue
    blocks.push(...runningText(text, entities, at, entity.offset, at > from))
    blocks.push(blockOf(text, entities, entity))
    at = endOf(entity)
  }
  return [...blocks, ...runningText(text, entities, at, to, at > from)]
}

/** The outer one comes first. */
const blockEntities = (entities: MessageEntity[], from: number, to: number) =>
  entities
    .filter((entity) => isBlock(entity) && entity.length > 0 && entity.offset >= from && endOf(entity) <= to)
    .sort((a, b) => a.offset - b.offset || b.length - a.length)

function blockOf(text: string, entities: MessageEntity[], entity: MessageEntity): Block {
  const end = endOf(entity)
  if (entity.type === 'pre')
    return { kind: 'pre', text: text.slice(entity.offset, end), language: entity.language || null }
  const inner = entities.filter((other) => other !== entity && !isQuote(other))
  return {
    kind: 'quote',
    expandable: entity.type === 'expandable_blockquote',
    blocks: blocksOf(text, inner, entity.offset, end),
  }
}

/** The line break after a block is already there: blocks stand below each other. */
function runningText(
  text: string,
  entities: MessageEntity[],
  from: number,
  to: number,
  isAfterBlock: boolean,
): Block[] {
  const start = isAfterBlock && text[from] === '\n' ? from + 1 : from
  if (start >= to) return []
  const inline = entities.filter((entity) => !isBlock(entity))
  return [{ kind: 'text', pieces: piecesOf(text, inline, start, to) }]
}
