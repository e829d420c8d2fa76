import { messageObject } from '../objects/objects.ts'
import type { EmulatedMessage, NewMessage } from '../shapes/messages.ts'
import { addUpdate, type World } from '../world/world.ts'
import { botHears } from './privacy.ts'

/** Puts a message into its chat and tells the bot of it, if it is one that it gets. */
export function post(world: World, message: NewMessage): EmulatedMessage {
  const added = world.messages.add(message)
  if (hears(world, added)) addUpdate(world, { [kindOf(world, added, '')]: messageObject(world, added) })
  return added
}

export function tellEdited(world: World, message: EmulatedMessage): void {
  if (hears(world, message))
    addUpdate(world, { [kindOf(world, message, 'edited_')]: messageObject(world, message) })
}

function hears(world: World, message: EmulatedMessage): boolean {
  const chat = world.chats.get(message.chatId)
  if (!chat) return true
  const answered =
    message.replyTo === undefined ? undefined : world.messages.find(message.chatId, message.replyTo)
  const hasWritten = (): boolean => world.messages.list(message.chatId).some(({ from }) => from === 'bot')
  return botHears(chat, { message, answered, isLastBot: hasWritten, bot: world.bot })
}

const kindOf = (world: World, { chatId }: EmulatedMessage, prefix: string): string =>
  `${prefix}${world.chats.get(chatId)?.type === 'channel' ? 'channel_post' : 'message'}`
