import type { Account, ListQuery } from '@kamihi/contracts'
import { and, eq, inArray, isNotNull, isNull, ne, or, type SQL, sql } from 'drizzle-orm'
import type { AccountPatch, NewAccount } from '../accountStore.ts'
import { newId } from '../ids.ts'
import type { Change, Saved, Store } from '../store.ts'
import { presentAccount, presentAccounts } from './accountRows.ts'
import { writeAudit } from './auditLog.ts'
import { type Db, read, type Tx, write } from './connection.ts'
import { checkReferences, orDuplicate } from './edit.ts'
import { contains } from './listing.ts'
import { listPage } from './listPage.ts'
import { quickRows } from './quickRows.ts'
import { accounts, sessions, tokens, users } from './schema.ts'

type Updated = Saved<Account> | { kind: 'last_owner' }

/** Accounts of the dashboard; they are not Telegram users. */
export function createAccounts(db: Db): Store['accounts'] {
  const owner = prepareOwner(db)
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
    hasOwner: () => read(() => owner.get({}) !== undefined),
    list: (query) => read(() => list(db, query)),
    get: (id) => read(() => recordOf(db, eq(accounts.id, id))),
    getByUsername: (username) =>
      read(() => recordOf(db, eq(sql`lower(${accounts.username})`, username.toLowerCase()))),
    chatOf: (id) => read(() => onTelegram(db, eq(accounts.id, id))[0]?.chatId ?? null),
    ownersOnTelegram: () => read(() => onTelegram(db, usableOwner)),
    update: (id, version, patch, change) =>
      orDuplicate('username', () => write(db, (tx) => update(tx, id, version, patch, change))),
    remove: (id, change) => write(db, (tx) => remove(tx, id, change)),
    setPassword: (id, passwordHash, change) =>
      write(db, (tx) => setPassword(tx, id, passwordHash, change, 'account.password_set') !== null),
    rehash: (id, passwordHash) =>
      write(db, (tx) => {
        tx.update(accounts).set({ passwordHash }).where(eq(accounts.id, id)).run()
      }),
  }
}

/** Owners who can sign in: an invitation that nobody has accepted keeps no door open. */
const usableOwner = and(
  eq(accounts.role, 'owner'),
  isNull(accounts.disabledAt),
  or(ne(accounts.passwordHash, ''), isNotNull(accounts.telegramUserId)),
)

const hasOwner = (db: Db | Tx, more?: SQL): boolean =>
  db.select({ id: accounts.id }).from(accounts).where(and(usableOwner, more)).limit(1).get() !== undefined

/** Asked by every request that brings no token. */
function prepareOwner(db: Db) {
  const { id } = accounts
  return quickRows(db.select({ id }).from(accounts).where(usableOwner).limit(1).prepare(), { id })
}

function insert(tx: Tx, { passwordHash, telegramUserId = null, ...input }: NewAccount, change: Change) {
  checkUser(tx, telegramUserId)
  const id = newId(change.now)
  tx.insert(accounts)
    .values({
      id,
      ...input,
      telegramUserId,
      passwordHash: passwordHash ?? '',
      createdAt: change.now,
      updatedAt: change.now,
    })
    .run()
  const account = accountIn(tx, id)
  writeAudit(tx, change, 'account.created', objectOf(account), {}, audited(account))
  return account
}

function update(tx: Tx, id: string, version: number, patch: AccountPatch, change: Change): Updated {
  const row = tx.select().from(accounts).where(eq(accounts.id, id)).get()
  if (!row) return { kind: 'not_found' }
  const current = presentAccount(tx, row)
  if (row.version !== version) return { kind: 'version_conflict', current }
  checkUser(tx, patch.telegramUserId ?? null)
  const disabledAt = patch.disabled === undefined ? row.disabledAt : patch.disabled ? change.now : null
  const losesOwner = row.role === 'owner' && ((patch.role ?? 'owner') !== 'owner' || disabledAt !== null)
  if (losesOwner && !hasOwner(tx, ne(accounts.id, id))) return { kind: 'last_owner' }
  const { disabled: _, ...fields } = patch
  tx.update(accounts)
    .set({ ...fields, disabledAt, updatedAt: change.now, version: version + 1 })
    .where(eq(accounts.id, id))
    .run()
  if (disabledAt !== null) tx.delete(sessions).where(eq(sessions.accountId, id)).run()
  const value = accountIn(tx, id)
  writeAudit(tx, change, 'account.updated', objectOf(value), audited(current), audited(value))
  return { kind: 'saved', value }
}

function remove(tx: Tx, id: string, change: Change): 'removed' | 'not_found' | 'last_owner' {
  const row = tx.select().from(accounts).where(eq(accounts.id, id)).get()
  if (!row) return 'not_found'
  const account = presentAccount(tx, row)
  if (account.role === 'owner' && !hasOwner(tx, ne(accounts.id, id))) return 'last_owner'
  // What it made would otherwise live on without anybody to answer for it.
  tx.update(tokens)
    .set({ revokedAt: change.now })
    .where(and(eq(tokens.creatorId, id), isNull(tokens.revokedAt)))
    .run()
  tx.delete(accounts).where(eq(accounts.id, id)).run()
  writeAudit(tx, change, 'account.removed', objectOf(account), audited(account), {})
  return 'removed'
}

/** Sets the password and ends every session; null when there is no such account. */
export function setPassword(
  tx: Tx,
  id: string,
  passwordHash: string,
  change: Change,
  verb: 'account.password_set' | 'account.link_accepted',
): Account | null {
  const row = tx.select().from(accounts).where(eq(accounts.id, id)).get()
  if (!row) return null
  tx.update(accounts)
    .set({ passwordHash, updatedAt: change.now, version: row.version + 1 })
    .where(eq(accounts.id, id))
    .run()
  tx.delete(sessions).where(eq(sessions.accountId, id)).run()
  writeAudit(tx, change, verb, { kind: 'account', id, label: row.username })
  return accountIn(tx, id)
}

function recordOf(db: Db, where: SQL) {
  const row = db.select().from(accounts).where(where).get()
  return row ? { ...presentAccount(db, row), passwordHash: row.passwordHash || null } : null
}

function accountIn(tx: Tx, id: string): Account {
  return presentAccount(tx, tx.select().from(accounts).where(eq(accounts.id, id)).get() as never)
}

function list(db: Db, query: ListQuery) {
  const { username, role, createdAt } = accounts
  return listPage(db, accounts, query, {
    where: ({ q }) => (q ? contains(username, q) : undefined),
    sorting: {
      columns: { username: { value: username }, role: { value: role }, createdAt: { value: createdAt } },
      default: 'username',
      id: accounts.id,
    },
    present: (rows) => presentAccounts(db, rows),
  })
}

function onTelegram(db: Db, where: SQL | undefined) {
  return db
    .select({ username: accounts.username, chatId: users.chatId })
    .from(accounts)
    .innerJoin(users, eq(users.id, accounts.telegramUserId))
    .where(where)
    .all()
}

function checkUser(tx: Tx, telegramUserId: string | null): void {
  if (telegramUserId === null) return
  checkReferences(tx, 'telegramUserId', [telegramUserId], (db, ids) =>
    db
      .select({ id: users.id })
      .from(users)
      .where(inArray(users.id, ids))
      .all()
      .map(({ id }) => id),
  )
}

const objectOf = ({ id, username }: Account) => ({ kind: 'account', id, label: username })

/** What the audit log tells of an account; who was seen when is no change. */
const audited = ({ username, role, telegramUserId, disabledAt }: Account) => ({
  username,
  role,
  telegramUserId,
  disabledAt,
})
