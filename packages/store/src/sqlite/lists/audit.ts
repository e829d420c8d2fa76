import type { AuditQuery } from '@kamihi/contracts'
import { and, eq, gte, lt, notInArray, type SQL, sql } from 'drizzle-orm'
import { contains, type Sorting } from '../listing.ts'
import { audit } from '../schema.ts'

/** How the audit log is sorted: newest first. */
export const auditSorting: Sorting = {
  columns: { at: { value: audit.at, order: 'desc' } },
  default: 'at',
  id: audit.id,
}

/** Selects the entries that a query asks for, without those of some kinds of objects. */
export const auditWhere = (query: AuditQuery, without: readonly string[]): SQL | undefined =>
  and(
    query.verb ? eq(audit.verb, query.verb) : undefined,
    query.objectKind ? eq(audit.objectKind, query.objectKind) : undefined,
    query.objectId ? eq(audit.objectId, query.objectId) : undefined,
    query.actorId ? sql`(${audit.actor} ->> '$.id') = ${query.actorId}` : undefined,
    query.actorKind ? sql`(${audit.actor} ->> '$.kind') = ${query.actorKind}` : undefined,
    query.from ? gte(audit.at, Date.parse(query.from)) : undefined,
    query.to ? lt(audit.at, Date.parse(query.to)) : undefined,
    query.q ? contains(audit.objectLabel, query.q) : undefined,
    without.length > 0 ? notInArray(audit.objectKind, [...without]) : undefined,
  )
