import type { TelegramChatFullInfo } from '@gramio/types'
import { answerRequest, removeMember, setBotStatus, unban } from '../../acts/membership.ts'
import { memberObject, memberStatus } from '../../objects/members.ts'
import { chatObject, messageObject } from '../../objects/objects.ts'
import { isAdmin, isIn } from '../../world/chats.ts'
import type { World } from '../../world/world.ts'
import { findTarget, type Target, writable } from '../access.ts'
import { badRequest } from '../answer.ts'
import { method } from '../method.ts'
import { chatId, flag, integer, userId } from '../params.ts'
import { personIn } from './people.ts'

const memberParams = { chat_id: chatId, user_id: userId }

export const chatMethods = [
  method('getChat', { chat_id: chatId }, (world, params) => fullInfo(world, readable(world, params.chat_id))),
  method('getChatMember', memberParams, (world, params) => {
    const { user, chat } = readable(world, params.chat_id)
    const id = params.user_id
    if (id !== world.bot.id) personIn(world, id)
    if (user) return memberObject(world, id, id === user.id || id === world.bot.id ? 'member' : 'left')
    return memberObject(world, id, memberStatus(world, chat, id))
  }),
  method('getChatMemberCount', { chat_id: chatId }, (world, params) => {
    const { chat } = readable(world, params.chat_id)
    return chat
      ? chat.members.filter(({ status }) => isIn(status)).length + (isIn(chat.botStatus) ? 1 : 0)
      : 2
  }),
  method('getChatAdministrators', { chat_id: chatId }, (world, params) => {
    const { chat } = readable(world, params.chat_id)
    if (!chat) throw badRequest('there are no administrators in the private chat')
    const people = [...chat.members, { userId: world.bot.id, status: chat.botStatus }]
    return people.flatMap(({ userId: id, status }) => {
      const member = memberObject(world, id, status)
      return member.status === 'creator' || member.status === 'administrator' ? [member] : []
    })
  }),
  method('leaveChat', { chat_id: chatId }, (world, params) => {
    const { chat } = writable(world, params.chat_id)
    if (!chat) throw badRequest("chat member status can't be changed in private chats")
    setBotStatus(world, chat, 'left')
    return true
  }),
  method(
    'banChatMember',
    { ...memberParams, until_date: integer, revoke_messages: flag },
    (world, params) => {
      removeMember(world, administered(world, params.chat_id), personIn(world, params.user_id), 'kicked')
      return true
    },
  ),
  method('unbanChatMember', { ...memberParams, only_if_banned: flag }, (world, params) => {
    unban(
      world,
      administered(world, params.chat_id),
      personIn(world, params.user_id),
      params.only_if_banned === true,
    )
    return true
  }),
  method('approveChatJoinRequest', memberParams, (world, params) => {
    if (!answerRequest(world, administered(world, params.chat_id), personIn(world, params.user_id), true))
      throw badRequest('HIDE_REQUESTER_MISSING')
    return true
  }),
  method('declineChatJoinRequest', memberParams, (world, params) => {
    if (!answerRequest(world, administered(world, params.chat_id), personIn(world, params.user_id), false))
      throw badRequest('HIDE_REQUESTER_MISSING')
    return true
  }),
]

/** A chat that the bot may look at: not one that has thrown it out. */
function readable(world: World, id: number | string): Target {
  const target = findTarget(world, id)
  return target.chat && !isIn(target.chat.botStatus) ? writable(world, id) : target
}

function administered(world: World, id: number | string) {
  const { chat } = writable(world, id)
  if (!chat) throw badRequest("chat member status can't be changed in private chats")
  if (!isAdmin(chat.botStatus)) throw badRequest('not enough rights to restrict/unrestrict chat member')
  return chat
}

function fullInfo(world: World, { id, chat }: Target): TelegramChatFullInfo {
  const pinned = chat?.pinned.at(-1)
  const message = pinned === undefined ? undefined : world.messages.find(id, pinned)
  return {
    ...chatObject(world, id),
    accent_color_id: Math.abs(id) % 7,
    max_reaction_count: 11,
    accepted_gift_types: {
      unlimited_gifts: false,
      limited_gifts: false,
      unique_gifts: false,
      premium_subscription: false,
      gifts_from_channels: false,
    },
    ...(message ? { pinned_message: messageObject(world, message) } : {}),
  }
}
