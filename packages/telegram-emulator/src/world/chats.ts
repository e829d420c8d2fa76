import type { EmulatedChat, EmulatedUser, Member, MemberStatus, NewChat } from '../shapes/people.ts'
import type { World } from './world.ts'

/** @throws Error when there is nobody with this id */
export function personOf(world: World, userId: number): EmulatedUser {
  const user = world.users.get(userId)
  if (!user) throw new Error(`There is no person ${userId}; add them first.`)
  return user
}

/** @throws Error when there is no such group, supergroup or channel */
export function chatOf(world: World, chatId: number): EmulatedChat {
  const chat = world.chats.get(chatId)
  if (!chat) throw new Error(`There is no chat ${chatId}; add it first.`)
  return chat
}

export const statusOf = (chat: EmulatedChat, userId: number): MemberStatus => memberOf(chat, userId).status

export const memberOf = (chat: EmulatedChat, userId: number): Member =>
  chat.members.find((member) => member.userId === userId) ?? { status: 'left' }

/** The chat of many that a person is in. @throws Error when there is none, or they are not in it */
export function chatWith(world: World, user: EmulatedUser, chatId: number): EmulatedChat {
  const chat = chatOf(world, chatId)
  if (!isIn(statusOf(chat, user.id)))
    throw new Error(`${user.id} is not in the chat ${chatId}; they must join it first.`)
  return chat
}

export const isIn = (status: MemberStatus): boolean => status !== 'left' && status !== 'kicked'

export const isAdmin = (status: MemberStatus): boolean => status === 'creator' || status === 'administrator'

export function setMember(
  world: World,
  chat: EmulatedChat,
  member: Member & { userId: number },
): EmulatedChat {
  const others = chat.members.filter(({ userId }) => userId !== member.userId)
  return changeChat(world, chat, { members: [...others, member] })
}

export function changeChat(world: World, chat: EmulatedChat, change: Partial<EmulatedChat>): EmulatedChat {
  const changed = { ...chat, ...change }
  world.chats.set(chat.id, changed)
  world.emit({ type: 'people' })
  return changed
}

/** @throws Error when the id is taken or a member is nobody */
export function openChat(world: World, given: NewChat): EmulatedChat {
  const { type = 'group', title, username, members = [], botStatus = 'member' } = given
  const id = given.id ?? nextChatId(world, type)
  if (world.chats.has(id)) throw new Error(`There is a chat ${id} already.`)
  for (const userId of members) personOf(world, userId)
  const chat: EmulatedChat = {
    id,
    type,
    title,
    botStatus,
    members: members.map((userId, index) => ({ userId, status: index === 0 ? 'creator' : 'member' })),
    requests: [],
    pinned: [],
    ...(username ? { username } : {}),
  }
  world.chats.set(id, chat)
  world.emit({ type: 'people' })
  return chat
}

/** Ids of supergroups and channels begin with -100 (Bot API, "Chat"). */
export function nextChatId(world: World, type: EmulatedChat['type']): number {
  const from = type === 'group' ? 1001 : 1_000_000_001_001
  let id = -from
  while (world.chats.has(id)) id -= 1
  return id
}
