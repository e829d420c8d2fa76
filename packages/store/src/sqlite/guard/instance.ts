import { randomUUID } from 'node:crypto'
import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { eq } from 'drizzle-orm'
import { type Db, read, write } from '../connection.ts'
import { settings } from '../schema.ts'

const key = 'instance.id'

/** The id of this installation: in the database, and beside it, where it tells that there was one when the database is gone. */
export async function claimInstance(db: Db, path: string): Promise<string> {
  const id = (await idOf(db)) ?? (await giveId(db))
  if (path !== ':memory:' && textOf(`${path}.id`) !== id) place(`${path}.id`, id)
  return id
}

const idOf = (db: Db): Promise<string | null> =>
  read(
    () =>
      db.select({ value: settings.value }).from(settings).where(eq(settings.key, key)).get()?.value ?? null,
  )

/** Of two processes that begin together one gives the id, and both go by it. */
const giveId = (db: Db): Promise<string> =>
  write(db, (tx) => {
    tx.insert(settings).values({ key, value: randomUUID() }).onConflictDoNothing().run()
    return tx.select().from(settings).where(eq(settings.key, key)).get()?.value ?? ''
  })

function place(file: string, id: string): void {
  const partial = `${file}.${process.pid}`
  writeFileSync(partial, `${id}\n`, { mode: 0o600 })
  renameSync(partial, file)
}

function textOf(file: string): string | null {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch {
    return null
  }
}
