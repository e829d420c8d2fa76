import { chmodSync, rmSync } from 'node:fs'
import Database from 'better-sqlite3'

/** Held until it is released or its process ends, however it ends. */
export interface FileLock {
  release(): void
}

/**
 * Locks a file that exists for this only, or gives null while somebody else holds it, in this process or another.
 * It is SQLite's own lock on an empty file: the system frees it with the process, so nobody has to guess from an id whether it lives.
 */
export function tryLock(path: string): FileLock | null {
  const lock = new Database(path, { timeout: 0 })
  try {
    // Nothing is ever written, so there is nothing to be kept in a file beside it.
    lock.pragma('journal_mode = memory')
    lock.exec('begin exclusive')
  } catch (error) {
    lock.close()
    if ((error as { code?: string }).code?.startsWith('SQLITE_BUSY')) return null
    throw error
  }
  chmodSync(path, 0o600)
  return {
    release() {
      rmSync(path, { force: true })
      lock.exec('rollback')
      lock.close()
    },
  }
}

/** True when another connection has the database open, in this process or another. */
export function isOpenElsewhere(path: string): boolean {
  const probe = new Database(path, { timeout: 0, fileMustExist: true })
  try {
    // Whoever has a database in WAL mode open holds a shared lock on its file.
    probe.pragma('locking_mode = exclusive')
    probe.exec('begin exclusive')
    probe.exec('rollback')
    return false
  } catch (error) {
    if ((error as { code?: string }).code?.startsWith('SQLITE_BUSY')) return true
    throw error
  } finally {
    probe.close()
  }
}
