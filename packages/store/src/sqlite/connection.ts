import Database from 'better-sqlite3'
import { type BetterSQLite3Database, drizzle } from 'drizzle-orm/better-sqlite3'
import { StoreError } from '../store.ts'
import { storeError } from './errors.ts'
import { explain } from './guard/explain.ts'
import { keepPrivate } from './guard/modes.ts'
import { inTurn } from './guard/patience.ts'
import * as schema from './schema.ts'
import { keepStatements } from './statementCache.ts'

export type Db = BetterSQLite3Database<typeof schema> & { $client: Database.Database }
/** Inside of `write`: the same statements, in one transaction. */
export type Tx = Parameters<Parameters<Db['transaction']>[0]>[0]

/** better-sqlite3 waits for a lock inside the event loop: this is the longest that one try stops it. */
const timeoutMs = 100
/** What the journal keeps of its size after its content has moved into the main file. */
export const journalBytes = 16 * 1024 * 1024

/**
 * Opens a file with the settings that durability rests on: WAL, foreign keys, full synchronous writes.
 * @throws StoreError `busy` while another process is just opening it, `cannot_open`, `readonly`, `corrupt`
 */
export function openDatabase(path: string, synchronous: 'full' | 'normal'): Db {
  const opened: { client: Database.Database | null } = { client: null }
  try {
    const client = new Database(path, { timeout: timeoutMs })
    opened.client = client
    // Before there is a journal: it gets the mode of the main file.
    keepPrivate(path)
    client.pragma('journal_mode = WAL')
    client.pragma('foreign_keys = ON')
    client.pragma(`synchronous = ${synchronous}`)
    client.pragma(`journal_size_limit = ${journalBytes}`)
    // macOS tells its disk to write the cache out only when asked for it; elsewhere these do nothing.
    client.pragma(`fullfsync = ${synchronous === 'full' ? 'ON' : 'OFF'}`)
    client.pragma(`checkpoint_fullfsync = ${synchronous === 'full' ? 'ON' : 'OFF'}`)
    keepStatements(client)
    return drizzle(client, { schema })
  } catch (error) {
    opened.client?.close()
    throw storeError(error, `The database ${path} cannot be opened (db.url)${explain(path)}`)
  }
}

/**
 * Runs a synchronous function in one immediate transaction. While another process writes it is tried again, without stopping the loop.
 * @throws StoreError `busy` after ten seconds; what `work` throws is rolled back and thrown.
 */
export const write = <T>(db: Db, work: (tx: Tx) => T): Promise<T> =>
  patient(db, () => db.transaction(work, { behavior: 'immediate' }))

/** Writes what is only good to know. While the database cannot be written it is left out, so that reading goes on. */
export async function writeIfPossible(db: Db, work: (tx: Tx) => unknown): Promise<void> {
  try {
    await write(db, work)
  } catch (error) {
    if (!(error instanceof StoreError) || error.code === 'corrupt') throw error
  }
}

/** One lock for all: readers wait only while somebody has the file for themselves. */
const readers = {}

/** Reads outside of a transaction; WAL readers do not wait for writers. */
export const read = <T>(work: () => T): Promise<T> => patient(readers, work)

async function patient<T>(lock: object, work: () => T): Promise<T> {
  try {
    return await inTurn(lock, work)
  } catch (error) {
    throw storeError(error)
  }
}

export const iso = (ms: number): string => new Date(ms).toISOString()
export const isoOrNull = (ms: number | null): string | null => (ms === null ? null : iso(ms))
