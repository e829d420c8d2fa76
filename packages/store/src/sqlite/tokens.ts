import type { Token } from '@kamihi/contracts'
import { and, desc, eq, gt, isNull, or } from 'drizzle-orm'
import { newId } from '../ids.ts'
import type { Store } from '../store.ts'
import { writeAudit } from './auditLog.ts'
import { type Db, iso, isoOrNull, read, write, writeIfPossible } from './connection.ts'
import { tokens } from './schema.ts'

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
        writeAudit(
          tx,
          change,
          'token.created',
          { kind: 'token', id: row.id, label: row.name },
          {},
          { name: row.name, role: row.role },
        )
        return present(row)
      }),
    use: (hash, now) => use(db, hash, now),
    list: () => read(() => db.select().from(tokens).orderBy(desc(tokens.createdAt)).all().map(present)),
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

async function use(db: Db, hash: string, now: number): Promise<Token | null> {
  const live = and(
    eq(tokens.hash, hash),
    isNull(tokens.revokedAt),
    or(isNull(tokens.expiresAt), gt(tokens.expiresAt, now)),
  )
  const row = await read(() => db.select().from(tokens).where(live).get())
  if (!row) return null
  if (now - (row.lastUsedAt ?? 0) > touchMs)
    await writeIfPossible(db, (tx) =>
      tx.update(tokens).set({ lastUsedAt: now }).where(eq(tokens.id, row.id)).run(),
    )
  return present(row)
}

function present(row: typeof tokens.$inferSelect): Token {
  const { hash: _, ...token } = row
  return {
    ...token,
    createdAt: iso(row.createdAt),
    expiresAt: isoOrNull(row.expiresAt),
    lastUsedAt: isoOrNull(row.lastUsedAt),
    revokedAt: isoOrNull(row.revokedAt),
  }
}
