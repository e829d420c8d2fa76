import { chmodSync, existsSync, mkdirSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { migrate } from 'drizzle-orm/better-sqlite3/migrator'
import { createAccounts } from './sqlite/accounts.ts'
import { createActions } from './sqlite/actions.ts'
import { createAttempts } from './sqlite/attempts.ts'
import { createAudit } from './sqlite/auditLog.ts'
import { type Db, openDatabase, read, storeError } from './sqlite/connection.ts'
import { createConversations } from './sqlite/conversations.ts'
import { createDeliveries } from './sqlite/deliveries.ts'
import { createJobs } from './sqlite/jobs.ts'
import { createLeases } from './sqlite/leases.ts'
import { createPermissions } from './sqlite/permissions.ts'
import { createRoles } from './sqlite/roles.ts'
import { createRuns } from './sqlite/runs.ts'
import { createSessions } from './sqlite/sessions.ts'
import { createSettings } from './sqlite/settings.ts'
import { createTokens } from './sqlite/tokens.ts'
import { createUpdates } from './sqlite/updates.ts'
import { createUsers } from './sqlite/users.ts'
import { type Store, StoreError } from './store.ts'

export interface OpenOptions {
  /** `sqlite:///relative.db`, `sqlite:////absolute.db` or `sqlite:///:memory:`. */
  url: string
  /** `full` (default) survives power loss; `normal` is faster. */
  synchronous?: 'full' | 'normal'
}

export interface SchemaStatus {
  path: string
  current: number
  latest: number
  pending: number
}

const migrations = fileURLToPath(new URL('../migrations/sqlite', import.meta.url))

/**
 * Opens the database, brings its schema up to date (after a copy of the file) and gives the verbs over it.
 * @throws StoreError `unsupported_url`, `cannot_open`, `newer_schema`, `readonly`, `corrupt`
 */
export async function openStore(options: OpenOptions): Promise<Store> {
  const path = pathOf(options.url)
  checkFile(path)
  const db = openDatabase(path, options.synchronous ?? 'full')
  try {
    upgrade(db, path)
    protect(path)
  } catch (error) {
    db.$client.close()
    throw storeError(error)
  }
  return assemble(db, path)
}

/** Which schema the file has and which this code has; changes nothing. */
export async function schemaStatus(url: string): Promise<SchemaStatus> {
  const path = pathOf(url)
  const latest = journal().length
  if (path !== ':memory:' && !existsSync(path)) return { path, current: 0, latest, pending: latest }
  const db = openDatabase(path, 'full')
  const current = appliedMigrations(db)
  db.$client.close()
  return { path, current, latest, pending: Math.max(0, latest - current) }
}

function assemble(db: Db, path: string): Store {
  return {
    users: createUsers(db),
    roles: createRoles(db),
    permissions: createPermissions(db),
    actions: createActions(db),
    jobs: createJobs(db),
    runs: createRuns(db),
    deliveries: createDeliveries(db),
    leases: createLeases(db),
    updates: createUpdates(db),
    conversations: createConversations(db),
    accounts: createAccounts(db),
    sessions: createSessions(db),
    attempts: createAttempts(db),
    tokens: createTokens(db),
    audit: createAudit(db),
    settings: createSettings(db),
    info: () => read(() => ({ path, schemaVersion: appliedMigrations(db), sizeBytes: sizeOf(db) })),
    close: async () => {
      db.$client.close()
    },
  }
}

function pathOf(url: string): string {
  const match = /^sqlite:\/\/\/(.+)$/.exec(url)
  if (!match?.[1])
    throw new StoreError(
      'unsupported_url',
      `db.url is "${url}". Use sqlite:///file.db (relative) or sqlite:////folder/file.db (absolute).`,
    )
  return match[1] === ':memory:' ? match[1] : resolve(match[1])
}

/** An empty file would open as a new database and hide that the old one is gone. */
function checkFile(path: string): void {
  if (path === ':memory:') return
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  } catch (error) {
    throw new StoreError(
      'cannot_open',
      `The folder of the database, ${dirname(path)}, cannot be made: ${(error as Error).message}`,
      { cause: error },
    )
  }
  if (existsSync(path) && statSync(path).size === 0)
    throw new StoreError('corrupt', `${path} is empty. Restore a backup, or delete the file to start anew.`)
}

function upgrade(db: Db, path: string): void {
  const current = appliedMigrations(db)
  const latest = journal().length
  if (current > latest)
    throw new StoreError(
      'newer_schema',
      `${path} has schema ${current}; this version of Kamihi knows ${latest}. Use a newer version, or restore a backup.`,
    )
  if (current === latest) return
  if (current > 0) backUp(db, path, current)
  migrate(db, { migrationsFolder: migrations })
}

function backUp(db: Db, path: string, version: number): void {
  const copy = join(dirname(path), `${basename(path)}.before-upgrade-from-${version}`)
  if (path === ':memory:' || existsSync(copy)) return
  db.$client.prepare('vacuum into ?').run(copy)
  chmodSync(copy, 0o600)
}

function protect(path: string): void {
  if (path !== ':memory:') chmodSync(path, 0o600)
}

function appliedMigrations(db: Db): number {
  const table = db.$client.prepare("select 1 from sqlite_master where name = '__drizzle_migrations'").get()
  return table
    ? (db.$client.prepare('select count(*) as n from __drizzle_migrations').get() as { n: number }).n
    : 0
}

function journal(): unknown[] {
  return (JSON.parse(readFileSync(join(migrations, 'meta/_journal.json'), 'utf8')) as { entries: unknown[] })
    .entries
}

function sizeOf(db: Db): number {
  return (
    Number(db.$client.pragma('page_count', { simple: true })) *
    Number(db.$client.pragma('page_size', { simple: true }))
  )
}
