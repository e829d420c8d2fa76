import type { Message, User as TelegramUser } from 'telegraf/types'

/** Accounts of Telegram itself that speak for others: the service account, anonymous admins, channels. */
const notPeople = new Set([777000, 1087968824, 136817688])

/** The person behind a message: by number only, never by name; null for bots, channels and anonymous admins. */
export function personOf(
  from: TelegramUser | undefined,
  message?: Pick<Message, 'sender_chat'>,
): number | null {
  if (!from || from.is_bot || notPeople.has(from.id) || message?.sender_chat) return null
  return from.id
}
