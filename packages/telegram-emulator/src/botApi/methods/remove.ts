import type { EmulatedMessage } from '../../shapes/messages.ts'
import { isAdmin } from '../../world/chats.ts'
import { seconds, type World } from '../../world/world.ts'
import { messageOf, type Target, writable } from '../access.ts'
import { badRequest } from '../answer.ts'
import { messageIds } from '../input/messageIds.ts'
import { method } from '../method.ts'
import { chatId, json, messageId } from '../params.ts'

/** Messages can be deleted for 48 hours (Bot API, deleteMessage). */
const deletableForSeconds = 48 * 3600

export const removeMethods = [
  method('deleteMessage', { chat_id: chatId, message_id: messageId }, (world, params) => {
    const target = writable(world, params.chat_id)
    const message = messageOf(world, target, params.message_id, 'message to delete')
    if (!isDeletable(world, target, message)) throw badRequest("message can't be deleted for everyone")
    world.messages.remove(target.id, [message.messageId])
    return true
  }),
  /** Those that are not there are skipped (Bot API, deleteMessages). */
  method('deleteMessages', { chat_id: chatId, message_ids: json }, (world, params) => {
    const target = writable(world, params.chat_id)
    const found = messageIds(params.message_ids).flatMap((id) => world.messages.find(target.id, id) ?? [])
    const deletable = found.filter((message) => isDeletable(world, target, message))
    if (found.length > 0 && deletable.length === 0) throw badRequest("message can't be deleted for everyone")
    world.messages.remove(
      target.id,
      deletable.map(({ messageId: id }) => id),
    )
    return true
  }),
]

/** Own messages, and those of others in private or as an administrator. */
function isDeletable(world: World, { chat }: Target, message: EmulatedMessage): boolean {
  if (seconds(world.now()) - message.date > deletableForSeconds) return false
  return message.from === 'bot' || !chat || isAdmin(chat.botStatus)
}
