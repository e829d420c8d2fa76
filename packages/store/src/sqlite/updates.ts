import { and, asc, eq, isNotNull, isNull, lt } from 'drizzle-orm'
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
    prune: (olderThan) =>
      write(
        db,
        (tx) =>
          tx
            .delete(seenUpdates)
            .where(and(isNotNull(seenUpdates.handledAt), lt(seenUpdates.receivedAt, olderThan)))
            .run().changes,
      ),
  }
}
