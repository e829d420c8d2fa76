import { statSync } from 'node:fs'
import Database from 'better-sqlite3'
import { isDamage } from './fileWork.ts'

/** Looks into a sound database as it is at one moment, and changes nothing of what it holds. */
export function reading<T>(path: string, look: (database: Database.Database) => T): T {
  // Not opened as read-only: such a connection leaves its -wal and -shm behind.
  const database = new Database(path, { fileMustExist: true, timeout: 100 })
  try {
    database.pragma('query_only = on')
    database.exec('begin')
    return look(database)
  } finally {
    database.close()
  }
}

/** Takes away the empty journal that a connection leaves which could only read. The database has to be sound. */
export const tidyUp = (path: string): unknown =>
  reading(path, (database) => database.pragma('schema_version'))

/** True when a file is a database, as far as its head tells. A damaged one may not even be opened for writing: that loses its journal. */
export function isDatabase(path: string): boolean {
  if (!statSync(path, { throwIfNoEntry: false })?.size) return false
  const database = new Database(path, { readonly: true, fileMustExist: true, timeout: 100 })
  try {
    database.pragma('schema_version')
    return true
  } catch (error) {
    if (isDamage(error)) return false
    throw error
  } finally {
    database.close()
  }
}

/** Who holds a named lease, and until when (epoch milliseconds). */
export interface LeaseFact {
  name: string
  holder: string
  until: number
}

export const leasesIn = (database: Database.Database): LeaseFact[] =>
  database.prepare('select name, holder, until from leases order by name').all() as LeaseFact[]
