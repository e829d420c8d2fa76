import { and, eq, lte } from 'drizzle-orm'
import type { Store } from '../store.ts'
import { type Db, read, write } from './connection.ts'
import { conversations } from './schema.ts'

/** Dialogs in progress, one for each (chat, user). */
export function createConversations(db: Db): Store['conversations'] {
  const of = (chatId: number, userId: number) =>
    and(eq(conversations.chatId, chatId), eq(conversations.userId, userId))
  return {
    get: (chatId, userId) =>
      read(() => db.select().from(conversations).where(of(chatId, userId)).get() ?? null),
    save: (conversation) =>
      write(db, (tx) => {
        const before = tx
          .select({ version: conversations.version })
          .from(conversations)
          .where(of(conversation.chatId, conversation.userId))
          .get()
        const row = { ...conversation, version: (before?.version ?? 0) + 1 }
        tx.insert(conversations)
          .values(row)
          .onConflictDoUpdate({ target: [conversations.chatId, conversations.userId], set: row })
          .run()
        return row
      }),
    end: (chatId, userId) =>
      write(db, (tx) => tx.delete(conversations).where(of(chatId, userId)).run().changes > 0),
    takeExpired: (now) =>
      write(db, (tx) => tx.delete(conversations).where(lte(conversations.expiresAt, now)).returning().all()),
  }
}
