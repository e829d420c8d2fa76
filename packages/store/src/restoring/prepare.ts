import { chmodSync, statSync } from 'node:fs'
import Database from 'better-sqlite3'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { noFaults } from '../faults.ts'
import { privateFile, syncFile } from '../files/durable.ts'
import { copyDatabase, damageIn, isDamage } from '../files/fileWork.ts'
import { tidyUp } from '../files/reading.ts'
import { latestSchema, migrationsFolder, schemaOf } from '../files/schemaVersion.ts'
import type { Db } from '../sqlite/connection.ts'
import { upgrade } from '../sqlite/guard/upgrade.ts'
import * as schema from '../sqlite/schema.ts'

/** Why a file cannot become the database. */
export type Unfit =
  | { kind: 'damaged'; problems: string[] }
  | { kind: 'not_a_backup' }
  | { kind: 'newer_schema'; schema: number; latest: number }

/**
 * Copies a file, checks the copy, brings it to the newest schema and lets `work` change it; nothing of the database it shall replace is
 * touched. Gives the schema it had and what `work` gave.
 */
export async function prepareCopy<T>(
  file: string,
  copy: string,
  work: (db: Db) => Promise<T>,
): Promise<{ kind: 'ready'; schema: number; result: T } | Unfit> {
  if (statSync(file).size === 0) return { kind: 'not_a_backup' }
  privateFile(copy)
  const problems = await copyOf(file, copy)
  if (problems.length > 0) return { kind: 'damaged', problems }
  tidyUp(file)
  const client = new Database(copy, { fileMustExist: true })
  try {
    const schemaBefore = schemaOf(client)
    const latest = latestSchema()
    if (schemaBefore === 0) return { kind: 'not_a_backup' }
    if (schemaBefore > latest) return { kind: 'newer_schema', schema: schemaBefore, latest }
    client.pragma('foreign_keys = on')
    const db: Db = drizzle(client, { schema })
    await upgrade(db, copy, { migrations: migrationsFolder, faults: noFaults })
    const result = await work(db)
    return { kind: 'ready', schema: schemaBefore, result }
  } finally {
    client.close()
    chmodSync(copy, 0o600)
    await syncFile(copy)
  }
}

/** What is wrong with the copy; a file that is no database cannot even be copied. */
async function copyOf(file: string, copy: string): Promise<string[]> {
  try {
    await copyDatabase(file, copy, 'pages')
  } catch (error) {
    if (isDamage(error)) return [(error as Error).message]
    throw error
  }
  return damageIn(copy, 'full')
}
