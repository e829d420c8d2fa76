import type { EmulatedMessage } from '../shapes/messages.ts'
import { changeChat } from './chats.ts'
import type { World } from './world.ts'

/** Pinned messages of a chat, of many or with one person, in the order in which they were sent. What is deleted is not pinned. */
export function pinsOf(world: World, chatId: number): number[] {
  const pinned = (world.chats.get(chatId) ?? world.users.get(chatId))?.pinned ?? []
  return pinned.filter((id) => world.messages.find(chatId, id)).sort((a, b) => a - b)
}

/** The one that is shown: the newest by the date at which it was sent (Bot API, "ChatFullInfo.pinned_message"). */
export function newestPin(world: World, chatId: number): EmulatedMessage | undefined {
  const id = pinsOf(world, chatId).at(-1)
  return id === undefined ? undefined : world.messages.find(chatId, id)
}

export function setPins(world: World, chatId: number, messageIds: number[]): void {
  const pinned = messageIds.toSorted((a, b) => a - b)
  const chat = world.chats.get(chatId)
  const user = world.users.get(chatId)
  if (chat) changeChat(world, chat, { pinned })
  else if (user) {
    world.users.set(chatId, { ...user, pinned })
    world.emit({ type: 'people' })
  }
}
