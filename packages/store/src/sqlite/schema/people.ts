import type { AccessRole, AccountLinkKind, ActionState, Actor, Reachability } from '@kamihi/contracts'
import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'

const stamps = {
  createdAt: integer('created_at').notNull(),
  updatedAt: integer('updated_at').notNull(),
  version: integer('version').notNull().default(1),
}

export const users = sqliteTable(
  'users',
  {
    id: text('id').primaryKey(),
    telegramId: integer('telegram_id').notNull().unique(),
    /** Where messages go: differs from the user id for people who moved. */
    chatId: integer('chat_id').notNull(),
    isAdmin: integer('is_admin', { mode: 'boolean' }).notNull().default(false),
    name: text('name'),
    profile: text('profile', { mode: 'json' }).$type<Record<string, unknown>>().notNull(),
    reachability: text('reachability').$type<Reachability>().notNull().default('ok'),
    unreachableSince: integer('unreachable_since'),
    lastSeenAt: integer('last_seen_at'),
    ...stamps,
  },
  (t) => [
    index('users_name').on(sql`lower(${t.name})`, t.id),
    index('users_seen').on(t.lastSeenAt, t.id),
    // Both are few among many.
    index('users_admins').on(t.id).where(sql`${t.isAdmin} = 1`),
    index('users_unreachable').on(t.reachability, t.id).where(sql`${t.reachability} <> 'ok'`),
  ],
)

export const roles = sqliteTable(
  'roles',
  {
    id: text('id').primaryKey(),
    name: text('name').notNull().unique(),
    locked: integer('locked', { mode: 'boolean' }).notNull().default(false),
    ...stamps,
  },
  (t) => [index('roles_by_name').on(sql`lower(${t.name})`, t.id)],
)

export const userRoles = sqliteTable(
  'user_roles',
  {
    userId: text('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    roleId: text('role_id')
      .notNull()
      .references(() => roles.id, { onDelete: 'cascade' }),
  },
  (t) => [primaryKey({ columns: [t.userId, t.roleId] }), index('user_roles_role').on(t.roleId)],
)

export const actions = sqliteTable('actions', {
  name: text('name').primaryKey(),
  commands: text('commands', { mode: 'json' }).$type<string[]>().notNull(),
  description: text('description'),
  state: text('state').$type<ActionState>().notNull(),
  error: text('error'),
  argsSchema: text('args_schema', { mode: 'json' }).$type<Record<string, unknown> | null>(),
  idempotent: integer('idempotent', { mode: 'boolean' }).notNull().default(false),
  updatedAt: integer('updated_at').notNull(),
})

export const permissions = sqliteTable(
  'permissions',
  {
    id: text('id').primaryKey(),
    action: text('action')
      .notNull()
      .references(() => actions.name),
    ...stamps,
  },
  (t) => [index('permissions_action').on(t.action, t.id)],
)

export const permissionUsers = sqliteTable(
  'permission_users',
  {
    permissionId: text('permission_id')
      .notNull()
      .references(() => permissions.id, { onDelete: 'cascade' }),
    userId: text('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
  },
  (t) => [primaryKey({ columns: [t.permissionId, t.userId] }), index('permission_users_user').on(t.userId)],
)

export const permissionRoles = sqliteTable(
  'permission_roles',
  {
    permissionId: text('permission_id')
      .notNull()
      .references(() => permissions.id, { onDelete: 'cascade' }),
    roleId: text('role_id')
      .notNull()
      .references(() => roles.id, { onDelete: 'cascade' }),
  },
  (t) => [primaryKey({ columns: [t.permissionId, t.roleId] }), index('permission_roles_role').on(t.roleId)],
)

export const accounts = sqliteTable(
  'accounts',
  {
    id: text('id').primaryKey(),
    username: text('username').notNull(),
    /** Empty until an invitation was accepted. */
    passwordHash: text('password_hash').notNull(),
    role: text('role').$type<AccessRole>().notNull(),
    telegramUserId: text('telegram_user_id').references(() => users.id, { onDelete: 'set null' }),
    /** That of the user when the account was linked to them. */
    telegramId: integer('telegram_id'),
    disabledAt: integer('disabled_at'),
    ...stamps,
  },
  (t) => [uniqueIndex('accounts_username').on(sql`lower(${t.username})`)],
)

/** Links with which the holder of an account chooses its password; at most one for each account. */
export const accountLinks = sqliteTable('account_links', {
  accountId: text('account_id')
    .primaryKey()
    .references(() => accounts.id, { onDelete: 'cascade' }),
  /** SHA-256 of the secret in the link. */
  hash: text('hash').notNull().unique(),
  kind: text('kind').$type<AccountLinkKind>().notNull(),
  createdAt: integer('created_at').notNull(),
  expiresAt: integer('expires_at').notNull(),
})

export const sessions = sqliteTable(
  'sessions',
  {
    /** SHA-256 of the cookie. */
    id: text('id').primaryKey(),
    accountId: text('account_id')
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    createdAt: integer('created_at').notNull(),
    lastSeenAt: integer('last_seen_at').notNull(),
    reauthAt: integer('reauth_at').notNull(),
    expiresAt: integer('expires_at').notNull(),
    ip: text('ip').notNull(),
    userAgent: text('user_agent').notNull(),
  },
  (t) => [index('sessions_account').on(t.accountId)],
)

export const tokens = sqliteTable('tokens', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  role: text('role').$type<AccessRole>().notNull(),
  prefix: text('prefix').notNull(),
  hash: text('hash').notNull().unique(),
  createdBy: text('created_by').notNull(),
  /** Account that made it; null: the command line. */
  creatorId: text('creator_id').references(() => accounts.id, { onDelete: 'set null' }),
  createdAt: integer('created_at').notNull(),
  expiresAt: integer('expires_at'),
  lastUsedAt: integer('last_used_at'),
  lastUsedFrom: text('last_used_from'),
  revokedAt: integer('revoked_at'),
})

export const authAttempts = sqliteTable(
  'auth_attempts',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    key: text('key').notNull(),
    success: integer('success', { mode: 'boolean' }).notNull(),
    at: integer('at').notNull(),
  },
  (t) => [index('auth_attempts_key').on(t.key, t.at)],
)

