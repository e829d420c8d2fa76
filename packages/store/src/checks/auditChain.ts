import type Database from 'better-sqlite3'
import { type AuditRow, auditHash } from '../auditHash.ts'

/** What the chain of hashes over the audit log tells. */
export interface AuditChain {
  entries: number
  /** When the first entry was written that is left (epoch milliseconds), if there was one before it; null: all are there. */
  begunAt: number | null
  /** Entries that do not fit to the one before, oldest first. */
  broken: { id: string; at: number }[]
}

type StoredRow = Omit<AuditRow, 'actor' | 'changes'> & { actor: string; changes: string; hash: string }

/** Entries that were changed, and places where some were removed or put in by other means. What is missing at the end is not seen. */
export function auditChain(database: Database.Database): AuditChain {
  const rows = database
    .prepare(
      `select id, at, actor, verb, object_kind as objectKind, object_id as objectId, object_label as objectLabel,
         changes, ip, request_id as requestId, hash
       from audit order by rowid`,
    )
    .iterate() as IterableIterator<StoredRow>
  const chain: AuditChain = { entries: 0, begunAt: null, broken: [] }
  let before = ''
  for (const row of rows) {
    const fits = hashOf(row, before) === row.hash
    // Entries older than a year may have been removed.
    if (!fits && chain.entries === 0) chain.begunAt = row.at
    else if (!fits) chain.broken.push({ id: row.id, at: row.at })
    chain.entries += 1
    before = row.hash
  }
  return chain
}

function hashOf(row: StoredRow, before: string): string | null {
  try {
    return auditHash(before, { ...row, actor: JSON.parse(row.actor), changes: JSON.parse(row.changes) })
  } catch {
    return null
  }
}
