import { and, asc, eq, inArray, isNotNull, isNull, lt } from 'drizzle-orm'
import type { Store } from '../store.ts'
import { type Db, read, write } from './connection.ts'
import { seenUpdates } from './schema.ts'

/** Updates of Telegram, kept before it is told that they arrived, so that none is lost and none is handled twice. */
export function createUpdates(db: Db): Store['updates'] {
  return {
    receive: (updates, now) =>
      write(db, (tx) =>
        updates.filter(
          ({ updateId, payload }) =>
            tx.insert(seenUpdates).values({ updateId, payload, receivedAt: now }).onConflictDoNothing().run()
              .changes > 0,
        ),
      ),
    handled: (updateId, now) =>
      write(db, (tx) => {
        tx.update(seenUpdates)
          .set({ handledAt: now, payload: null })
          .where(eq(seenUpdates.updateId, updateId))
          .run()
      }),
    unhandled: () =>
      read(() =>
        db
          .select({ updateId: seenUpdates.updateId, payload: seenUpdates.payload })
          .from(seenUpdates)
          .where(isNull(seenUpdates.handledAt))
          .orderBy(asc(seenUpdates.updateId))
          .all(),
      ),
    prune: (olderThan, limit) =>
      write(db, (tx) => {
        // The oldest have the lowest numbers: it looks no further, so that it is short also when there is nothing to remove.
        const { updateId, handledAt, receivedAt } = seenUpdates
        const oldest = tx
          .select({ updateId, handledAt, receivedAt })
          .from(seenUpdates)
          .orderBy(asc(updateId))
          .limit(limit)
          .as('oldest')
        const done = tx
          .select({ updateId: oldest.updateId })
          .from(oldest)
          .where(and(isNotNull(oldest.handledAt), lt(oldest.receivedAt, olderThan)))
        return tx.delete(seenUpdates).where(inArray(updateId, done)).run().changes
      }),
  }
}