export const audit = sqliteTable(
  'audit',
  {
    id: text('id').primaryKey(),
    at: integer('at').notNull(),
    actor: text('actor', { mode: 'json' }).$type<Actor>().notNull(),
    verb: text('verb').notNull(),
    objectKind: text('object_kind').notNull(),
    objectId: text('object_id'),
    objectLabel: text('object_label'),
    changes: text('changes', { mode: 'json' })
      .$type<Record<string, { before: unknown; after: unknown }>>()
      .notNull(),
    ip: text('ip'),
    requestId: text('request_id'),
    /** SHA-256 over the hash of the row before and this row: a missing or changed row breaks the chain. */
    hash: text('hash').notNull(),
  },
  (t) => [
    index('audit_at').on(t.at, t.id),
    index('audit_object').on(t.objectKind, t.objectId, t.at, t.id),
    index('audit_verb').on(t.verb, t.at, t.id),
    index('audit_actor').on(sql`(${t.actor} ->> '$.id')`, t.at, t.id),
  ],
)

export const conversations = sqliteTable(
  'conversations',
  {
    chatId: integer('chat_id').notNull(),
    userId: integer('user_id').notNull(),
    action: text('action').notNull(),
    schemaVersion: text('schema_version').notNull(),
    step: text('step').notNull(),
    answers: text('answers', { mode: 'json' }).$type<Record<string, unknown>>().notNull(),
    askedMessageId: integer('asked_message_id'),
    /** Update whose answer was stored last: taken up again it asks the next question and is no second answer. */
    answeredBy: integer('answered_by'),
    expiresAt: integer('expires_at').notNull(),
    version: integer('version').notNull().default(1),
  },
  (t) => [primaryKey({ columns: [t.chatId, t.userId] }), index('conversations_expiry').on(t.expiresAt)],
)

export const seenUpdates = sqliteTable(
  'seen_updates',
  {
    updateId: integer('update_id').primaryKey(),
    payload: text('payload', { mode: 'json' }).$type<unknown>(),
    receivedAt: integer('received_at').notNull(),
    /** Set right before an action is called: whoever finds it unhandled must not call the action again. */
    begunAt: integer('begun_at'),
    handledAt: integer('handled_at'),
  },
  (t) => [index('seen_updates_open').on(t.updateId).where(sql`${t.handledAt} is null`)],
)

export const leases = sqliteTable('leases', {
  name: text('name').primaryKey(),
  holder: text('holder').notNull(),
  until: integer('until').notNull(),
})

export const settings = sqliteTable('settings', {
  key: text('key').primaryKey(),
  value: text('value').notNull(),
})

export const pages = sqliteTable('pages', {
  id: text('id').primaryKey(),
  chatId: integer('chat_id').notNull(),
  pages: text('pages', { mode: 'json' }).$type<unknown[]>().notNull(),
  createdAt: integer('created_at').notNull(),
  expiresAt: integer('expires_at').notNull(),
})
