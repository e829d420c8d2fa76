import { and, eq, isNull, ne, or, type SQL, sql } from 'drizzle-orm'
import type { LastOwner } from '../change.ts'
import type { Db, Tx } from './connection.ts'
import { quickRows } from './quickRows.ts'
import { accounts, users } from './schema.ts'

/** The user of an account is who they were when it was linked: another Telegram id makes them somebody else. */
export const isLinked = and(eq(users.id, accounts.telegramUserId), eq(users.telegramId, accounts.telegramId))

/** Owners who can sign in: an invitation that nobody has accepted keeps no door open. */
export const usableOwner = and(
  eq(accounts.role, 'owner'),
  isNull(accounts.disabledAt),
  or(ne(accounts.passwordHash, ''), sql`exists (select 1 from ${users} where ${isLinked})`),
)

/** Whether anybody can sign in as owner. */
export const hasOwner = (db: Db | Tx, more?: SQL): boolean =>
  db.select({ id: accounts.id }).from(accounts).where(and(usableOwner, more)).limit(1).get() !== undefined

/** Asked by every request that brings no token. */
export function prepareOwner(db: Db) {
  const { id } = accounts
  return quickRows(db.select({ id }).from(accounts).where(usableOwner).limit(1).prepare(), { id })
}

/** Rolls a transaction back that would leave nobody who can sign in as owner. */
class NoOwnerLeft extends Error {}

/** Changes something on which the way in of an owner may rest. Call it within `orLastOwner`. */
export function keepingOwner<T>(tx: Tx, work: () => T): T {
  const had = hasOwner(tx)
  const outcome = work()
  if (had && !hasOwner(tx)) throw new NoOwnerLeft('Nobody could sign in as owner.')
  return outcome
}

/** Turns a change that `keepingOwner` has rolled back into its outcome. */
export async function orLastOwner<T>(work: () => Promise<T>): Promise<T | LastOwner> {
  try {
    return await work()
  } catch (error) {
    const outcome = lastOwnerIn(error)
    if (outcome) return outcome
    throw error
  }
}

/** The outcome of a change that `keepingOwner` has rolled back; null where it failed for something else. */
export const lastOwnerIn = (error: unknown): LastOwner | null =>
  error instanceof NoOwnerLeft ? { kind: 'last_owner' } : null
