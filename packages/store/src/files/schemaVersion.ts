import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type Database from 'better-sqlite3'

/** Folder of the steps from one schema to the next. */
export const migrationsFolder = fileURLToPath(new URL('../../migrations/sqlite', import.meta.url))

/** The schema this code has. */
export const latestSchema = (): number =>
  (
    JSON.parse(readFileSync(`${migrationsFolder}/meta/_journal.json`, 'utf8')) as {
      entries: unknown[]
    }
  ).entries.length

/** The schema a database has; 0 when it is none of Kamihi. */
export function schemaOf(database: Database.Database): number {
  const tables = database
    .prepare(
      "select count(*) from sqlite_master where name in ('__drizzle_migrations', 'jobs', 'deliveries')",
    )
    .pluck()
    .get()
  if (tables !== 3) return 0
  return Number(database.prepare('select count(*) from __drizzle_migrations').pluck().get())
}
