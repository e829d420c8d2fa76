import type { EmulatedChat, EmulatedUser, MemberStatus } from '../shapes/people.ts'
import { changeChat, isIn } from '../world/chats.ts'
import type { World } from '../world/world.ts'
import { leaderOf, serve, tellOwn } from './memberChange.ts'

/** What becomes of the bot itself. */

/** Somebody lets the bot in, makes it an administrator, or takes it out. */
export function setBotStatus(
  world: World,
  chat: EmulatedChat,
  after: MemberStatus,
  by = leaderOf(world, chat),
): void {
  const before = chat.botStatus
  if (before === after) return
  const changed = changeChat(world, chat, { botStatus: after })
  tellOwn(world, chat.id, { by, before, after })
  if (!isIn(before) && isIn(after)) serve(world, changed, by, { kind: 'joined', userIds: [world.bot.id] })
  if (isIn(before) && !isIn(after)) serve(world, changed, by, { kind: 'left', userId: world.bot.id })
}

/** The bot goes by itself; nothing happens when it has gone. */
export function leaveAsBot(world: World, chat: EmulatedChat): void {
  if (isIn(chat.botStatus)) setBotStatus(world, chat, 'left', world.bot.id)
}

/** A person blocks the bot in their own chat, or lets it in again. */
export function setBlocked(world: World, user: EmulatedUser, blocked: boolean): void {
  if (user.blocked === blocked) return
  user.blocked = blocked
  world.emit({ type: 'people' })
  const [before, after]: [MemberStatus, MemberStatus] = blocked ? ['member', 'kicked'] : ['kicked', 'member']
  tellOwn(world, user.id, { by: user.id, before, after })
}
