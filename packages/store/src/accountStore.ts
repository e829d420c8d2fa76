import type {
  AccessRole,
  Account,
  AccountLinkKind,
  ListQuery,
  OpenSession,
  Page,
  Token,
} from '@kamihi/contracts'
import type { Change, LastOwner, Saved } from './change.ts'

export interface AccountRecord extends Account {
  /** Null until its holder has chosen a password. */
  passwordHash: string | null
}

export interface NewAccount {
  username: string
  role: AccessRole
  /** Null: it is chosen by the link of an invitation. */
  passwordHash: string | null
  telegramUserId?: string | null
}

export interface AccountPatch {
  role?: AccessRole
  disabled?: boolean
  telegramUserId?: string | null
}

export interface SessionRecord {
  /** SHA-256 of the cookie, hex. */
  id: string
  account: Account
  createdAt: number
  lastSeenAt: number
  /** When its holder last showed who they are. */
  reauthAt: number
  expiresAt: number
}

export interface NewSession {
  id: string
  accountId: string
  /** Of the account when its holder showed who they are; left out where that was not by a password. */
  passwordHash?: string | null
  expiresAt: number
  ip: string
  userAgent: string
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
  create(input: NewAccount, change: Change): Promise<Saved<Account>>
  /** Whether anybody can sign in as owner. */
  hasOwner(): Promise<boolean>
  list(query: ListQuery): Promise<Page<Account>>
  get(id: string): Promise<AccountRecord | null>
  getByUsername(username: string): Promise<AccountRecord | null>
  /** Names of the accounts that are linked to a user of the bot. */
  linkedTo(userId: string): Promise<string[]>
  /** Where the bot reaches the holder of an account, if it is linked to a user who has the Telegram id of then. */
  chatOf(id: string): Promise<number | null>
  /** Accounts that are linked to a user of Telegram, and not disabled. */
  ofTelegramUser(telegramId: number): Promise<{ id: string; username: string; version: number }[]>
  /** Telegram users of the owners, as far as they are linked. */
  ownersOnTelegram(): Promise<{ username: string; chatId: number }[]>
  /** One that is disabled is signed out everywhere. */
  update(
    id: string,
    version: number,
    patch: AccountPatch,
    change: Change,
  ): Promise<Saved<Account> | LastOwner>
  /** Ends its sessions and its tokens with it. */
  remove(id: string, change: Change): Promise<'removed' | 'not_found' | 'last_owner'>
  /**
   * A new password ends every session of the account, and every link for another one. False: there is no such account, or its
   * password is not that of `oldHash` any more.
   */
  setPassword(id: string, passwordHash: string, change: Change, oldHash?: string): Promise<boolean>
  /** The same password, hashed anew: nothing else changes. Nothing happens when `oldHash` is not that of the account any more. */
  rehash(id: string, oldHash: string, passwordHash: string): Promise<void>
}

/** One-time links with which the holder of an account chooses its password. */
export interface AccountLinkStore {
  /** Takes the place of an earlier one. One for a new password ends every session. False: no such account. */
  create(
    accountId: string,
    link: { hash: string; kind: AccountLinkKind; expiresAt: number },
    change: Change,
  ): Promise<boolean>
  /** Null when used, replaced, expired or unknown, or when the account is disabled. */
  find(
    hash: string,
    now: number,
  ): Promise<{ account: Account; kind: AccountLinkKind; expiresAt: number } | null>
  /** Sets the password, ends every session and uses the link up; null as above. */
  accept(hash: string, passwordHash: string, change: Change): Promise<Account | null>
}

/** Who is signed in. `idleMs`: how long a session lasts that nobody uses; default a day. */
export interface SessionStore {
  /**
   * Signs in; ends `replaced`, and the oldest when the account has more than 20. False: meanwhile the account was removed or disabled,
   * or got another password.
   */
  create(session: NewSession, change: Change, replaced?: string | null): Promise<boolean>
  /** The same sign-in under a new id, made fresh. False: it has ended. */
  renew(id: string, newId: string, change: Change): Promise<boolean>
  /** Null when ended, expired, idle for too long, or its account is disabled. */
  find(id: string, now: number, idleMs?: number): Promise<SessionRecord | null>
  /** The same, and it was used: moves `lastSeenAt` at most once a minute. */
  use(id: string, now: number, idleMs?: number): Promise<SessionRecord | null>
  /** Those of an account, the last used first. */
  list(accountId: string, now: number, idleMs?: number): Promise<Omit<OpenSession, 'current'>[]>
  /** Removes those that have ended; an account has few. */
  prune(now: number, idleMs?: number): Promise<number>
  end(accountId: string, id: string, change: Change): Promise<boolean>
  /** Ends those of an account, but not `except`, and a link for a new password with them. */
  endAll(accountId: string, change: Change, except?: string): Promise<number>
}

/** Failed and successful tries to sign in, for the limits of guessing. Keys are opaque. */
export interface AttemptStore {
  record(key: string, success: boolean, now: number): Promise<void>
  /**
   * Counts a try as failed before it is known how it ends. Milliseconds to wait, and nothing was counted; 0: it may be tried.
   * `waitAfter`: how long to wait after so many failures.
   */
  begin(key: string, waitAfter: (failures: number) => number, now: number): Promise<number>
  /** Takes the newest failure back. */
  takeBack(key: string): Promise<void>
  failuresSince(key: string, since: number): Promise<number>
  /** When the last failure was, of those after the last success. */
  lastFailureAt(key: string): Promise<number | null>
  hasSucceeded(key: string, since: number): Promise<boolean>
  /** Takes one of `burst`, of which one comes back `everyMs`. Milliseconds to wait for the next; 0: taken. */
  takeToken(key: string, bucket: { burst: number; everyMs: number }, now: number): Promise<number>
  /** Takes one of the `most` that there are within any `withinMs`. Milliseconds to wait for the next; 0: taken. */
  takeTurn(key: string, window: { most: number; withinMs: number }, now: number): Promise<number>
}

/** Tokens of the API. */
export interface TokenStore {
  create(
    input: {
      name: string
      role: AccessRole
      prefix: string
      hash: string
      expiresAt: number | null
      /** Account that makes it: the token may never do more than that account, and ends with it. */
      creatorId?: string | null
    },
    change: Change,
  ): Promise<Token>
  /**
   * By SHA-256 hex of the secret; null when unknown, revoked or expired, or while its creator is disabled. Its role is at most that of
   * its creator. Moves `lastUsedAt` at most once a minute.
   */
  use(hash: string, now: number, from?: string | null): Promise<Token | null>
  list(query: ListQuery): Promise<Page<Token>>
  /** Ids of those that a query finds, at most so many. */
  matching(query: ListQuery, limit: number): Promise<string[]>
  revoke(id: string, change: Change): Promise<boolean>
}
