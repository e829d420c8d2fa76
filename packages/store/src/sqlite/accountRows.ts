import type { Account } from '@kamihi/contracts'
import { inArray, max } from 'drizzle-orm'
import { type Db, iso, isoOrNull, type Tx } from './connection.ts'
import { chunks } from './edit.ts'
import { type accounts, sessions } from './schema.ts'

type Row = typeof accounts.$inferSelect

/** Rows of accounts as they are shown, without their passwords, with when they were last seen. */
export function presentAccounts(db: Db | Tx, rows: Row[]): Account[] {
  const seen = chunks(rows.map(({ id }) => id)).flatMap((ids) =>
    db
      .select({ accountId: sessions.accountId, at: max(sessions.lastSeenAt) })
      .from(sessions)
      .where(inArray(sessions.accountId, ids))
      .groupBy(sessions.accountId)
      .all(),
  )
  const seenAt = new Map(seen.map(({ accountId, at }) => [accountId, at]))
  return rows.map((row) => accountOf(row, seenAt.get(row.id) ?? null))
}

export const presentAccount = (db: Db | Tx, row: Row): Account => presentAccounts(db, [row])[0] as Account

/** A row of an account as it is shown, where it is known when it was last seen. */
export function accountOf(row: Row, lastSeenAt: number | null): Account {
  const { id, username, role, telegramUserId, passwordHash, disabledAt, createdAt, version } = row
  return {
    id,
    username,
    role,
    telegramUserId,
    hasPassword: passwordHash !== '',
    lastSeenAt: isoOrNull(lastSeenAt),
    disabledAt: isoOrNull(disabledAt),
    createdAt: iso(createdAt),
    version,
  }
}
