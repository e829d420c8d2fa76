import { memberObject } from '../objects/members.ts'
import { chatObject, senderObject } from '../objects/objects.ts'
import type { Service } from '../shapes/messages.ts'
import type { EmulatedChat, EmulatedUser, MemberStatus } from '../shapes/people.ts'
import { changeChat, isIn, nextChatId, setStatus, statusOf } from '../world/chats.ts'
import { addUpdate, seconds, type World } from '../world/world.ts'
import { post } from './hear.ts'

/** Who comes and goes, and what the bot hears of it. */

export function join(world: World, user: EmulatedUser, chat: EmulatedChat): void {
  const status = statusOf(chat, user.id)
  if (isIn(status)) throw new Error(`${user.id} is in the chat ${chat.id} already.`)
  if (status === 'kicked') throw new Error(`${user.id} was banned from the chat ${chat.id}.`)
  const joined = setStatus(world, chat, user.id, 'member')
  tellMember(world, joined, user.id, status, 'member')
  serve(world, joined, user.id, { kind: 'joined', userIds: [user.id] })
}

export function leave(world: World, user: EmulatedUser, chat: EmulatedChat): void {
  if (!isIn(statusOf(chat, user.id))) throw new Error(`${user.id} is not in the chat ${chat.id}.`)
  removeMember(world, chat, user, 'left')
}

/** Takes somebody out of a chat, by their own will or that of the bot. */
export function removeMember(
  world: World,
  chat: EmulatedChat,
  user: EmulatedUser,
  status: 'left' | 'kicked',
): void {
  const before = statusOf(chat, user.id)
  const changed = setStatus(world, chat, user.id, status)
  tellMember(world, changed, user.id, before, status)
  if (isIn(before)) serve(world, changed, user.id, { kind: 'left', userId: user.id })
}

/** Lets a banned person come back; one who is in the chat is taken out unless `onlyBanned` (Bot API, unbanChatMember). */
export function unban(world: World, chat: EmulatedChat, user: EmulatedUser, onlyBanned: boolean): void {
  const before = statusOf(chat, user.id)
  if (before === 'kicked') setStatus(world, chat, user.id, 'left')
  else if (isIn(before) && !onlyBanned) removeMember(world, chat, user, 'left')
}

export function setBotStatus(world: World, chat: EmulatedChat, status: MemberStatus): EmulatedChat {
  const before = chat.botStatus
  if (before === status) return chat
  const changed = changeChat(world, chat, { botStatus: status })
  addUpdate(world, { my_chat_member: memberChange(world, changed, world.bot.id, before, status) })
  if (!isIn(before) && isIn(status))
    serve(world, changed, world.bot.id, { kind: 'joined', userIds: [world.bot.id] })
  return changed
}

/** A person blocks the bot in their own chat, or lets it in again. */
export function tellBlocked(world: World, user: EmulatedUser): void {
  const [before, after]: MemberStatus[] = user.blocked ? ['member', 'kicked'] : ['kicked', 'member']
  addUpdate(world, {
    my_chat_member: {
      chat: chatObject(world, user.id),
      from: senderObject(world, user.id),
      date: seconds(world.now()),
      old_chat_member: memberObject(world, world.bot.id, before as MemberStatus),
      new_chat_member: memberObject(world, world.bot.id, after as MemberStatus),
    },
  })
}

export function requestToJoin(world: World, user: EmulatedUser, chat: EmulatedChat): void {
  if (isIn(statusOf(chat, user.id))) throw new Error(`${user.id} is in the chat ${chat.id} already.`)
  changeChat(world, chat, { requests: [...chat.requests.filter((id) => id !== user.id), user.id] })
  addUpdate(world, {
    chat_join_request: {
      chat: chatObject(world, chat.id),
      from: senderObject(world, user.id),
      user_chat_id: user.id,
      date: seconds(world.now()),
    },
  })
}

/** Answers a request to be let in; false when there is none. */
export function answerRequest(world: World, chat: EmulatedChat, user: EmulatedUser, letIn: boolean): boolean {
  if (!chat.requests.includes(user.id)) return false
  const changed = changeChat(world, chat, { requests: chat.requests.filter((id) => id !== user.id) })
  if (letIn) join(world, user, changed)
  return true
}

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
  const owner = chat.members[0]?.userId ?? world.bot.id
  serve(world, old, owner, { kind: 'migratedTo', chatId: id })
  serve(world, upgraded, owner, { kind: 'migratedFrom', chatId: chat.id })
  return upgraded
}

function serve(world: World, chat: EmulatedChat, senderId: number, service: Service): void {
  if (chat.type === 'channel') return
  const from = senderId === world.bot.id ? 'bot' : 'user'
  post(world, { chatId: chat.id, from, senderId, text: '', entities: [], service })
}

function tellMember(
  world: World,
  chat: EmulatedChat,
  userId: number,
  before: MemberStatus,
  after: MemberStatus,
): void {
  if (isIn(chat.botStatus))
    addUpdate(world, { chat_member: memberChange(world, chat, userId, before, after) })
}

const memberChange = (
  world: World,
  chat: EmulatedChat,
  userId: number,
  before: MemberStatus,
  after: MemberStatus,
) => ({
  chat: chatObject(world, chat.id),
  from: senderObject(world, userId === world.bot.id ? (chat.members[0]?.userId ?? userId) : userId),
  date: seconds(world.now()),
  old_chat_member: memberObject(world, userId, before),
  new_chat_member: memberObject(world, userId, after),
})
