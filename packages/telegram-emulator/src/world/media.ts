import type { FileKind, Media, PhotoSize } from '../shapes/media.ts'
import { idsOf, type StoredFile } from './fileStore.ts'

/** Bytes that Telegram does not take as this kind, in its words. */
export class MediaError extends Error {}

/** What may be said of a file beside its bytes; seconds and pixels. */
export interface FileDetails {
  duration?: number | undefined
  width?: number | undefined
  height?: number | undefined
  length?: number | undefined
  performer?: string | undefined
  title?: string | undefined
  emoji?: string | undefined
  thumbnail?: StoredFile | undefined
}

/** Folder of a kind, as it is seen in the paths of files. */
export const folders: Record<FileKind, string> = {
  photo: 'photos',
  document: 'documents',
  video: 'videos',
  animation: 'animations',
  audio: 'music',
  voice: 'voice',
  video_note: 'video_notes',
  sticker: 'stickers',
}

/** @throws MediaError when the bytes are no photo that Telegram takes */
export function mediaOf(kind: FileKind, file: StoredFile, details: FileDetails): Media {
  const { duration = 0, width = file.width, height = file.height, thumbnail } = details
  const whole = { ...idsOf(file), file_size: file.bytes.length }
  const shown = thumbnailOf(thumbnail)
  const named = { file_name: file.name, mime_type: file.mimeType }
  switch (kind) {
    case 'photo':
      return { kind, photo: photoSizes(file) }
    case 'document':
      return { kind, document: { ...whole, ...named, ...thumbnailOf(thumbnail ?? file) } }
    case 'video':
      return { kind, video: { ...whole, ...named, ...shown, width, height, duration } }
    case 'animation':
      return { kind, animation: { ...whole, ...named, ...shown, width, height, duration } }
    case 'audio': {
      const { performer, title } = details
      return {
        kind,
        audio: {
          ...whole,
          ...named,
          ...shown,
          duration,
          ...(performer ? { performer } : {}),
          ...(title ? { title } : {}),
        },
      }
    }
    case 'voice':
      return { kind, voice: { ...whole, mime_type: file.mimeType, duration } }
    case 'video_note':
      return { kind, video_note: { ...whole, ...shown, length: details.length ?? width, duration } }
    case 'sticker':
      return {
        kind,
        sticker: {
          ...whole,
          type: 'regular',
          width: width || 512,
          height: height || 512,
          is_animated: file.name.endsWith('.tgs'),
          is_video: file.name.endsWith('.webm'),
          ...(details.emoji ? { emoji: details.emoji } : {}),
        },
      }
  }
}

/** Longest sides of the sizes that Telegram makes: s, m and the largest (core.telegram.org/api/files). */
const sides: [variant: string, side: number][] = [
  ['s', 90],
  ['m', 320],
  ['y', 1280],
]

/** The sum of both sides is at most 10 000, their ratio at most 20 (Bot API, sendPhoto). */
function photoSizes(file: StoredFile): PhotoSize[] {
  const { width, height } = file
  if (width === 0 || height === 0) throw new MediaError('IMAGE_PROCESS_FAILED')
  if (width + height > 10_000 || Math.max(width / height, height / width) > 20)
    throw new MediaError('PHOTO_INVALID_DIMENSIONS')
  return sides.map(([variant, side]) => sizeOf(file, variant, side))
}

function sizeOf(file: StoredFile, variant: string, side: number): PhotoSize {
  const scale = Math.min(1, side / Math.max(file.width, file.height))
  return {
    ...idsOf(file, variant),
    file_size: file.bytes.length,
    width: Math.max(1, Math.round(file.width * scale)),
    height: Math.max(1, Math.round(file.height * scale)),
  }
}

const thumbnailOf = (file: StoredFile | undefined): { thumbnail?: PhotoSize } =>
  file && file.width > 0 ? { thumbnail: sizeOf(file, 's', 320) } : {}
