import { post } from '../../acts/hear.ts'
import type { EmulatedChat } from '../../shapes/people.ts'
import { changeChat, isAdmin } from '../../world/chats.ts'
import type { World } from '../../world/world.ts'
import { messageOf, type Target, writable } from '../access.ts'
import { badRequest } from '../answer.ts'
import { method } from '../method.ts'
import { chatId, flag, integer } from '../params.ts'

/** In a private chat a pin leaves no trace but its service message. */
export const pinMethods = [
  method(
    'pinChatMessage',
    { chat_id: chatId, message_id: integer, disable_notification: flag },
    (world, params) => {
      const target = pinnable(world, params.chat_id)
      const message = messageOf(world, target, params.message_id, 'message to pin')
      if (target.chat)
        changeChat(world, target.chat, {
          pinned: [...without(target.chat, message.messageId), message.messageId],
        })
      post(world, {
        chatId: target.id,
        from: 'bot',
        senderId: world.bot.id,
        text: '',
        entities: [],
        service: { kind: 'pinned', messageId: message.messageId },
      })
      return true
    },
  ),
  method('unpinChatMessage', { chat_id: chatId, message_id: integer }, (world, params) => {
    const target = pinnable(world, params.chat_id)
    const id = params.message_id ?? target.chat?.pinned.at(-1)
    if (target.chat && (id === undefined || !target.chat.pinned.includes(id)))
      throw badRequest('message to unpin not found')
    if (target.chat && id !== undefined) changeChat(world, target.chat, { pinned: without(target.chat, id) })
    return true
  }),
  method('unpinAllChatMessages', { chat_id: chatId }, (world, params) => {
    const target = pinnable(world, params.chat_id)
    if (target.chat) changeChat(world, target.chat, { pinned: [] })
    return true
  }),
]

function pinnable(world: World, id: number | string): Target {
  const target = writable(world, id)
  if (target.chat && !isAdmin(target.chat.botStatus))
    throw badRequest('not enough rights to manage pinned messages in the chat')
  return target
}

const without = ({ pinned }: EmulatedChat, messageId: number): number[] =>
  pinned.filter((id) => id !== messageId)
