import { existsSync, statSync } from 'node:fs'
import type { JobTimes } from '@kamihi/contracts'
import Database from 'better-sqlite3'
import { auditChain } from './checks/auditChain.ts'
import { breaches, type Invariant, miscounted, orphans } from './checks/invariants.ts'
import { databaseFile } from './files/databaseFile.ts'
import { type Depth, damageIn } from './files/fileWork.ts'
import { type LeaseFact, leasesIn, reading } from './files/reading.ts'
import { latestSchema, schemaOf } from './files/schemaVersion.ts'
import { storeError } from './sqlite/errors.ts'

export interface CheckOptions {
  /** Address of the database (`db.url`). */
  url: string
  /** `full` (default) compares indexes with their tables too; `quick` is faster and misses some damage. */
  depth?: Depth
}

/** One thing that was looked at. `problems` is empty when it is right. */
export interface DatabaseCheck {
  name: 'integrity' | 'schema' | 'foreign_keys' | 'counts' | 'orphans' | 'audit'
  /** One sentence. */
  found: string
  problems: string[]
}

export interface DatabaseReport {
  path: string
  exists: boolean
  /** True when every check is right; a database that is not there is not. */
  ok: boolean
  sizeBytes: number
  /** `current` is 0 where it cannot be known. */
  schema: { current: number; latest: number }
  checks: DatabaseCheck[]
}

/** What people see of a database besides its soundness. */
export interface DatabaseFacts {
  leases: LeaseFact[]
  /** When a backup was last made, wherever it went (epoch milliseconds). */
  lastBackupAt: number | null
  /** Jobs that are switched on. */
  jobs: JobFact[]
}

export interface JobFact extends JobTimes {
  id: string
  name: string | null
  action: string
  actionState: string
  /** Epoch milliseconds. */
  nextRunAt: number | null
  perUser: boolean
  /** Users and roles it is for. */
  recipients: number
}

/**
 * Looks for damage in a database, and for rows that contradict each other; changes nothing, and works while a bot writes. What lies
 * behind a problem, such as the rows of a damaged file, is not looked at.
 * @throws StoreError `busy`, `cannot_open`, `unsupported_url`
 */
export async function checkDatabase({ url, depth = 'full' }: CheckOptions): Promise<DatabaseReport> {
  const path = databaseFile(url)
  const latest = latestSchema()
  if (!existsSync(path))
    return { path, exists: false, ok: false, sizeBytes: 0, schema: { current: 0, latest }, checks: [] }
  try {
    const integrity = await checkIntegrity(path, depth)
    const sound = integrity.problems.length === 0
    const current = sound ? reading(path, schemaOf) : 0
    const checks = [
      integrity,
      ...(sound ? [checkSchema(current, latest)] : []),
      ...(sound && current === latest ? reading(path, checkRows) : []),
    ]
    const ok = checks.every(({ problems }) => problems.length === 0)
    return { path, exists: true, ok, sizeBytes: statSync(path).size, schema: { current, latest }, checks }
  } catch (error) {
    throw storeError(error, `The database ${path} cannot be checked`)
  }
}

/** Facts of a database that is sound and of the newest schema. */
export function databaseFacts(url: string): DatabaseFacts {
  return reading(databaseFile(url), (database) => ({
    leases: leasesIn(database),
    lastBackupAt: database.prepare("select max(at) from audit where verb = 'backup.created'").pluck().get() as
      | number
      | null,
    jobs: jobsIn(database),
  }))
}

/** Version of the SQLite that is built in. */
export function sqliteVersion(): string {
  const database = new Database(':memory:')
  const version = String(database.prepare('select sqlite_version()').pluck().get())
  database.close()
  return version
}

async function checkIntegrity(path: string, depth: Depth): Promise<DatabaseCheck> {
  const problems = statSync(path).size === 0 ? ['The file is empty.'] : await damageIn(path, depth)
  const found = problems.length > 0 ? 'The file is damaged.' : `The file is sound (${depth} check).`
  return { name: 'integrity', found, problems }
}

