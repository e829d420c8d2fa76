import { and, asc, eq, inArray, isNotNull, isNull, lt, sql } from 'drizzle-orm'
import type { Store } from '../store.ts'
import { type Db, read, type Tx, write } from './connection.ts'
import { saveConversation } from './conversations.ts'
import { conversations, seenUpdates } from './schema.ts'
import type { WriteTogether } from './writeTogether.ts'

/** Updates of Telegram, kept before it is told that they arrived, so that none is lost and none is handled twice. */
export function createUpdates(db: Db, together: WriteTogether): Store['updates'] {
  return {
    receive: (updates, now) =>
      write(db, (tx) =>
        updates.filter(
          ({ updateId, payload }) =>
            tx.insert(seenUpdates).values({ updateId, payload, receivedAt: now }).onConflictDoNothing().run()
              .changes > 0,
        ),
      ),
    begin: (updateId, now, dialog) =>
      together((tx) => {
        const { begunAt, handledAt } = seenUpdates
        const untouched = and(eq(seenUpdates.updateId, updateId), isNull(begunAt), isNull(handledAt))
        if (tx.update(seenUpdates).set({ begunAt: now }).where(untouched).run().changes === 0) return false
        if (dialog) saveConversation(tx, dialog)
        return true
      }),
    handled: (updateId, now, asked) =>
      together((tx) => {
        tx.update(seenUpdates)
          .set({ handledAt: now, payload: null })
          .where(eq(seenUpdates.updateId, updateId))
          .run()
        if (asked) endAnswered(tx, asked, updateId)
      }),
    unhandled: () =>
      read(() =>
        db
          .select({
            updateId: seenUpdates.updateId,
            payload: seenUpdates.payload,
            begun: sql`${seenUpdates.begunAt} is not null`.mapWith(Boolean),
          })
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

/** The dialog that this update completed has led to its action. */
function endAnswered(tx: Tx, { chatId, userId }: { chatId: number; userId: number }, updateId: number): void {
  const of = and(eq(conversations.chatId, chatId), eq(conversations.userId, userId))
  const completed = and(of, eq(conversations.answeredBy, updateId), eq(conversations.step, ''))
  tx.delete(conversations).where(completed).run()
}
