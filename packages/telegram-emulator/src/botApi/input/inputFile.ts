import { basename } from 'node:path'
import mime from 'mime'
import type { StoredFile } from '../../world/fileStore.ts'
import type { World } from '../../world/world.ts'
import { badRequest } from '../answer.ts'
import type { Call } from '../method.ts'
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

/**
 * A file as methods take it: a part of the form, `attach://<part>`, the id of a file that is known, or an address from which it is fetched.
 * @param part name of the parameter, under which it may have been uploaded
 * @throws BotApiError in Telegram's words when there is none
 */
export async function inputFile(
  { world, uploads }: Call,
  value: unknown,
  { part, folder, absent }: { part: string; folder: string; absent: string },
): Promise<StoredFile> {
  const name = typeof value === 'string' ? value : ''
  const upload = uploads.get(name.startsWith('attach://') ? name.slice('attach://'.length) : part)
  if (upload) return world.files.add(cleanFileName(upload.name), checked(upload.bytes, folder), folder)
  if (name === '') throw badRequest(absent)
  if (/^https?:\/\//i.test(name)) {
    const { fileName, bytes } = await fetched(name, folder)
    return world.files.add(fileName, bytes, folder)
  }
  return knownFile(world, name, folder)
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
}

/** A photo stays a photo; all other kinds may stand for each other (td, FileManager.cpp). */
function knownFile(world: World, id: string, folder: string): StoredFile {
  const known = world.files.find(id)
  if (!known)
    throw badRequest("wrong remote file identifier specified: can't unserialize it. Wrong last symbol")
  const was = known.path.split('/')[0] ?? ''
  if ((was === 'photos') !== (folder === 'photos'))
    throw badRequest(`can't use file of type ${typeNames[was]} as ${typeNames[folder]}`)
  return known
}

function checked(bytes: Uint8Array, folder: string): Uint8Array {
  if (bytes.length === 0) throw badRequest('file must be non-empty')
  if (folder === 'photos' && bytes.length > mostBytes.photo)
    throw badRequest(
      `file of size ${bytes.length} bytes is too big for a photo; the maximum size is ${mostBytes.photo} bytes`,
    )
  return bytes
}

async function fetched(address: string, folder: string): Promise<{ fileName: string; bytes: Uint8Array }> {
  const response = await fetch(address, { signal: AbortSignal.timeout(addressTimeoutMs) }).catch(() => null)
  if (!response?.ok) throw badRequest('failed to get HTTP URL content')
  const bytes = new Uint8Array(await response.arrayBuffer())
  const most = folder === 'photos' ? mostBytes.photoByAddress : mostBytes.byAddress
  if (bytes.length === 0 || bytes.length > most) throw badRequest('wrong type of the web page content')
  const name = basename(new URL(address).pathname) || 'file'
  const extension = mime.getExtension(response.headers.get('content-type') ?? '')
  return { fileName: name.includes('.') || !extension ? name : `${name}.${extension}`, bytes }
}
