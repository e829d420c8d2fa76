import type { EmulatedChat, EmulatedUser } from '../shapes/people.ts'
import { endBanInTime } from '../world/bans.ts'
import { changeChat, isIn, memberOf, nextChatId, setMember, statusOf } from '../world/chats.ts'
import type { World } from '../world/world.ts'
import { leaderOf, serve, tellMember } from './memberChange.ts'

/** Who comes and goes, and what the bot hears of it. */

export function join(world: World, user: EmulatedUser, chat: EmulatedChat): void {
  const before = memberOf(chat, user.id)
  if (isIn(before.status)) throw new Error(`${user.id} is in the chat ${chat.id} already.`)
  if (before.status === 'kicked') throw new Error(`${user.id} was banned from the chat ${chat.id}.`)
  const joined = setMember(world, withoutRequest(world, chat, user), { userId: user.id, status: 'member' })
  tellMember(world, joined, { userId: user.id, by: user.id, before, after: { status: 'member' } })
  serve(world, joined, user.id, { kind: 'joined', userIds: [user.id] })
}

export function leave(world: World, user: EmulatedUser, chat: EmulatedChat): void {
  if (!isIn(statusOf(chat, user.id))) throw new Error(`${user.id} is not in the chat ${chat.id}.`)
  remove(world, chat, user, { by: user.id, status: 'left' })
}

/** Bans somebody in the name of the bot, for ever or until a time in epoch seconds. To a plain group they can come back (Bot API, banChatMember). */
export function ban(world: World, chat: EmulatedChat, user: EmulatedUser, until = 0): void {
  const removal = chat.type === 'group' ? { status: 'left' as const } : { status: 'kicked' as const, until }
  remove(world, withoutRequest(world, chat, user), user, { by: world.bot.id, ...removal })
  endBanInTime(world, chat.id, user.id)
}

/** Lets a banned person come back; one who is in the chat is taken out unless `onlyBanned` (Bot API, unbanChatMember). */
export function unban(world: World, chat: EmulatedChat, user: EmulatedUser, onlyBanned: boolean): void {
  if (onlyBanned && statusOf(chat, user.id) !== 'kicked') return
  remove(world, chat, user, { by: world.bot.id, status: 'left' })
}

interface Removal {
  by: number
  status: 'left' | 'kicked'
  until?: number
}

function remove(
  world: World,
  chat: EmulatedChat,
  { id: userId }: EmulatedUser,
  { by, status, until }: Removal,
): void {
  const before = memberOf(chat, userId)
  if (before.status === status && (before.until ?? 0) === (until ?? 0)) return
  const after = { status, ...(until ? { until } : {}) }
  const changed = setMember(world, chat, { userId, ...after })
  tellMember(world, changed, { userId, by, before, after })
  if (isIn(before.status)) serve(world, changed, by, { kind: 'left', userId })
}

const withoutRequest = (world: World, chat: EmulatedChat, { id }: EmulatedUser): EmulatedChat =>
  chat.requests.includes(id)
    ? changeChat(world, chat, { requests: chat.requests.filter((each) => each !== id) })
    : chat

/** The group lives on as a supergroup with another id; both say so. */
export function migrate(world: World, chat: EmulatedChat): EmulatedChat {
  if (chat.type !== 'group' || chat.migratedTo !== undefined)
    throw new Error(
      `Chat ${chat.id} is ${chat.migratedTo === undefined ? `a ${chat.type}` : 'upgraded already'}; only a group can be upgraded.`,
    )
  const id = nextChatId(world, 'supergroup')
  const { migratedTo: _, ...rest } = chat
  const upgraded: EmulatedChat = { ...rest, id, type: 'supergroup', pinned: [], migratedFrom: chat.id }
  world.chats.set(id, upgraded)
  const old = changeChat(world, chat, { migratedTo: id })
  serve(world, old, leaderOf(world, chat), { kind: 'migratedTo', chatId: id })
  serve(world, upgraded, leaderOf(world, chat), { kind: 'migratedFrom', chatId: chat.id })
  return upgraded
}
