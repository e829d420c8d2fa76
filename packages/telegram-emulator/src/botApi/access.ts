import type { EmulatedMessage } from '../shapes/messages.ts'
import type { EmulatedChat, EmulatedUser } from '../shapes/people.ts'
import { isIn } from '../world/chats.ts'
import type { World } from '../world/world.ts'
import { BotApiError, badRequest, forbidden } from './answer.ts'

/** Where a call goes to: a private chat or one of many. */
export type Target =
  | { id: number; user: EmulatedUser; chat?: never }
  | { id: number; chat: EmulatedChat; user?: never }

/** Finds a chat by id or @username. @throws BotApiError when there is none */
export function findTarget(world: World, chatId: number | string | undefined): Target {
  if (chatId === undefined || chatId === '') throw badRequest('chat_id is empty')
  const target =
    typeof chatId === 'string' && chatId.startsWith('@') ? byName(world, chatId) : byId(world, Number(chatId))
  if (!target) throw badRequest('chat not found')
  return target
}

function byId(world: World, id: number): Target | null {
  const user = world.users.get(id)
  if (user) return { id, user }
  const chat = world.chats.get(id)
  return chat ? { id, chat } : null
}

function byName(world: World, name: string): Target | null {
  const wanted = name.slice(1).toLowerCase()
  for (const chat of world.chats.values())
    if (chat.username?.toLowerCase() === wanted) return { id: chat.id, chat }
  return null
}

/** For what a chat is asked: `members` is a look at who is in it. */
export type Access = 'read' | 'members' | 'edit' | 'write'

/**
 * A chat that the bot may look at or act in, by the rules and in the words of Client.cpp, `check_chat_access`.
 * @throws BotApiError when it may not
 */
export function accessible(world: World, chatId: number | string | undefined, access: Access): Target {
  const target = findTarget(world, chatId)
  if (target.chat) checkAccess(target.chat, access)
  else if (target.user.deactivated && (access === 'edit' || access === 'write'))
    throw forbidden('user is deactivated')
  return target
}

function checkAccess(chat: EmulatedChat, access: Access): void {
  const { type, botStatus, migratedTo } = chat
  const writes = access === 'write' || (access === 'members' && type === 'group')
  if (migratedTo !== undefined && writes)
    throw new BotApiError(400, 'Bad Request: group chat was upgraded to a supergroup chat', {
      migrate_to_chat_id: migratedTo,
    })
  if (isIn(botStatus) || (isOpen(chat) && !writes && access !== 'edit')) return
  if (botStatus === 'kicked') throw forbidden(`bot was kicked from the ${type} chat`)
  throw forbidden(`bot is not a member of the ${type} chat`)
}

/** Whether those who are not in it may look at it: at every group that they know, and at what is public. */
const isOpen = ({ type, username, botStatus }: EmulatedChat): boolean =>
  type === 'group' || (username !== undefined && botStatus !== 'kicked')

/** Where the bot may write; what is refused last is said by td and by the servers behind. @throws BotApiError when it may not */
export function writable(world: World, chatId: number | string | undefined): Target {
  const target = accessible(world, chatId, 'write')
  if (target.user) checkPerson(target.user)
  else if (target.chat.type === 'channel' && target.chat.botStatus === 'member')
    throw badRequest('need administrator rights in the channel chat')
  return target
}

function checkPerson(user: EmulatedUser): void {
  if (user.blocked) throw forbidden('bot was blocked by the user')
  if (!user.started) throw forbidden("bot can't initiate conversation with a user")
}

/** A message that a call is about. `what` is how Telegram names it, e.g. `message to edit`. @throws BotApiError when it is not there */
export function messageOf(
  world: World,
  target: Target,
  messageId: number | undefined,
  what: string,
): EmulatedMessage {
  const message = messageId ? world.messages.find(target.id, messageId) : undefined
  if (!message) throw badRequest(`${what} not found`)
  return message
}
