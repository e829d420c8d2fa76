import { createHash } from 'node:crypto'
import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { StoreError } from '../store.ts'

/**
 * Path of the file behind an address of a database.
 * @throws StoreError `unsupported_url` for another kind of address, and for a database that has no file
 */
export function databaseFile(url: string): string {
  const name = /^sqlite:\/\/\/(.+)$/.exec(url)?.[1]
  if (!name || name === ':memory:')
    throw new StoreError('unsupported_url', `db.url is "${url}", which is no file that could be copied.`)
  return resolve(name)
}

/** Name of a database without folder and ending: `kamihi` of `/srv/bot/kamihi.db`. */
export const stemOf = (path: string): string => basename(path).replace(/\.[^.]+$/, '')

/** The folder of a database's backups, unless another is named. */
export const backupFolder = (path: string): string => join(dirname(path), 'backups')

/**
 * Eight hexadecimal digits that tell this database from others of the same name: bots may keep their backups in one folder.
 * They come from the id beside the file where there is one, from its path otherwise.
 */
export function fingerprintOf(path: string): string {
  const id = `${path}.id`
  const known = existsSync(id) ? readFileSync(id, 'utf8').trim() : realPath(path)
  return createHash('sha256').update(known).digest('hex').slice(0, 8)
}

/** The path without links, of a file that may be gone. */
function realPath(path: string): string {
  try {
    return join(realpathSync(dirname(path)), basename(path))
  } catch {
    return path
  }
}
