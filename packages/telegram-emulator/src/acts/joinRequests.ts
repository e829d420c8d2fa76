import { chatObject, senderObject } from '../objects/objects.ts'
import type { EmulatedChat, EmulatedUser } from '../shapes/people.ts'
import { changeChat, isAdmin, isIn, statusOf } from '../world/chats.ts'
import { addUpdate, seconds, type World } from '../world/world.ts'
import { join } from './membership.ts'

/** Requests to be let in, as where a link of invitation requires them. */

export function requestToJoin(world: World, user: EmulatedUser, chat: EmulatedChat): void {
  const status = statusOf(chat, user.id)
  if (isIn(status)) throw new Error(`${user.id} is in the chat ${chat.id} already.`)
  if (status === 'kicked')
    throw new Error(`${user.id} was banned from the chat ${chat.id} and may not ask to join.`)
  changeChat(world, chat, { requests: [...chat.requests.filter((id) => id !== user.id), user.id] })
  // Only who may let people in hears of them (Bot API, "Update.chat_join_request").
  if (isAdmin(chat.botStatus))
    addUpdate(world, {
      chat_join_request: {
        chat: chatObject(world, chat.id),
        from: senderObject(world, user.id),
        user_chat_id: user.id,
        date: seconds(world.now()),
      },
    })
}

/** Answers a request; false when there is none. */
export function answerRequest(world: World, chat: EmulatedChat, user: EmulatedUser, letIn: boolean): boolean {
  if (!chat.requests.includes(user.id)) return false
  const changed = changeChat(world, chat, { requests: chat.requests.filter((id) => id !== user.id) })
  if (letIn) join(world, user, changed)
  return true
}
