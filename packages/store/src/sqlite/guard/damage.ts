import { statSync } from 'node:fs'
import Database from 'better-sqlite3'
import { codeOf } from '../errors.ts'
import { untilFree } from './patience.ts'

/** How fast pages are read. */
interface Pace {
  bytesPerMs: number
  rowsPerMs: number
}

/**
 * Measured with rows of 150 bytes and one index, on two shared cores and from memory: 470 to 600 KB and 1400 to 1900 rows a millisecond.
 * A disk that has to be read is taken to be a fifth as fast.
 */
const usual: Pace = { bytesPerMs: 100_000, rowsPerMs: 400 }

/**
 * What is wrong with a database, or null. Reads by a connection that cannot write, so that nothing becomes worse. With no budget only the head
 * is looked at; a file too large for the budget is checked table by table, as far as they fit. What is left out, `kamihi db check` finds.
 */
export async function damageOf(path: string, budgetMs: number, pace = usual): Promise<string | null> {
  try {
    return await untilFree(() => {
      const client = new Database(path, { readonly: true, fileMustExist: true, timeout: 100 })
      try {
        client.pragma('schema_version')
        if (statSync(path).size <= budgetMs * pace.bytesPerMs) return quickCheck(client)
        return checkTables(client, budgetMs, pace)
      } finally {
        client.close()
      }
    })
  } catch (error) {
    if (/^SQLITE_(CORRUPT|NOTADB)/.test(codeOf(error))) return (error as Error).message
    throw error
  }
}

function checkTables(client: Database.Database, budgetMs: number, { rowsPerMs }: Pace): string | null {
  const began = performance.now()
  const sized = namesOf(client)
    .map((name) => ({ name, ms: rowsIn(client, name) / rowsPerMs }))
    .sort((a, b) => a.ms - b.ms)
  for (const { name, ms } of sized) {
    if (performance.now() - began + ms >= budgetMs) return null
    const damage = quickCheck(client, name)
    if (damage) return damage
  }
  return null
}

const namesOf = (client: Database.Database): string[] =>
  client.prepare("select name from sqlite_master where type = 'table'").pluck().all() as string[]

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`

/** The highest row number: at least as many as there are, and read without counting. */
const rowsIn = (client: Database.Database, table: string): number =>
  Number(
    client
      .prepare(`select max(rowid) from ${quoted(table)}`)
      .pluck()
      .get() ?? 0,
  )

function quickCheck(client: Database.Database, table?: string): string | null {
  const found = client.pragma(`quick_check(${table === undefined ? 1 : quoted(table)})`, { simple: true })
  return found === 'ok' ? null : String(found)
}
