import type { OutgoingPart } from '@kamihi/contracts'
import { formatMarkdown } from './markdown.ts'
import { splitText } from './split.ts'

interface TextOptions {
  /** Inline or reply keyboard, as the Bot API takes it. */
  keyboard?: unknown
  /** False hides the preview of links. */
  preview?: boolean
}

/** A message in Markdown, with a keyboard if need be. A long one becomes several, the keyboard goes with the last. */
export function text(markdown: string, options: TextOptions = {}): OutgoingPart[] {
  const pieces = splitText(formatMarkdown(markdown))
  return pieces.map((piece, index) => ({
    kind: 'text',
    ...piece,
    ...(options.keyboard !== undefined && index === pieces.length - 1
      ? { replyMarkup: options.keyboard }
      : {}),
    ...(options.preview === undefined ? {} : { linkPreview: options.preview }),
  }))
}

/**
 * What an action returned, as messages: text, parts, lists of those in order; nothing for undefined, null and ''.
 * @throws TypeError that names what cannot be sent.
 */
export function toParts(result: unknown): OutgoingPart[] {
  if (result === undefined || result === null || result === '') return []
  if (typeof result === 'string') return text(result)
  if (Array.isArray(result)) return result.flatMap((item) => toParts(item))
  if (isPart(result)) return [result]
  throw new TypeError(`Object of type ${typeName(result)} cannot be sent`)
}

const isPart = (value: unknown): value is OutgoingPart =>
  typeof value === 'object' &&
  value !== null &&
  (value as OutgoingPart).kind === 'text' &&
  Array.isArray((value as OutgoingPart).entities)

const typeName = (value: unknown) =>
  typeof value === 'object' && value !== null ? (value.constructor?.name ?? 'object') : typeof value
