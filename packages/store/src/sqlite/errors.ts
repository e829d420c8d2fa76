import { StoreError, type StoreErrorCode } from '../store.ts'

/** SQLite's own name of what went wrong, e.g. `SQLITE_BUSY_SNAPSHOT`; empty for other errors. */
export const codeOf = (error: unknown): string => String((error as { code?: unknown } | null)?.code ?? '')

const codes: [prefix: string, code: StoreErrorCode][] = [
  ['SQLITE_BUSY', 'busy'],
  ['SQLITE_PROTOCOL', 'busy'],
  ['SQLITE_FULL', 'full'],
  ['SQLITE_READONLY', 'readonly'],
  ['SQLITE_CORRUPT', 'corrupt'],
  ['SQLITE_NOTADB', 'corrupt'],
  ['SQLITE_CANTOPEN', 'cannot_open'],
  // The index of the journal could not be made as large as it has to be.
  ['SQLITE_IOERR_SHMSIZE', 'full'],
  ['SQLITE_IOERR', 'io'],
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
