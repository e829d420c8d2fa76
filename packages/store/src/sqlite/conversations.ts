import { and, eq, isNull, lte, notExists } from 'drizzle-orm'
import type { Conversation, Store } from '../store.ts'
import { type Db, read, type Tx } from './connection.ts'
import { conversations, seenUpdates } from './schema.ts'
import type { WriteTogether } from './writeTogether.ts'

/** Dialogs in progress, one for each (chat, user). */
export function createConversations(db: Db, together: WriteTogether): Store['conversations'] {
  return {
    get: (chatId, userId) =>
      read(() => db.select().from(conversations).where(of(chatId, userId)).get() ?? null),
    save: (conversation) => together((tx) => saveConversation(tx, conversation)),
    end: (chatId, userId) =>
      together((tx) => tx.delete(conversations).where(of(chatId, userId)).run().changes > 0),
    takeExpired: (now) =>
      together((tx) => {
        const { updateId, handledAt } = seenUpdates
        const beingHandled = tx
          .select({ updateId })
          .from(seenUpdates)
          .where(and(eq(updateId, conversations.answeredBy), isNull(handledAt)))
        const silent = and(lte(conversations.expiresAt, now), notExists(beingHandled))
        return tx.delete(conversations).where(silent).returning().all()
      }),
  }
}

export function saveConversation(tx: Tx, conversation: Omit<Conversation, 'version'>): Conversation {
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
}

const of = (chatId: number, userId: number) =>
  and(eq(conversations.chatId, chatId), eq(conversations.userId, userId))
