import { type AccessRole, accessRoles, type ListQuery, type Token } from '@kamihi/contracts'
import { and, eq, getTableColumns, gt, isNull, or, sql } from 'drizzle-orm'
import { newId } from '../ids.ts'
import type { Store } from '../store.ts'
import { writeAudit } from './auditLog.ts'
import { type Db, iso, isoOrNull, read, write, writeIfPossible } from './connection.ts'
import { contains } from './listing.ts'
import { idsWhere, listPage } from './listPage.ts'
import { quickRows } from './quickRows.ts'
import { accounts, tokens } from './schema.ts'

const touchMs = 60_000

/** API tokens; only the hash of the secret is kept. */
export function createTokens(db: Db): Store['tokens'] {
  const use = prepareUse(db)
  return {
    create: (input, change) =>
      write(db, (tx) => {
        const row = tx
          .insert(tokens)
          .values({ id: newId(change.now), ...input, createdBy: change.actor.name, createdAt: change.now })
          .returning()
          .get()
        const { name, role, expiresAt } = present(row)
        writeAudit(
          tx,
          change,
          'token.created',
          { kind: 'token', id: row.id, label: name },
          {},
          { name, role, expiresAt },
        )
        return present(row)
      }),
    use,
    list: (query) => read(() => list(db, query)),
    matching: (query, limit) =>
      read(() => idsWhere(db, tokens, tokens.id, { where: tokensWhere(query), limit })),
    revoke: (id, change) =>
      write(db, (tx) => {
        const row = tx
          .update(tokens)
          .set({ revokedAt: change.now })
          .where(and(eq(tokens.id, id), isNull(tokens.revokedAt)))
          .returning()
          .get()
        if (row) writeAudit(tx, change, 'token.revoked', { kind: 'token', id, label: row.name })
        return row !== undefined
      }),
  }
}

/** Asked by every request of every program: one statement, prepared once; that it was used is written at most once a minute. */
function prepareUse(db: Db): Store['tokens']['use'] {
  const live = and(
    eq(tokens.hash, sql.placeholder('hash')),
    isNull(tokens.revokedAt),
    or(isNull(tokens.expiresAt), gt(tokens.expiresAt, sql.placeholder('now'))),
    isNull(accounts.disabledAt),
  )
  const fields = { ...getTableColumns(tokens), creatorRole: sql<AccessRole | null>`${accounts.role}` }
  const found = quickRows(
    db
      .select(fields)
      .from(tokens)
      .leftJoin(accounts, eq(accounts.id, tokens.creatorId))
      .where(live)
      .prepare(),
    fields,
  )
  return async (hash, now, from = null) => {
    const one = await read(() => found.get({ hash, now }))
    if (!one) return null
    const { creatorRole, ...row } = one
    if (now - (row.lastUsedAt ?? 0) > touchMs) await touch(db, row.id, now, from)
    return { ...present(row), role: lesser(row.role, creatorRole ?? row.role) }
  }
}

const touch = (db: Db, id: string, now: number, from: string | null): Promise<void> =>
  writeIfPossible(db, (tx) =>
    tx.update(tokens).set({ lastUsedAt: now, lastUsedFrom: from }).where(eq(tokens.id, id)).run(),
  )

const lesser = (a: AccessRole, b: AccessRole): AccessRole =>
  accessRoles.indexOf(a) < accessRoles.indexOf(b) ? a : b

const tokensWhere = ({ q }: ListQuery) => (q ? contains(tokens.name, q) : undefined)

function list(db: Db, query: ListQuery) {
  const { name, createdAt, lastUsedAt, expiresAt } = tokens
  return listPage(db, tokens, query, {
    where: tokensWhere,
    sorting: {
      columns: {
        name: { value: name },
        createdAt: { value: createdAt, order: 'desc' },
        lastUsedAt: { value: lastUsedAt, least: 0, order: 'desc' },
        expiresAt: { value: expiresAt, least: 0 },
      },
      default: 'createdAt',
      id: tokens.id,
    },
    present: (rows) => rows.map(present),
  })
}

function present(row: typeof tokens.$inferSelect): Token {
  const { hash: _, creatorId: __, ...token } = row
  return {
    ...token,
    createdAt: iso(row.createdAt),
    expiresAt: isoOrNull(row.expiresAt),
    lastUsedAt: isoOrNull(row.lastUsedAt),
    revokedAt: isoOrNull(row.revokedAt),
  }
}
