import type { EmulatedMessage } from '../shapes/messages.ts'
import type { EmulatedChat } from '../shapes/people.ts'
import { isAdmin, isIn } from '../world/chats.ts'

export interface Overheard {
  message: EmulatedMessage
  /** The message that it answers. */
  answered: EmulatedMessage | undefined
  /** Whether the bot has written there, and no other bot since; in the emulator there is no other. */
  isLastBot(): boolean
  bot: { id: number; username: string }
}

/**
 * Whether a bot gets a message of a chat of many: all as an administrator; in privacy mode what is meant for it
 * (core.telegram.org/bots/features#privacy-mode).
 */
export function botHears(chat: EmulatedChat, { message, answered, isLastBot, bot }: Overheard): boolean {
  if (!isIn(chat.botStatus)) return isFarewell(message, bot.id)
  if (message.service || chat.type === 'channel' || isAdmin(chat.botStatus)) return true
  if (answered?.from === 'bot') return true
  const addressee = commandOf(message)
  if (addressee === null) return false
  return addressee === '' ? isLastBot() : addressee === bot.username.toLowerCase()
}

/** That it was taken out is the last that a bot hears (telegram-bot-api, Client.cpp, `need_skip_update_message`). */
const isFarewell = ({ service }: EmulatedMessage, botId: number): boolean =>
  service?.kind === 'left' && service.userId === botId

/** To whom a command goes: '' for whoever may hear it; null when the message is none. */
function commandOf({ text, entities }: EmulatedMessage): string | null {
  const first = entities.find(({ type, offset }) => type === 'bot_command' && offset === 0)
  if (!first) return null
  return text.slice(0, first.length).split('@')[1]?.toLowerCase() ?? ''
}
