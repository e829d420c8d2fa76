import { telegramServices } from '@kamihi/contracts'
import type { Message, User as TelegramUser } from 'telegraf/types'

/** The person behind a message: by number only, never by name; null for bots, channels and anonymous admins. */
export function personOf(
  from: TelegramUser | undefined,
  message?: Pick<Message, 'sender_chat'>,
): number | null {
  if (!from || from.is_bot || telegramServices.includes(from.id) || message?.sender_chat) return null
  return from.id
}
