import type { AccessRole, Account, Token } from '@kamihi/contracts'
import type { Change, Saved } from './change.ts'

export interface AccountRecord extends Account {
  passwordHash: string
}

export interface SessionRecord {
  /** SHA-256 of the cookie, hex. */
  id: string
  account: Account
  createdAt: number
  lastSeenAt: number
  expiresAt: number
}

export interface TokenRecord extends Token {
  expired: boolean
}

/** Accounts of the dashboard. */
export interface AccountStore {
  /** Makes an owner if there is none. */
  createFirstOwner(
    input: { username: string; passwordHash: string },
    change: Change,
  ): Promise<{ kind: 'created'; account: Account } | { kind: 'owner_exists' }>
  create(
    input: { username: string; passwordHash: string; role: AccessRole },
    change: Change,
  ): Promise<Saved<Account>>
  hasOwner(): Promise<boolean>
  getByUsername(username: string): Promise<AccountRecord | null>
  setPassword(id: string, passwordHash: string, change: Change): Promise<boolean>
}

/** Who is signed in. */
export interface SessionStore {
  create(input: {
    id: string
    accountId: string
    now: number
    expiresAt: number
    ip: string
    userAgent: string
  }): Promise<void>
  /** Null when ended, expired, or its account is disabled; moves `lastSeenAt` at most once a minute. */
  use(id: string, now: number): Promise<SessionRecord | null>
  /** Removes those that have ended; an account has few. */
  prune(now: number): Promise<number>
  end(id: string): Promise<boolean>
}

/** Failed and successful tries to sign in, for the limits of guessing. Keys are opaque. */
export interface AttemptStore {
  record(key: string, success: boolean, now: number): Promise<void>
  failuresSince(key: string, since: number): Promise<number>
  /** When the last failure was, of those after the last success. */
  lastFailureAt(key: string): Promise<number | null>
}

/** Tokens of the API. */
export interface TokenStore {
  create(
    input: { name: string; role: AccessRole; prefix: string; hash: string; expiresAt: number | null },
    change: Change,
  ): Promise<Token>
  /** By SHA-256 hex of the secret; null when unknown, revoked or expired. Moves `lastUsedAt` at most once a minute. */
  use(hash: string, now: number): Promise<Token | null>
  list(): Promise<Token[]>
  revoke(id: string, change: Change): Promise<boolean>
}
