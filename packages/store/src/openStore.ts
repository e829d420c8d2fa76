import { existsSync, mkdirSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { type Faults, noFaults } from './faults.ts'
import { latestSchema, migrationsFolder } from './files/schemaVersion.ts'
import { settleRestore } from './restoring/settle.ts'
import { createAccountLinks } from './sqlite/accountLinks.ts'
import { createAccounts } from './sqlite/accounts.ts'
import { createActions } from './sqlite/actions.ts'
import { createAttempts } from './sqlite/attempts.ts'
import { createAudit } from './sqlite/auditLog.ts'
import { type Db, openDatabase, read } from './sqlite/connection.ts'
import { createConversations } from './sqlite/conversations.ts'
import { createDeliveries } from './sqlite/deliveries.ts'
import { storeError } from './sqlite/errors.ts'
import { damageOf } from './sqlite/guard/damage.ts'
import { explain } from './sqlite/guard/explain.ts'
import { createFile, probe } from './sqlite/guard/file.ts'
import { claimInstance } from './sqlite/guard/instance.ts'
import { refuseLost } from './sqlite/guard/lost.ts'
import { keepPrivate } from './sqlite/guard/modes.ts'
import { untilFree } from './sqlite/guard/patience.ts'
import { remember } from './sqlite/guard/provoke.ts'
import { restoreHint } from './sqlite/guard/restoreHint.ts'
import { appliedSteps, upgrade } from './sqlite/guard/upgrade.ts'
import { createFailureWatch } from './sqlite/guard/watchFailures.ts'
import { createInsights } from './sqlite/insights.ts'
import { createJobs } from './sqlite/jobs.ts'
import { createLeases } from './sqlite/leases.ts'
import { createPermissions } from './sqlite/permissions.ts'
import { createRoles } from './sqlite/roles.ts'
import { createRuns } from './sqlite/runs.ts'
import { createSchedulerStore } from './sqlite/scheduler.ts'
import { createSessions } from './sqlite/sessions.ts'
import { createSettings } from './sqlite/settings.ts'
import { createTokens } from './sqlite/tokens.ts'
import { createUpdates } from './sqlite/updates.ts'
import { createUsers } from './sqlite/users.ts'
import { createWebhookStore } from './sqlite/webhooks.ts'
import { writeTogether } from './sqlite/writeTogether.ts'
import { type Store, StoreError } from './store.ts'

export interface OpenOptions {
  /** `sqlite:///relative.db`, `sqlite:////absolute.db` or `sqlite:///:memory:`. */
  url: string
  /** `full` (default) survives power loss; `normal` is faster. */
  synchronous?: 'full' | 'normal'
  /** Opened to serve for long, not for one command: its pages are checked, for at most two seconds, and a write is tried. */
  service?: boolean
  /** Begins with an empty database where there was one before. Nothing that is there is removed. */
  new?: boolean
  /** Where a test stops the process. Default: nowhere. */
  faults?: Faults
}

export interface SchemaStatus {
  path: string
  current: number
  latest: number
  pending: number
}

/** What a start may take to look at the pages. */
const checkMs = 2000

/**
 * Opens the database, brings its schema up to date (after a copy of the file) and gives the verbs over it.
 * @throws StoreError `unsupported_url`, `cannot_open`, `vanished`, `corrupt`, `newer_schema`, `readonly`, `full`, `io`, `busy`
 */
export async function openStore(options: OpenOptions): Promise<Store> {
  const path = pathOf(options.url)
  const isFile = path !== ':memory:'
  if (isFile) settleRestore(path)
  if (isFile) makeFolder(path)
  if (isFile && !options.new) refuseLost(path)
  if (isFile) await refuseDamaged(path, options.service ? checkMs : 0)
  const db = await untilFree(() => openDatabase(path, options.synchronous ?? 'full'))
  try {
    await upgrade(db, path, { migrations: migrationsFolder, faults: options.faults ?? noFaults })
    await claimInstance(db, path)
    if (options.service) await probe(db, 1)
    keepPrivate(path)
    return remember(assemble(db, path, options.faults ?? noFaults), db.$client)
  } catch (error) {
    db.$client.close()
    throw storeError(error, `The database ${path} cannot be used`)
  }
}

/** Which schema the file has and which this code has; changes nothing. */
export async function schemaStatus(url: string): Promise<SchemaStatus> {
  const path = pathOf(url)
  const latest = latestSchema()
  if (path !== ':memory:' && !existsSync(path)) return { path, current: 0, latest, pending: latest }
  const db = openDatabase(path, 'full')
  const current = appliedSteps(db)
  db.$client.close()
  return { path, current, latest, pending: Math.max(0, latest - current) }
}

function assemble(db: Db, path: string, faults: Faults): Store {
  const failures = createFailureWatch(path)
  const { watch } = failures
  const together = writeTogether(db)
  return {
    users: watch(createUsers(db, together)),
    roles: watch(createRoles(db)),
    permissions: watch(createPermissions(db)),
    actions: watch(createActions(db)),
    jobs: watch(createJobs(db)),
    runs: watch(createRuns(db, faults)),
    deliveries: watch(createDeliveries(db, faults)),
    scheduler: watch(createSchedulerStore(db)),
    insights: watch(createInsights(db)),
    webhooks: watch(createWebhookStore(db)),
    leases: watch(createLeases(db)),
    updates: watch(createUpdates(db, together)),
    conversations: watch(createConversations(db, together)),
    accounts: watch(createAccounts(db)),
    accountLinks: watch(createAccountLinks(db)),
    sessions: watch(createSessions(db)),
    attempts: watch(createAttempts(db)),
    tokens: watch(createTokens(db)),
    audit: watch(createAudit(db)),
    settings: watch(createSettings(db)),
    ...watch({
      info: () => read(() => ({ path, schemaVersion: appliedSteps(db), sizeBytes: sizeOf(db) })),
    }),
    file: createFile(db, path, failures),
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

function makeFolder(path: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  } catch (error) {
    throw new StoreError(
      'cannot_open',
      `The folder of the database, ${dirname(path)}, cannot be made: ${(error as Error).message}`,
      { cause: error },
    )
  }
}

async function refuseDamaged(path: string, budgetMs: number): Promise<void> {
  if (!existsSync(path)) return
  const damage = await damageOf(path, budgetMs).catch((error) => {
    throw storeError(error, `The database ${path} cannot be opened (db.url)${explain(path)}`)
  })
  if (damage) throw new StoreError('corrupt', `${path} is damaged: ${damage}. ${restoreHint(path)}`)
}

function sizeOf(db: Db): number {
  return (
    Number(db.$client.pragma('page_count', { simple: true })) *
    Number(db.$client.pragma('page_size', { simple: true }))
  )
}
