import { and, eq, gt, sql } from 'drizzle-orm'
import type { Store } from '../store.ts'
import { type Db, read, write } from './connection.ts'
import { leases } from './schema.ts'

/** Named leases: of several processes one polls Telegram and one ticks; another takes over when the lease ends. */
export function createLeases(db: Db): Store['leases'] {
  return {
    acquire: (name, { worker, until }, now) =>
      write(db, (tx) => {
        const row = { name, holder: worker, until }
        // One that ends later than any can was written before the clock was set back; its holder, if it lives, notices at its next renewal.
        const latest = now + 2 * (until - now)
        const free = sql`${leases.holder} = ${worker} or ${leases.until} <= ${now} or ${leases.until} > ${latest}`
        return (
          tx
            .insert(leases)
            .values(row)
            .onConflictDoUpdate({ target: leases.name, set: row, setWhere: free })
            .run().changes > 0
        )
      }),
    release: (name, worker) =>
      write(db, (tx) => {
        tx.delete(leases)
          .where(and(eq(leases.name, name), eq(leases.holder, worker)))
          .run()
      }),
    holder: (name, now) =>
      read(
        () =>
          db
            .select({ holder: leases.holder })
            .from(leases)
            .where(and(eq(leases.name, name), gt(leases.until, now)))
            .get()?.holder ?? null,
      ),
  }
}
