import type { FileKind, Media } from '../../shapes/media.ts'
import type { Look } from '../../shapes/messages.ts'
import { type FileDetails, folders, MediaError, mediaOf } from '../../world/media.ts'
import type { World } from '../../world/world.ts'
import { badRequest } from '../answer.ts'
import type { Upload } from '../method.ts'
import { cleanFileName } from './fileName.ts'
import { type GivenFile, storedFile } from './inputFile.ts'

/** What is said of a file, with a thumbnail that is not yet kept. */
export type GivenDetails = Omit<FileDetails, 'thumbnail'> & { thumbnail?: Upload | undefined }

/** Keeps a file as media of a kind. @throws BotApiError in Telegram's words */
export async function fileMedia(
  world: World,
  kind: FileKind,
  given: GivenFile,
  { thumbnail, ...details }: GivenDetails,
): Promise<Media> {
  const file = await storedFile(world, given, folders[kind])
  const look = thumbnail && world.files.add(cleanFileName(thumbnail.name), thumbnail.bytes, 'thumbnails')
  try {
    return mediaOf(kind, file, { ...details, thumbnail: look })
  } catch (error) {
    if (error instanceof MediaError) throw badRequest(error.message)
    throw error
  }
}

const visual: FileKind[] = ['photo', 'video', 'animation']

/** How a file is shown; a caption that is not there stands nowhere. */
export function lookOfFile(
  kind: FileKind,
  caption: string,
  given: { has_spoiler?: boolean; show_caption_above_media?: boolean },
): { look?: Look } {
  if (!visual.includes(kind)) return {}
  const isAbove = given.show_caption_above_media && caption !== ''
  const look: Look = {
    ...(given.has_spoiler ? { has_media_spoiler: true } : {}),
    ...(isAbove ? { show_caption_above_media: true } : {}),
  }
  return Object.keys(look).length > 0 ? { look } : {}
}

/** The same look with the caption above the media, or below. */
export function withCaption(look: Look = {}, isAbove = false): Look | undefined {
  const { show_caption_above_media: _, ...rest } = look
  const changed: Look = { ...rest, ...(isAbove ? { show_caption_above_media: true } : {}) }
  return Object.keys(changed).length > 0 ? changed : undefined
}
