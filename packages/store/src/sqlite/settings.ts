import { eq } from 'drizzle-orm'
import type { Store } from '../store.ts'
import { type Db, read, write } from './connection.ts'
import { settings } from './schema.ts'

/** Small facts of this installation. */
export function createSettings(db: Db): Store['settings'] {
  return {
    get: (key) =>
      read(
        () =>
          db.select({ value: settings.value }).from(settings).where(eq(settings.key, key)).get()?.value ??
          null,
      ),
    set: (key, value) =>
      write(db, (tx) => {
        tx.insert(settings)
          .values({ key, value })
          .onConflictDoUpdate({ target: settings.key, set: { value } })
          .run()
      }),
  }
}
