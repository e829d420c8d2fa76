import { createHash } from 'node:crypto'
import { extname } from 'node:path'
import { imageSize } from 'image-size'
import mime from 'mime'

export interface StoredFile {
  /** Its number among all files, from which its ids are made. */
  number: number
  name: string
  mimeType: string
  bytes: Uint8Array
  /** As `getFile` gives it, e.g. `photos/file_3.jpg`. */
  path: string
  /** Pixels, when it is an image that can be read. */
  width: number
  height: number
}

/** Bytes of everything that was sent; the oldest are dropped when they are too many. */
export interface FileStore {
  add(name: string, bytes: Uint8Array, folder: string): StoredFile
  /** By an id that was given for it, whatever the size it stands for. */
  find(fileId: string): StoredFile | undefined
  findByPath(path: string): StoredFile | undefined
  clear(): void
  state(): StoredFileState[]
  load(files: StoredFileState[]): void
}

export type StoredFileState = Omit<StoredFile, 'bytes'> & { base64: string }

/** Ids of a file for one bot: `variant` tells sizes of the same photo apart. */
export function idsOf(file: Pick<StoredFile, 'number'>, variant = ''): FileIds {
  const unique = createHash('sha256').update(`${file.number}${variant}`).digest('base64url').slice(0, 15)
  return { file_id: `AgACAgQAAx${file.number}_${variant || 'o'}_${unique}`, file_unique_id: `AQAD${unique}` }
}

export interface FileIds {
  file_id: string
  file_unique_id: string
}

/** The file and the size for which an id was given; none for an id that was made up. */
function readId(fileId: string): { number: number; ids: FileIds } | null {
  const [, number, variant] = /^AgACAgQAAx(\d+)_([a-z])_/.exec(fileId) ?? []
  const ids = idsOf({ number: Number(number) }, variant === 'o' ? '' : variant)
  return ids.file_id === fileId ? { number: Number(number), ids } : null
}

/** Both ids of the size for which an id was given. */
export const idsOfSize = (fileId: string): FileIds | undefined => readId(fileId)?.ids

export function createFileStore(mostBytes: number): FileStore {
  const files = new Map<number, StoredFile>()
  const paths = new Map<string, number>()
  let nextNumber = 1
  let total = 0

  const put = (file: StoredFile): void => {
    files.set(file.number, file)
    paths.set(file.path, file.number)
    nextNumber = Math.max(nextNumber, file.number + 1)
    total += file.bytes.length
    for (const oldest of files.values()) {
      if (total <= mostBytes || oldest === file) break
      files.delete(oldest.number)
      paths.delete(oldest.path)
      total -= oldest.bytes.length
    }
  }
  return {
    add(name, bytes, folder) {
      const number = nextNumber
      const file = {
        number,
        name,
        bytes,
        path: `${folder}/file_${number}${extname(name).toLowerCase()}`,
        ...looksOf(name, bytes, folder),
      }
      put(file)
      return file
    },
    find(fileId) {
      const read = readId(fileId)
      return read ? files.get(read.number) : undefined
    },
    findByPath: (path) => files.get(paths.get(path) ?? -1),
    clear() {
      files.clear()
      paths.clear()
      total = 0
    },
    state: () =>
      [...files.values()].map(({ bytes, ...file }) => ({
        ...file,
        base64: Buffer.from(bytes).toString('base64'),
      })),
    load(stored) {
      for (const { base64, ...file } of stored) put({ ...file, bytes: Buffer.from(base64, 'base64') })
    },
  }
}

const pictures = ['photos', 'thumbnails']

/** What is sent as a picture is looked into, whatever its name; what cannot be read has no size. */
function looksOf(
  name: string,
  bytes: Uint8Array,
  folder: string,
): Pick<StoredFile, 'mimeType' | 'width' | 'height'> {
  const mimeType = mime.getType(name) ?? 'application/octet-stream'
  if (!pictures.includes(folder) && !mimeType.startsWith('image/')) return { mimeType, width: 0, height: 0 }
  try {
    const { width, height, type } = imageSize(bytes)
    return { mimeType: mime.getType(type ?? '') ?? mimeType, width, height }
  } catch {
    return { mimeType, width: 0, height: 0 }
  }
}
