import type { EmulatedMessage } from '../shapes/messages.ts'
import type { EmulatedChat } from '../shapes/people.ts'
import { isAdmin, isIn } from '../world/chats.ts'

export interface Overheard {
  message: EmulatedMessage
  /** The message that it answers. */
  answered: EmulatedMessage | undefined
  /** Who wrote before it. */
  before: EmulatedMessage | undefined
  username: string
}

/**
 * Whether a bot gets a message of a chat of many: all as an administrator; in privacy mode what is meant for it
 * (core.telegram.org/bots/features#privacy-mode).
 */
export function botHears(chat: EmulatedChat, { message, answered, before, username }: Overheard): boolean {
  if (!isIn(chat.botStatus)) return false
  if (message.service || chat.type === 'channel' || isAdmin(chat.botStatus)) return true
  if (answered?.from === 'bot') return true
  const addressee = commandOf(message)
  if (addressee === null) return false
  return addressee === '' ? before?.from === 'bot' : addressee === username.toLowerCase()
}

/** To whom a command goes: '' for whoever may hear it; null when the message is none. */
function commandOf({ text, entities }: EmulatedMessage): string | null {
  const first = entities.find(({ type, offset }) => type === 'bot_command' && offset === 0)
  if (!first) return null
  return text.slice(0, first.length).split('@')[1]?.toLowerCase() ?? ''
}
