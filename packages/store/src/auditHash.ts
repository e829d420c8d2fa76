import { createHash } from 'node:crypto'

/** What an entry of the audit log says, as it is stored. */
export interface AuditRow {
  id: string
  at: number
  actor: unknown
  verb: string
  objectKind: string
  objectId: string | null
  objectLabel: string | null
  changes: unknown
  ip: string | null
  requestId: string | null
}

/** SHA-256 over the hash of the entry before (empty for the first) and this one: the order of the fields is a part of it. */
export function auditHash(before: string, row: AuditRow): string {
  const { id, at, actor, verb, objectKind, objectId, objectLabel, changes, ip, requestId } = row
  return createHash('sha256')
    .update(before)
    .update(
      JSON.stringify({
        id,
        at,
        actor,
        verb,
        objectKind,
        objectId,
        objectLabel,
        changes,
        ip,
        requestId,
      }),
    )
    .digest('hex')
}
