import type { AuditEntry, AuditQuery } from '@kamihi/contracts'
import { sql } from 'drizzle-orm'
import { auditHash } from '../auditHash.ts'
import { newId } from '../ids.ts'
import type { Change, Store } from '../store.ts'
import { type Db, iso, read, type Tx, write } from './connection.ts'
import { chunks } from './edit.ts'
import { listPage } from './listPage.ts'
import { auditSorting, auditWhere } from './lists/audit.ts'
import { audit } from './schema.ts'

type Fields = Record<string, unknown>

/** What was changed: the thing, and its fields before and after. */
export interface Audited {
  verb: string
  object: AuditEntry['object']
  before: Fields
  after: Fields
}

/** Writes who changed what; call it inside the transaction of the change. */
export function writeAudit(
  tx: Tx,
  change: Change,
  verb: string,
  object: AuditEntry['object'],
  before: Fields = {},
  after: Fields = {},
): void {
  writeAudits(tx, change, [{ verb, object, before, after }])
}

/** The same of several things, in their order. */
export function writeAudits(tx: Tx, change: Change, entries: readonly Audited[]): void {
  const last = tx.select({ hash: audit.hash }).from(audit).orderBy(sql`rowid desc`).limit(1).get()
  let hash = last?.hash ?? ''
  const rows = entries.map((entry) => {
    const row = rowOf(change, entry)
    hash = auditHash(hash, row)
    return { ...row, hash }
  })
  for (const chunk of chunks(rows)) tx.insert(audit).values(chunk).run()
}

const rowOf = (change: Change, { verb, object, before, after }: Audited) => ({
  id: newId(change.now),
  at: change.now,
  actor: change.actor,
  verb,
  objectKind: object.kind,
  objectId: object.id,
  objectLabel: object.label === null ? null : wellFormed(object.label),
  changes: difference(before, after),
  ip: change.ip ?? null,
  requestId: change.requestId ?? null,
})

/** As SQLite keeps it: half a character, which anybody can send as a name, would come back as another one and not fit its hash. */
const wellFormed = (text: string): string => Buffer.from(text).toString()

/** Fields that differ; those of a profile only by name, since they may be private. */
function difference(before: Fields, after: Fields): AuditEntry['changes'] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (name) => !['id', 'version', 'createdAt', 'updatedAt', 'passwordHash', 'hash'].includes(name),
  )
  const changed = names.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
  const show = (fields: Fields, name: string) => (name === 'profile' ? 'changed' : (fields[name] ?? null))
  return Object.fromEntries(
    changed.map((name) => [name, { before: show(before, name), after: show(after, name) }]),
  )
}

export function createAudit(db: Db): Store['audit'] {
  return {
    add: ({ verb, object, facts }, change) =>
      write(db, (tx) => writeAudit(tx, change, verb, object, {}, facts)),
    list: (query, without = []) => read(() => listAudit(db, query, without)),
  }
}

const listAudit = (db: Db, query: AuditQuery, without: readonly string[]) =>
  listPage(
    db,
    audit,
    { ...query, without },
    {
      sorting: auditSorting,
      where: (given) => auditWhere(given, given.without),
      present: (rows) => rows.map(present),
    },
  )

function present(row: typeof audit.$inferSelect): AuditEntry {
  const { id, at, actor, verb, objectKind, objectId, objectLabel, changes, ip, requestId } = row
  return {
    id,
    at: iso(at),
    actor,
    verb,
    object: { kind: objectKind, id: objectId, label: objectLabel },
    changes,
    ip,
    requestId,
  }
}
