import Database from 'better-sqlite3'
import { type BetterSQLite3Database, drizzle } from 'drizzle-orm/better-sqlite3'
import { StoreError, type StoreErrorCode } from '../store.ts'
import * as schema from './schema.ts'

export type Db = BetterSQLite3Database<typeof schema> & { $client: Database.Database }
/** Inside of `write`: the same statements, in one transaction. */
export type Tx = Parameters<Parameters<Db['transaction']>[0]>[0]

/** How long a write is tried again while another process holds the lock. */
const patienceMs = 10_000

/** Opens a file with the settings that durability rests on: WAL, foreign keys, full synchronous writes. */
export function openDatabase(path: string, synchronous: 'full' | 'normal'): Db {
  try {
    // better-sqlite3 waits inside the event loop, so it waits briefly and `write` tries again.
    const client = new Database(path, { timeout: 100 })
    client.pragma('journal_mode = WAL')
    client.pragma('foreign_keys = ON')
    client.pragma(`synchronous = ${synchronous}`)
    return drizzle(client, { schema })
  } catch (error) {
    throw storeError(error, `The database ${path} cannot be opened (db.url)`)
  }
}

/**
 * Runs a synchronous function in one immediate transaction. While another process writes it is tried again, without stopping the loop.
 * @throws StoreError `busy` after ten seconds; what `work` throws is rolled back and thrown.
 */
export async function write<T>(db: Db, work: (tx: Tx) => T): Promise<T> {
  const began = performance.now()
  for (let attempt = 1; ; attempt += 1) {
    try {
      return db.transaction(work, { behavior: 'immediate' })
    } catch (error) {
      if (!isBusy(error)) throw storeError(error)
      if (performance.now() - began > patienceMs)
        throw new StoreError('busy', 'Another process keeps the database locked.', { cause: error })
      await pause(Math.min(5 * 2 ** attempt, 250))
    }
  }
}

/** Reads outside of a transaction; WAL readers do not wait for writers. */
export async function read<T>(work: () => T): Promise<T> {
  try {
    return work()
  } catch (error) {
    throw storeError(error)
  }
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))
const codeOf = (error: unknown): string => String((error as { code?: unknown } | null)?.code ?? '')
const isBusy = (error: unknown) => codeOf(error).startsWith('SQLITE_BUSY')

const codes: [prefix: string, code: StoreErrorCode][] = [
  ['SQLITE_BUSY', 'busy'],
  ['SQLITE_FULL', 'full'],
  ['SQLITE_READONLY', 'readonly'],
  ['SQLITE_CORRUPT', 'corrupt'],
  ['SQLITE_NOTADB', 'corrupt'],
  ['SQLITE_CANTOPEN', 'cannot_open'],
]

/** SQLite's own errors as ours; anything else unchanged. */
export function storeError(error: unknown, what = 'The database answered'): unknown {
  if (error instanceof StoreError) return error
  const known = codes.find(([prefix]) => codeOf(error).startsWith(prefix))
  if (known) return new StoreError(known[1], `${what}: ${(error as Error).message}`, { cause: error })
  if (error instanceof TypeError && error.message.includes('not open'))
    return new StoreError('closed', 'The database is closed.', { cause: error })
  return error
}

export const isUnique = (error: unknown) =>
  codeOf(error) === 'SQLITE_CONSTRAINT_UNIQUE' || codeOf(error) === 'SQLITE_CONSTRAINT_PRIMARYKEY'

export const iso = (ms: number): string => new Date(ms).toISOString()
export const isoOrNull = (ms: number | null): string | null => (ms === null ? null : iso(ms))
