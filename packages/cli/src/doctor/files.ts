import { existsSync, readdirSync, statfsSync, statSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import { backupFolder } from '@kamihi/store'
import { size } from '../words.ts'
import { type Finding, ok, warning } from './finding.ts'

const leastFreeBytes = 500e6

/** A file that only its owner should read, with its permission bits. */
export interface PrivateFile {
  path: string
  mode: number
}

/** The files of a project that hold secrets or what people wrote: the database and what stands beside it, backups, `.env` and logs. */
export function privateFiles(database: string, others: string[]): PrivateFile[] {
  const folders = [dirname(database), backupFolder(database)]
  const own = folders.filter(existsSync).flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.startsWith(basename(database)) || folder !== dirname(database))
      .map((name) => join(folder, name)),
  )
  return [...own, ...others.filter(existsSync)].flatMap((path) => {
    const found = statSync(path)
    return found.isFile() ? [{ path, mode: found.mode & 0o777 }] : []
  })
}

export function modesFinding(files: PrivateFile[]): Finding {
  const check = 'file_modes'
  const open = files.filter(({ mode }) => (mode & 0o077) !== 0)
  if (open.length === 0) return ok(check, 'Only their owner can read database, backups and secrets.')
  const names = open.map(({ path, mode }) => `${relative('', path)} (${mode.toString(8)})`)
  return warning(
    check,
    `Others on this machine can read ${names.slice(0, 5).join(', ')}${names.length > 5 ? ` and ${names.length - 5} more` : ''}.`,
    `chmod 600 ${open.map(({ path }) => relative('', path)).join(' ')}`,
  )
}

/** Bytes that are free where a file is or will be. */
export function freeBytes(path: string): number {
  const folder = existsSync(dirname(path)) ? dirname(path) : '.'
  const { bavail, bsize } = statfsSync(folder)
  return bavail * bsize
}

export function diskFinding(free: number): Finding {
  const check = 'disk_space'
  if (free >= leastFreeBytes) return ok(check, `${size(free)} free.`)
  return warning(
    check,
    `Only ${size(free)} are free. A full disk stops the bot: it sends nothing that it could not record.`,
    'Make room where the database is.',
  )
}