function checkSchema(current: number, latest: number): DatabaseCheck {
  if (current === latest) return { name: 'schema', found: `Schema ${current}, the newest.`, problems: [] }
  const found =
    current > latest
      ? `The schema is ${current}; this version of Kamihi knows ${latest}.`
      : `The schema is ${current} of ${latest}.`
  return { name: 'schema', found, problems: [found] }
}

function checkRows(database: Database.Database): DatabaseCheck[] {
  return [
    checkForeignKeys(database),
    checkInvariants(database, 'counts', 'Runs count the deliveries they have.', [miscounted]),
    checkInvariants(database, 'orphans', 'Every row belongs to something and goes on or has ended.', orphans),
    checkAudit(database),
  ]
}

function checkForeignKeys(database: Database.Database): DatabaseCheck {
  const rows = database.pragma('foreign_key_check') as { table: string; rowid: number; parent: string }[]
  const problems = rows
    .slice(0, 20)
    .map(({ table, rowid, parent }) => `Row ${rowid} of ${table} refers to nothing in ${parent}.`)
  return { name: 'foreign_keys', found: found(rows.length, 'All references hold.', 'reference'), problems }
}

function checkAudit(database: Database.Database): DatabaseCheck {
  const { entries, begunAt, broken } = auditChain(database)
  const since =
    begunAt === null ? '' : `; those before ${new Date(begunAt).toISOString().slice(0, 10)} are gone`
  const problems = broken
    .slice(0, 20)
    .map(({ id, at }) => `Entry ${id} of ${new Date(at).toISOString()} does not fit to the one before it.`)
  return {
    name: 'audit',
    found: found(broken.length, `${entries} entries${since}, none was changed.`, 'place'),
    problems,
  }
}

function checkInvariants(
  database: Database.Database,
  name: DatabaseCheck['name'],
  right: string,
  invariants: Invariant[],
): DatabaseCheck {
  const broken = invariants.flatMap((invariant) => {
    const { count, ids } = breaches(database, invariant)
    return count === 0 ? [] : [{ count, text: sentence(invariant, count, ids) }]
  })
  const total = broken.reduce((sum, { count }) => sum + count, 0)
  return { name, found: found(total, right, 'row'), problems: broken.map(({ text }) => text) }
}

const sentence = ({ kind, wrong }: Invariant, count: number, ids: string[]): string =>
  `${kind} ${ids.join(', ')}${count > ids.length ? ` and ${count - ids.length} more` : ''}: ${wrong}`

const found = (count: number, right: string, what: string): string =>
  count === 0 ? right : `${count} ${what}${count === 1 ? ' is' : 's are'} wrong.`

function jobsIn(database: Database.Database): JobFact[] {
  const rows = database
    .prepare(
      `select j.id, j.name, j.action, a.state as actionState, j.cron_expression as cronExpression, j.timezone,
         j.starts_at as startsAt, j.ends_at as endsAt,
         j.next_run_at as nextRunAt, j.per_user as perUser,
         (select count(*) from job_users u where u.job_id = j.id) + (select count(*) from job_roles o where o.job_id = j.id) as recipients
       from jobs j join actions a on a.name = j.action
       where j.enabled = 1 and j.archived_at is null order by j.created_at`,
    )
    .all() as (Omit<JobFact, 'perUser' | 'startsAt' | 'endsAt'> & Record<'perUser', number> & Bounds)[]
  return rows.map((row) => ({
    ...row,
    startsAt: isoOrNull(row.startsAt),
    endsAt: isoOrNull(row.endsAt),
    perUser: row.perUser === 1,
  }))
}

/** As the table holds them. */
type Bounds = Record<'startsAt' | 'endsAt', number | null>

const isoOrNull = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString())
