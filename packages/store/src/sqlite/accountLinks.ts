import { and, eq, gt, isNull } from 'drizzle-orm'
import type { Store } from '../store.ts'
import { presentAccount } from './accountRows.ts'
import { setPassword } from './accounts.ts'
import { writeAudit } from './auditLog.ts'
import { type Db, iso, read, type Tx, write } from './connection.ts'
import { accountLinks, accounts, sessions } from './schema.ts'

/** One-time links to choose a password; only the hash of the secret is kept. */
export function createAccountLinks(db: Db): Store['accountLinks'] {
  return {
    create: (accountId, link, change) =>
      write(db, (tx) => {
        const account = tx.select().from(accounts).where(eq(accounts.id, accountId)).get()
        if (!account) return false
        const row = { ...link, createdAt: change.now }
        tx.insert(accountLinks)
          .values({ accountId, ...row })
          .onConflictDoUpdate({ target: accountLinks.accountId, set: row })
          .run()
        if (link.kind === 'reset') tx.delete(sessions).where(eq(sessions.accountId, accountId)).run()
        writeAudit(
          tx,
          change,
          'account.link_created',
          { kind: 'account', id: accountId, label: account.username },
          {},
          { kind: link.kind, expiresAt: iso(link.expiresAt) },
        )
        return true
      }),
    find: (hash, now) => read(() => find(db, hash, now)),
    accept: (hash, passwordHash, change) =>
      write(db, (tx) => {
        const link = find(tx, hash, change.now)
        if (!link) return null
        tx.delete(accountLinks).where(eq(accountLinks.hash, hash)).run()
        return setPassword(tx, link.account.id, passwordHash, change, 'account.link_accepted')
      }),
  }
}

function find(db: Db | Tx, hash: string, now: number) {
  const found = db
    .select()
    .from(accountLinks)
    .innerJoin(accounts, eq(accounts.id, accountLinks.accountId))
    .where(and(eq(accountLinks.hash, hash), gt(accountLinks.expiresAt, now), isNull(accounts.disabledAt)))
    .get()
  if (!found) return null
  const { kind, expiresAt } = found.account_links
  return { account: presentAccount(db, found.accounts), kind, expiresAt }
}
