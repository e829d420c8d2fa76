import type { EmulatedMessage } from '../../shapes/messages.ts'
import { isAdmin } from '../../world/chats.ts'
import { seconds, type World } from '../../world/world.ts'
import { messageOf, type Target, writable } from '../access.ts'
import { badRequest } from '../answer.ts'
import { messageIds } from '../input/messageIds.ts'
import { method } from '../method.ts'
import { chatId, integer, json, optionalChatId } from '../params.ts'

export const removeMethods = [
  method('deleteMessage', { chat_id: optionalChatId, message_id: integer }, (world, params) => {
    if (params.chat_id === undefined) throw badRequest('chat identifier is not specified')
    if (!params.message_id || params.message_id < 0) throw badRequest('message identifier is not specified')
    const target = writable(world, params.chat_id)
    return remove(world, target, [messageOf(world, target, params.message_id, 'message to delete')])
  }),
  /** Those that are not there are skipped (Bot API, deleteMessages). */
  method('deleteMessages', { chat_id: chatId, message_ids: json }, (world, params) => {
    const ids = messageIds(params.message_ids)
    const target = writable(world, params.chat_id)
    return remove(
      world,
      target,
      ids.flatMap((id) => world.messages.find(target.id, id) ?? []),
    )
  }),
]

/** All or none, as td does (MessagesManager.cpp, `delete_messages`). */
function remove(world: World, target: Target, messages: EmulatedMessage[]): true {
  for (const message of messages) {
    const why = refusalOf(world, target, message)
    if (why) throw badRequest(why)
  }
  world.messages.remove(
    target.id,
    messages.map(({ messageId }) => messageId),
  )
  return true
}

const isSupergroup = ({ chat }: Target): boolean => chat !== undefined && chat.type !== 'group'

function refusalOf(world: World, target: Target, message: EmulatedMessage): string | null {
  const age = seconds(world.now()) - message.date
  if (isSupergroup(target)) return canDelete(target, message, age) ? null : "message can't be deleted"
  return canRevoke(target, message, age) ? null : "message can't be deleted for everyone"
}

/** Messages can be deleted for 48 hours (Bot API, deleteMessage). */
const deletableForSeconds = 48 * 3600
const diceStandsForSeconds = 24 * 3600

/** In supergroups and channels (the same, `can_delete_channel_message`). */
function canDelete({ chat }: Target, message: EmulatedMessage, age: number): boolean {
  if (age >= deletableForSeconds || message.service?.kind === 'migratedFrom') return false
  return isOwn(message) || (chat !== undefined && isAdmin(chat.botStatus))
}

/** In groups and private chats (the same, `can_revoke_message`). */
function canRevoke({ chat }: Target, message: EmulatedMessage, age: number): boolean {
  if (age > deletableForSeconds) return false
  if (chat) return isOwn(message) || isAdmin(chat.botStatus)
  return message.media?.kind !== 'dice' || age >= diceStandsForSeconds
}

const isOwn = ({ from, service }: EmulatedMessage): boolean => from === 'bot' && !service
