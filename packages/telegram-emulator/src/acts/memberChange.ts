import { memberObject } from '../objects/members.ts'
import { chatObject, senderObject } from '../objects/objects.ts'
import type { Service } from '../shapes/messages.ts'
import type { EmulatedChat, Member, MemberStatus } from '../shapes/people.ts'
import { isAdmin, isIn } from '../world/chats.ts'
import { addUpdate, seconds, type World } from '../world/world.ts'
import { post } from './hear.ts'

/** How it is told that somebody's place in a chat is another one. */

interface Change {
  /** Who it is about. */
  userId: number
  /** Who did it. */
  by: number
  before: Member
  after: Member
}

/** Of others only administrators hear (Bot API, "Update.chat_member"). */
export function tellMember(world: World, chat: EmulatedChat, change: Change): void {
  if (isAdmin(chat.botStatus)) addUpdate(world, { chat_member: changeObject(world, chat.id, change) })
}

/** Of itself a bot hears always. */
export function tellOwn(
  world: World,
  chatId: number,
  { by, before, after }: { by: number; before: MemberStatus; after: MemberStatus },
): void {
  const change = { userId: world.bot.id, by, before: { status: before }, after: { status: after } }
  addUpdate(world, { my_chat_member: changeObject(world, chatId, change) })
}

const changeObject = (world: World, chatId: number, { userId, by, before, after }: Change) => ({
  chat: chatObject(world, chatId),
  from: senderObject(world, by),
  date: seconds(world.now()),
  old_chat_member: memberObject(world, userId, before),
  new_chat_member: memberObject(world, userId, after),
})

/** Says in the chat what happened; a channel has no such messages. */
export function serve(world: World, chat: EmulatedChat, senderId: number, service: Service): void {
  if (chat.type === 'channel') return
  const from = senderId === world.bot.id ? 'bot' : 'user'
  post(world, { chatId: chat.id, from, senderId, text: '', entities: [], service })
}

/** Who does in a chat what a test or the chat page asks for: its owner, or anybody in it, else the bot itself. */
export const leaderOf = (world: World, { members }: EmulatedChat): number => {
  const leader =
    members.find(({ status }) => status === 'creator') ?? members.find(({ status }) => isIn(status))
  return leader?.userId ?? world.bot.id
}
