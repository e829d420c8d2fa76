import { randomUUID } from 'node:crypto'
import { existsSync, lstatSync, readdirSync, rmSync, statSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { type BackupNames, backupNames, surplus } from './backups/names.ts'
import { type Faults, noFaults } from './faults.ts'
import { backupFolder, databaseFile } from './files/databaseFile.ts'
import { fileError, moveFile, privateFile, privateFolder, syncFile } from './files/durable.ts'
import { type FileLock, tryLock } from './files/fileLock.ts'
import { type CopyMethod, copyDatabase, damageIn, isDamage } from './files/fileWork.ts'
import { reading, tidyUp } from './files/reading.ts'
import { schemaOf } from './files/schemaVersion.ts'
import { storeError } from './sqlite/errors.ts'

export interface BackupOptions {
  /** Address of the database (`db.url`). */
  url: string
  /** A folder, which has a slash at its end when it is new, or the name of a new file. Default: the folder `backups` beside the database. */
  to?: string
  /** How many backups of this database stay in the folder, the new one included; a named file removes none. Default 7. */
  keep?: number
  /** `pages` finds damage that is in no row, `vacuum` makes a smaller file. */
  method: CopyMethod
  /** Epoch milliseconds, for the name. */
  now: number
  signal?: AbortSignal
  faults?: Faults
}

export interface BackupFile {
  path: string
  /** Epoch milliseconds. */
  at: number
  sizeBytes: number
}

export type BackupOutcome =
  | { kind: 'made'; backup: BackupFile & { schemaVersion: number }; removed: string[] }
  /** There is nothing at `db.url`. */
  | { kind: 'no_database'; path: string }
  /** The named file is there already. */
  | { kind: 'exists'; path: string }
  /** The database is damaged, and so was its copy, which is gone; older backups stay. */
  | { kind: 'damaged'; problems: string[] }

const defaultKeep = 7

/**
 * Copies the database while others write to it: under a name of its own until it is complete, checked and on the disk, so that every
 * backup that can be seen is good. Removes what killed backups left, and the oldest backups that are too many.
 * @throws StoreError `full`, `cannot_open`, `readonly`, `busy`, `unsupported_url`
 */
export async function createBackup(options: BackupOptions): Promise<BackupOutcome> {
  const { url, now, faults = noFaults } = options
  const database = databaseFile(url)
  if (!existsSync(database)) return { kind: 'no_database', path: database }
  const target = targetOf(database, options.to, now)
  if (existsSync(target.path)) return { kind: 'exists', path: target.path }
  try {
    privateFolder(target.folder)
    sweep(target)
    const copy = beginCopy(target)
    try {
      const problems = await fillCopy(database, copy.path, options)
      if (problems.length > 0) return { kind: 'damaged', problems }
      tidyUp(database)
      await syncFile(copy.path)
      faults.at('backup.before-rename')
      moveFile(copy.path, target.path)
      const backup = { ...fileOf(target.path, target.at), schemaVersion: reading(target.path, schemaOf) }
      return { kind: 'made', backup, removed: target.named ? [] : rotate(target, options.keep) }
    } finally {
      discard(copy.path)
      copy.lock.release()
    }
  } catch (error) {
    throw storeError(fileError(error), 'The backup could not be made')
  }
}

/** Backups of a database in a folder, newest first; the default folder when none is named. */
export function listBackups(url: string, folder?: string): BackupFile[] {
  const database = databaseFile(url)
  const place = resolve(folder ?? backupFolder(database))
  if (!existsSync(place)) return []
  const { timeOf } = backupNames(database)
  return readdirSync(place)
    .flatMap((name) => {
      const at = timeOf(name)
      return at === null || !isFile(join(place, name)) ? [] : [fileOf(join(place, name), at)]
    })
    .sort((a, b) => b.at - a.at)
}

interface Target {
  folder: string
  path: string
  /** Epoch milliseconds. */
  at: number
  /** The name was given: nothing else in that folder is touched but what a killed backup left. */
  named: boolean
  names: BackupNames
}

function targetOf(database: string, to: string | undefined, now: number): Target {
  const names = backupNames(database)
  const given = to === undefined ? null : resolve(to)
  if (given !== null && !isFolder(to ?? '', given))
    return { folder: dirname(given), path: given, at: now, named: true, names }
  const folder = given ?? backupFolder(database)
  const at = freeTime(folder, names, now)
  return { folder, path: join(folder, names.at(at)), at, named: false, names }
}

const isFolder = (given: string, path: string): boolean =>
  /[/\\]$/.test(given) || (existsSync(path) && statSync(path).isDirectory())

/** Two backups may begin in the same millisecond. */
function freeTime(folder: string, names: BackupNames, now: number): number {
  let time = now
  while (existsSync(join(folder, names.at(time)))) time += 1
  return time
}

/** Unfinished copies that nobody works on: their process was killed. */
function sweep({ folder, names }: Target): void {
  const left = new Set(readdirSync(folder).flatMap((name) => names.unfinishedOf(name) ?? []))
  for (const name of left) {
    const copy = join(folder, name)
    const lock = tryLock(lockOf(copy))
    if (!lock) continue
    discard(copy)
    lock.release()
  }
}

function discard(copy: string): void {
  for (const file of [copy, `${copy}-journal`]) rmSync(file, { force: true })
}

function beginCopy({ folder, names }: Target): { path: string; lock: FileLock } {
  const path = join(folder, names.unfinished(randomUUID()))
  const lock = tryLock(lockOf(path))
  if (!lock) throw new Error(`${path} is locked`)
  privateFile(path)
  return { path, lock }
}

const lockOf = (copy: string): string => `${copy}.lock`

/** Fills the copy; gives what is wrong with it. */
async function fillCopy(
  database: string,
  copy: string,
  { method, signal, faults = noFaults }: BackupOptions,
): Promise<string[]> {
  const progress = { onProgress: () => faults.at('backup.in-copy'), ...(signal ? { signal } : {}) }
  try {
    await copyDatabase(database, copy, method, progress)
  } catch (error) {
    if (isDamage(error)) return [(error as Error).message]
    throw error
  }
  return damageIn(copy, 'full', signal)
}

/** Whatever the clock says of the others, the backup that was just made stays. */
function rotate({ folder, path, names }: Target, keep = defaultKeep): string[] {
  const others = readdirSync(folder).filter((name) => name !== basename(path) && isFile(join(folder, name)))
  const tooMany = surplus(others, names, Math.max(0, keep - 1)).map((name) => join(folder, name))
  for (const file of tooMany) rmSync(file, { force: true })
  return tooMany
}

const isFile = (path: string): boolean => lstatSync(path, { throwIfNoEntry: false })?.isFile() ?? false

const fileOf = (path: string, at: number): BackupFile => ({ path, at, sizeBytes: statSync(path).size })
