import type { AccessRole, Account } from '@kamihi/contracts'
import { and, eq, isNull, sql } from 'drizzle-orm'
import { newId } from '../ids.ts'
import type { Change, Saved, Store } from '../store.ts'
import { writeAudit } from './auditLog.ts'
import { type Db, iso, isoOrNull, read, type Tx, write } from './connection.ts'
import { orDuplicate } from './edit.ts'
import { accounts, sessions } from './schema.ts'

type Row = typeof accounts.$inferSelect
interface NewAccount {
  username: string
  passwordHash: string
  role: AccessRole
}

/** Accounts of the dashboard; they are not Telegram users. */
export function createAccounts(db: Db): Store['accounts'] {
  return {
    createFirstOwner: (input, change) =>
      write(db, (tx) => {
        if (hasOwner(tx)) return { kind: 'owner_exists' } as const
        return { kind: 'created', account: insert(tx, { ...input, role: 'owner' }, change) } as const
      }),
    create: (input, change) =>
      orDuplicate('username', () =>
        write(db, (tx): Saved<Account> => ({ kind: 'saved', value: insert(tx, input, change) })),
      ),
    hasOwner: () => read(() => hasOwner(db)),
    getByUsername: (username) => read(() => byUsername(db, username)),
    setPassword: (id, passwordHash, change) => write(db, (tx) => setPassword(tx, id, passwordHash, change)),
  }
}

export function presentAccount({ id, username, role, disabledAt, createdAt, version }: Row): Account {
  return { id, username, role, disabledAt: isoOrNull(disabledAt), createdAt: iso(createdAt), version }
}

function hasOwner(db: Db | Tx): boolean {
  return (
    db
      .select({ id: accounts.id })
      .from(accounts)
      .where(and(eq(accounts.role, 'owner'), isNull(accounts.disabledAt)))
      .limit(1)
      .get() !== undefined
  )
}

function insert(tx: Tx, input: NewAccount, change: Change): Account {
  const row = { id: newId(change.now), ...input, createdAt: change.now, updatedAt: change.now }
  const account = presentAccount(tx.insert(accounts).values(row).returning().get())
  writeAudit(
    tx,
    change,
    'account.created',
    { kind: 'account', id: account.id, label: account.username },
    {},
    { username: input.username, role: input.role },
  )
  return account
}

function byUsername(db: Db, username: string) {
  const row = db
    .select()
    .from(accounts)
    .where(eq(sql`lower(${accounts.username})`, username.toLowerCase()))
    .get()
  return row ? { ...presentAccount(row), passwordHash: row.passwordHash } : null
}

/** A new password ends every session of the account. */
function setPassword(tx: Tx, id: string, passwordHash: string, change: Change): boolean {
  const row = tx.select().from(accounts).where(eq(accounts.id, id)).get()
  if (!row) return false
  tx.update(accounts)
    .set({ passwordHash, updatedAt: change.now, version: row.version + 1 })
    .where(eq(accounts.id, id))
    .run()
  tx.delete(sessions).where(eq(sessions.accountId, id)).run()
  writeAudit(tx, change, 'account.password_set', { kind: 'account', id, label: row.username })
  return true
}
