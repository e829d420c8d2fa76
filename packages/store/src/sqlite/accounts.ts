import type { Account, ListQuery } from '@kamihi/contracts'
import { and, eq, isNull, ne, type SQL } from 'drizzle-orm'
import type { AccountPatch, NewAccount } from '../accountStore.ts'
import { foldName } from '../foldName.ts'
import { newId } from '../ids.ts'
import type { Change, LastOwner, Saved, Store } from '../store.ts'
import { presentAccount, presentAccounts } from './accountRows.ts'
import { writeAudit } from './auditLog.ts'
import { type Db, read, type Tx, write } from './connection.ts'
import { orDuplicate, Refused } from './edit.ts'
import { contains } from './listing.ts'
import { listPage } from './listPage.ts'
import { hasOwner, isLinked, keepingOwner, orLastOwner, prepareOwner, usableOwner } from './owners.ts'
import { accountLinks, accounts, sessions, tokens, users } from './schema.ts'

type Updated = Saved<Account> | LastOwner

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
        write(db, (tx): Saved<Account> => {
          if (idOf(tx, input.username) !== null) return { kind: 'duplicate', field: 'username' }
          return { kind: 'saved', value: insert(tx, input, change) }
        }),
      ),
    hasOwner: () => read(() => owner.get({}) !== undefined),
    list: (query) => read(() => list(db, query)),
    get: (id) => read(() => recordOf(db, eq(accounts.id, id))),
    getByUsername: (username) =>
      read(() => {
        const id = idOf(db, username)
        return id === null ? null : recordOf(db, eq(accounts.id, id))
      }),
    linkedTo: (userId) =>
      read(() => db.select().from(accounts).where(eq(accounts.telegramUserId, userId)).all()).then((rows) =>
        rows.map(({ username }) => username),
      ),
    chatOf: (id) => read(() => onTelegram(db, eq(accounts.id, id))[0]?.chatId ?? null),
    ofTelegramUser: (telegramId) =>
      read(() => onTelegram(db, and(eq(users.telegramId, telegramId), isNull(accounts.disabledAt)))),
    ownersOnTelegram: () => read(() => onTelegram(db, usableOwner)),
    update: (id, version, patch, change) =>
      orLastOwner(() =>
        orDuplicate('username', () =>
          write(db, (tx) => keepingOwner(tx, () => update(tx, id, version, patch, change))),
        ),
      ),
    remove: (id, change) => write(db, (tx) => remove(tx, id, change)),
    setPassword: (id, passwordHash, change, oldHash) =>
      write(db, (tx) => {
        if (oldHash !== undefined && passwordOf(tx, id) !== oldHash) return false
        return setPassword(tx, id, passwordHash, change, 'account.password_set') !== null
      }),
    rehash: (id, oldHash, passwordHash) =>
      write(db, (tx) => {
        const asItWas = and(eq(accounts.id, id), eq(accounts.passwordHash, oldHash))
        tx.update(accounts).set({ passwordHash }).where(asItWas).run()
      }),
  }
}

/** The account with this name, however it is written. There are few: their names are compared one by one. */
function idOf(db: Db | Tx, username: string): string | null {
  const { id, username: name } = accounts
  const folded = foldName(username)
  const all = db.select({ id, name }).from(accounts).all()
  return all.find((account) => foldName(account.name) === folded)?.id ?? null
}

const passwordOf = (tx: Tx, id: string): string | undefined =>
  tx.select().from(accounts).where(eq(accounts.id, id)).get()?.passwordHash

function insert(tx: Tx, { passwordHash, telegramUserId = null, ...input }: NewAccount, change: Change) {
  const id = newId(change.now)
  tx.insert(accounts)
    .values({
      id,
      ...input,
      ...linkTo(tx, telegramUserId),
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
  const disabledAt = patch.disabled === undefined ? row.disabledAt : patch.disabled ? change.now : null
  const losesOwner = row.role === 'owner' && ((patch.role ?? 'owner') !== 'owner' || disabledAt !== null)
  if (losesOwner && !hasOwner(tx, ne(accounts.id, id))) return { kind: 'last_owner' }
  const { disabled: _, telegramUserId, ...fields } = patch
  const link = telegramUserId === undefined ? {} : linkTo(tx, telegramUserId)
  tx.update(accounts)
    .set({ ...fields, ...link, disabledAt, updatedAt: change.now, version: version + 1 })
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

/** Sets the password, and ends every session and every link for another one; null when there is no such account. */
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
  tx.delete(accountLinks).where(eq(accountLinks.accountId, id)).run()
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
    .select({
      id: accounts.id,
      username: accounts.username,
      version: accounts.version,
      chatId: users.telegramId,
    })
    .from(accounts)
    .innerJoin(users, isLinked)
    .where(where)
    .all()
}

/** Pins who the user is now: nobody takes over the account by changing the user. */
function linkTo(tx: Tx, telegramUserId: string | null) {
  if (telegramUserId === null) return { telegramUserId, telegramId: null }
  const user = tx.select().from(users).where(eq(users.id, telegramUserId)).get()
  if (!user) throw new Refused('telegramUserId', [telegramUserId])
  return { telegramUserId, telegramId: user.telegramId }
}

const objectOf = ({ id, username }: Account) => ({ kind: 'account', id, label: username })

/** What the audit log tells of an account; who was seen when is no change. */
const audited = ({ username, role, telegramUserId, disabledAt }: Account) => ({
  username,
  role,
  telegramUserId,
  disabledAt,
})
