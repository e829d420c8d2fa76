import { type AccessRole, accessRoles, type ListQuery, type Token } from '@kamihi/contracts'
import { and, eq, gt, isNull, or } from 'drizzle-orm'
import { newId } from '../ids.ts'
import type { Store } from '../store.ts'
import { writeAudit } from './auditLog.ts'
import { type Db, iso, isoOrNull, read, write, writeIfPossible } from './connection.ts'
import { contains } from './listing.ts'
import { listPage } from './listPage.ts'
import { accounts, tokens } from './schema.ts'

const touchMs = 60_000

/** API tokens; only the hash of the secret is kept. */
export function createTokens(db: Db): Store['tokens'] {
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
    use: (hash, now, from = null) => use(db, hash, now, from),
    list: (query) => read(() => list(db, query)),
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

async function use(db: Db, hash: string, now: number, from: string | null): Promise<Token | null> {
  const live = and(
    eq(tokens.hash, hash),
    isNull(tokens.revokedAt),
    or(isNull(tokens.expiresAt), gt(tokens.expiresAt, now)),
    isNull(accounts.disabledAt),
  )
  const found = await read(() =>
    db.select().from(tokens).leftJoin(accounts, eq(accounts.id, tokens.creatorId)).where(live).get(),
  )
  if (!found) return null
  const { tokens: row, accounts: creator } = found
  if (now - (row.lastUsedAt ?? 0) > touchMs)
    await writeIfPossible(db, (tx) =>
      tx.update(tokens).set({ lastUsedAt: now, lastUsedFrom: from }).where(eq(tokens.id, row.id)).run(),
    )
  return { ...present(row), role: lesser(row.role, creator?.role ?? row.role) }
}

const lesser = (a: AccessRole, b: AccessRole): AccessRole =>
  accessRoles.indexOf(a) < accessRoles.indexOf(b) ? a : b

function list(db: Db, query: ListQuery) {
  const { name, createdAt, lastUsedAt, expiresAt } = tokens
  return listPage(db, tokens, query, {
    where: ({ q }) => (q ? contains(name, q) : undefined),
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
