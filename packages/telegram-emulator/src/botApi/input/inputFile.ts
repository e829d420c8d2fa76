import { basename } from 'node:path'
import mime from 'mime'
import type { StoredFile } from '../../world/fileStore.ts'
import type { World } from '../../world/world.ts'
import { badRequest } from '../answer.ts'
import type { Call, Upload } from '../method.ts'
import { cleanFileName } from './fileName.ts'

/** Sizes in bytes (Bot API, "Sending files"; Client.h, MAX_DOWNLOAD_FILE_SIZE). */
export const mostBytes = {
  upload: 50 * 1024 * 1024,
  photo: 10 * 1024 * 1024,
  byAddress: 20 * 1024 * 1024,
  photoByAddress: 5 * 1024 * 1024,
  download: 20 * 1024 * 1024,
}
const addressTimeoutMs = 10_000

/** A file as methods take it: a part of the form, or the id of a file that is known, or an address. */
export type GivenFile = { upload: Upload } | { name: string }

const attached = 'attach://'

/** Reads what stands for a file; what is not attached is not there (Client.cpp, `get_input_file`). `part` is under what it may have been uploaded. */
export function givenFile({ uploads }: Call, value: unknown, part: string): GivenFile | null {
  const name = typeof value === 'string' ? value : ''
  if (name !== '' && !name.startsWith(attached)) return { name }
  const upload = uploads.get(name === '' ? part : name.slice(attached.length))
  return upload ? { upload } : null
}

/** A thumbnail is always uploaded, under one of two names or as an attachment (Client.cpp, `get_input_thumbnail`). */
export function givenThumbnail(call: Call, value: unknown): Upload | undefined {
  const isAttached = typeof value === 'string' && value.startsWith(attached)
  const given = isAttached ? givenFile(call, value, '') : null
  if (given && 'upload' in given) return given.upload
  return call.uploads.get('thumbnail') ?? call.uploads.get('thumb')
}

/** Keeps a file that was given, or finds it. @throws BotApiError in Telegram's words when there is none */
export async function storedFile(world: World, given: GivenFile, folder: string): Promise<StoredFile> {
  if ('upload' in given) {
    const { name, bytes } = given.upload
    return world.files.add(cleanFileName(name), checked(bytes, folder), folder)
  }
  if (!/^https?:\/\//i.test(given.name)) return knownFile(world, given.name, folder)
  const { fileName, bytes } = await fetched(given.name, folder)
  return world.files.add(fileName, bytes, folder)
}

/** td, FileType.cpp */
const typeNames: Record<string, string> = {
  photos: 'Photo',
  documents: 'Document',
  videos: 'Video',
  animations: 'Animation',
  music: 'Audio',
  voice: 'VoiceNote',
  video_notes: 'VideoNote',
  stickers: 'Sticker',
  thumbnails: 'Thumbnail',
}

/** A photo stays a photo; all other kinds may stand for each other (td, FileManager.cpp). */
function knownFile(world: World, id: string, folder: string): StoredFile {
  const known = world.files.find(id)
  if (!known)
    throw badRequest("Wrong remote file identifier specified: can't unserialize it. Wrong last symbol")
  const was = known.path.split('/')[0] ?? ''
  if ((was === 'photos') !== (folder === 'photos'))
    throw badRequest(`Can't use file of type ${typeNames[was]} as ${typeNames[folder]}`)
  return known
}

function checked(bytes: Uint8Array, folder: string): Uint8Array {
  if (bytes.length === 0) throw badRequest('File must be non-empty')
  if (folder === 'photos' && bytes.length > mostBytes.photo)
    throw badRequest(
      `File of size ${bytes.length} bytes is too big for a photo; the maximum size is ${mostBytes.photo} bytes`,
    )
  return bytes
}

async function fetched(address: string, folder: string): Promise<{ fileName: string; bytes: Uint8Array }> {
  const response = await fetch(address, { signal: AbortSignal.timeout(addressTimeoutMs) }).catch(() => null)
  if (!response?.ok) throw badRequest('Failed to get HTTP URL content')
  const bytes = new Uint8Array(await response.arrayBuffer())
  const most = folder === 'photos' ? mostBytes.photoByAddress : mostBytes.byAddress
  if (bytes.length === 0 || bytes.length > most) throw badRequest('Wrong type of the web page content')
  const name = basename(new URL(address).pathname) || 'file'
  const extension = mime.getExtension(response.headers.get('content-type') ?? '')
  return { fileName: name.includes('.') || !extension ? name : `${name}.${extension}`, bytes }
}
