import type { FileKind, Media } from '../../shapes/media.ts'
import { type FileDetails, folders, MediaError, mediaOf } from '../../world/media.ts'
import { badRequest } from '../answer.ts'
import type { Call } from '../method.ts'
import { inputFile } from './inputFile.ts'

/** Reads a file of a call as media of a kind. @throws BotApiError in Telegram's words */
export async function fileMedia(
  call: Call,
  kind: FileKind,
  value: unknown,
  details: object,
  part: string = kind,
): Promise<Media> {
  const absent = `there is no ${kind.replace('_', ' ')} in the request`
  const file = await inputFile(call, value, { part, folder: folders[kind], absent })
  try {
    return mediaOf(kind, file, detailsOf(details))
  } catch (error) {
    if (error instanceof MediaError) throw badRequest(error.message)
    throw error
  }
}

const numbers = ['duration', 'width', 'height', 'length'] as const
const words = ['performer', 'title', 'emoji'] as const

/** Of what was given, what describes a file; in an album it is JSON that nobody has checked yet. */
function detailsOf(given: object): FileDetails {
  const from = given as Record<string, unknown>
  return Object.fromEntries([
    ...numbers.map((name) => [name, from[name] === undefined ? undefined : Number(from[name]) || 0]),
    ...words.map((name) => [name, from[name] === undefined ? undefined : String(from[name])]),
  ])
}
