import type { InputFile } from '../../src/shapes/media.ts'
import { sizeWords } from './sizes.ts'

/** A file that waits in the composer. */
export interface Attachment extends InputFile {
  /** Shown beside a picture before it is sent. */
  dataUrl: string
  size: number
  isPicture: boolean
  as: SentAs
}
export type SentAs = 'photo' | 'document' | 'voice'

/** A bot can fetch no more of a file. */
const mostBytes = 20 * 1024 * 1024
/** An album holds no more. */
export const mostInAlbum = 10

/** Why this file is not taken, or null. */
export function whyRefused({ name, size }: { name: string; size: number }): string | null {
  if (size === 0) return `"${name}" is empty, and Telegram takes no empty files.`
  if (size <= mostBytes) return null
  return `"${name}" has ${sizeWords(size)}; bots cannot fetch more than ${sizeWords(mostBytes)}.`
}

export const inputFile = ({ name, base64 }: Attachment): InputFile => ({ name, base64 })
