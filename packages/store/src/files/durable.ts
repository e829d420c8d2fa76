import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync, writeFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { dirname } from 'node:path'
import { StoreError, type StoreErrorCode } from '../store.ts'

/** Waits until what was written to a file is on the disk. Never use it on an open database: closing the file drops SQLite's locks on it. */
export async function syncFile(path: string): Promise<void> {
  const file = await open(path, 'r+')
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}

/** Waits until the names in a folder are on the disk. Windows cannot, and does not need it. */
export function syncFolder(path: string): void {
  if (process.platform === 'win32') return
  const folder = openSync(path, 'r')
  try {
    fsyncSync(folder)
  } finally {
    closeSync(folder)
  }
}

/** Gives a file another name, so that after a power cut it has the one or the other. */
export function moveFile(from: string, to: string): void {
  renameSync(from, to)
  syncFolder(dirname(to))
  if (dirname(from) !== dirname(to)) syncFolder(dirname(from))
}

/**
 * A folder that only its owner may look into, as copies hold what the database holds; one that is there stays as it is. Folder by folder,
 * since Node's own way never ends where a folder that exists takes no new ones and says that it does not exist, as /proc does.
 */
export function privateFolder(path: string): void {
  if (existsSync(path)) return
  privateFolder(dirname(path))
  try {
    mkdirSync(path, { mode: 0o700 })
  } catch (error) {
    // Another process may have made it just now.
    if ((error as { code?: string }).code !== 'EEXIST') throw error
  }
}

/** An empty file that only its owner may read, before anything is written to it. */
export const privateFile = (path: string): void => writeFileSync(path, '', { mode: 0o600, flag: 'wx' })

const codes: Record<string, StoreErrorCode> = {
  ENOSPC: 'full',
  EDQUOT: 'full',
  EROFS: 'readonly',
  EACCES: 'cannot_open',
  EPERM: 'cannot_open',
  ENOTDIR: 'cannot_open',
  EEXIST: 'cannot_open',
  ENOENT: 'cannot_open',
}

/** Errors of the file system as ours; anything else unchanged. */
export function fileError(error: unknown): unknown {
  const known = codes[String((error as { code?: unknown } | null)?.code)]
  return known ? new StoreError(known, (error as Error).message, { cause: error }) : error
}
