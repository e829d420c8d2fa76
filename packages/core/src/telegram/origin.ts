import type { Update } from 'telegraf/types'

/** Where a person said something, and by which update. */
export interface Origin {
  updateId: number
  chatId: number
  /** Number of the person, as Telegram knows them. */
  telegramId: number
}

/** The chat that an update belongs to; null when it belongs to none. */
export function chatOf(update: Update): number | null {
  if ('message' in update) return update.message.chat.id
  if ('callback_query' in update)
    return update.callback_query.message?.chat.id ?? update.callback_query.from.id
  return 'my_chat_member' in update ? update.my_chat_member.chat.id : null
}

/** The dialog that an update may belong to: each person has their own in each chat. */
export function dialogOf(update: Update): { chatId: number; userId: number } | undefined {
  const chatId = chatOf(update)
  const from =
    ('message' in update && update.message.from) || ('callback_query' in update && update.callback_query.from)
  return chatId === null || !from ? undefined : { chatId, userId: from.id }
}
