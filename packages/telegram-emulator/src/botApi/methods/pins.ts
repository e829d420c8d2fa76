import { post } from '../../acts/hear.ts'
import { isAdmin } from '../../world/chats.ts'
import { newestPin, pinsOf, setPins } from '../../world/pins.ts'
import type { World } from '../../world/world.ts'
import { messageOf, type Target, writable } from '../access.ts'
import { badRequest } from '../answer.ts'
import { method } from '../method.ts'
import { chatId, flag, integer } from '../params.ts'

export const pinMethods = [
  method(
    'pinChatMessage',
    { chat_id: chatId, message_id: integer, disable_notification: flag },
    (world, params) => {
      const target = writable(world, params.chat_id)
      const { messageId, service } = messageOf(world, target, params.message_id, 'message to pin')
      checkPinning(target)
      if (service) throw badRequest("service messages can't be pinned")
      setPins(world, target.id, [...without(world, target.id, messageId), messageId])
      post(world, {
        chatId: target.id,
        from: 'bot',
        senderId: target.chat?.type === 'channel' ? target.id : world.bot.id,
        text: '',
        entities: [],
        service: { kind: 'pinned', messageId },
      })
      return true
    },
  ),
  method('unpinChatMessage', { chat_id: chatId, message_id: integer }, (world, params) => {
    const target = writable(world, params.chat_id)
    const message = params.message_id
      ? messageOf(world, target, params.message_id, 'message to unpin')
      : newestPin(world, target.id)
    if (!message) throw badRequest('message to unpin not found')
    checkPinning(target)
    setPins(world, target.id, without(world, target.id, message.messageId))
    return true
  }),
  method('unpinAllChatMessages', { chat_id: chatId }, (world, params) => {
    const target = writable(world, params.chat_id)
    checkPinning(target)
    setPins(world, target.id, [])
    return true
  }),
]

/** In a private chat no rights are needed. */
function checkPinning({ chat }: Target): void {
  if (chat && !isAdmin(chat.botStatus))
    throw badRequest('not enough rights to manage pinned messages in the chat')
}

const without = (world: World, chatId: number, messageId: number): number[] =>
  pinsOf(world, chatId).filter((id) => id !== messageId)
