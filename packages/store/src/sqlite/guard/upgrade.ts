import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { type MigrationMeta, readMigrationFiles } from 'drizzle-orm/migrator'
import { createBackup } from '../../backup.ts'
import type { Faults } from '../../faults.ts'
import { backupFolder, stemOf } from '../../files/databaseFile.ts'
import { StoreError } from '../../store.ts'
import type { Db } from '../connection.ts'
import { untilFree } from './patience.ts'
import { restoreHint } from './restoreHint.ts'

export interface UpgradeOptions {
  /** Folder of the steps from one schema to the next. */
  migrations: string
  faults: Faults
}

/** How long a process waits for another one that brings the schema up to date. */
const patienceMs = 5 * 60_000

/**
 * Brings the schema up to date: one process at a time, after a checked copy of the file, in one transaction. Whatever
 * fails, and whenever the process ends, the file is as it was or complete.
 * @throws StoreError `newer_schema`, `busy`, `full`, `corrupt`
 */
export async function upgrade(db: Db, path: string, { migrations, faults }: UpgradeOptions): Promise<void> {
  const steps = readMigrationFiles({ migrationsFolder: migrations })
  if ((await untilFree(() => schemaOf(db, steps.length, path))) === steps.length) return
  const client = db.$client
  // Steps that make a table anew would delete what refers to it; inside of a transaction this cannot be changed.
  client.pragma('foreign_keys = OFF')
  try {
    await untilFree(() => client.exec('begin immediate'), { forMs: patienceMs })
    // Another process may have done it meanwhile.
    const current = schemaOf(db, steps.length, path)
    if (current > 0 && current < steps.length) await keepCopy(path, current, faults)
    for (const step of steps.slice(current)) apply(db, step, faults)
    refuseBrokenReferences(db)
    client.exec('commit')
    faults.at('upgrade.committed')
  } finally {
    if (client.inTransaction) client.exec('rollback')
    client.pragma('foreign_keys = ON')
  }
}

/** Number of steps that were applied to a file. */
export function appliedSteps({ $client }: Db): number {
  const table = $client.prepare("select 1 from sqlite_master where name = '__drizzle_migrations'").get()
  return table ? Number($client.prepare('select count(*) from __drizzle_migrations').pluck().get()) : 0
}

function schemaOf(db: Db, latest: number, path: string): number {
  const current = appliedSteps(db)
  if (current > latest)
    throw new StoreError(
      'newer_schema',
      `${path} has schema ${current}; this version of Kamihi knows ${latest}. Use a newer version, or restore a backup.`,
    )
  return current
}

/** Named after the state it holds, so that an upgrade that fails at every start keeps one copy. */
async function keepCopy(path: string, version: number, faults: Faults): Promise<void> {
  if (path === ':memory:') return
  const { mtime } = statSync(path)
  const stamp = mtime.toISOString().replace(/[-:.]/g, '')
  const to = join(backupFolder(path), `${stemOf(path)}-pre-${version}-${stamp}.db`)
  if (existsSync(to)) return
  const outcome = await createBackup({
    url: `sqlite:///${path}`,
    to,
    method: 'vacuum',
    now: mtime.getTime(),
    faults,
  })
  faults.at('upgrade.copied')
  if (outcome.kind === 'damaged')
    throw new StoreError(
      'corrupt',
      `${path} is damaged (${outcome.problems[0]}), so its schema is left as it is. ${restoreHint(path)}`,
    )
}

function apply({ $client }: Db, { sql, hash, folderMillis }: MigrationMeta, faults: Faults): void {
  $client.exec(
    'create table if not exists __drizzle_migrations (id SERIAL PRIMARY KEY, hash text NOT NULL, created_at numeric)',
  )
  for (const statement of sql) {
    $client.exec(statement)
    faults.at('upgrade.in-migration')
  }
  $client.prepare('insert into __drizzle_migrations (hash, created_at) values (?, ?)').run(hash, folderMillis)
}

function refuseBrokenReferences({ $client }: Db): void {
  const broken = $client.pragma('foreign_key_check') as { table: string; parent: string }[]
  if (broken[0])
    throw new Error(
      `The new schema would leave rows of ${broken[0].table} that refer to nothing in ${broken[0].parent}`,
    )
}
