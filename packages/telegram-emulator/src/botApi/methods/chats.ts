import type { TelegramChatFullInfo } from '@gramio/types'
import { leaveAsBot } from '../../acts/botMembership.ts'
import { memberIn, memberObject } from '../../objects/members.ts'
import { chatObject, messageObject } from '../../objects/objects.ts'
import { isAdmin, isIn } from '../../world/chats.ts'
import { newestPin } from '../../world/pins.ts'
import type { World } from '../../world/world.ts'
import { accessible, type Target } from '../access.ts'
import { badRequest } from '../answer.ts'
import { method } from '../method.ts'
import { chatId, userId } from '../params.ts'
import { knownMember } from './people.ts'

export const chatMethods = [
  method('getChat', { chat_id: chatId }, (world, params) =>
    fullInfo(world, accessible(world, params.chat_id, 'read')),
  ),
  method('getChatMember', { chat_id: chatId, user_id: userId }, (world, params) => {
    const { user_id: id } = params
    const isBot = id === world.bot.id
    const { user, chat } = accessible(world, params.chat_id, isBot ? 'read' : 'members')
    if (!isBot) knownMember(world, id)
    if (chat?.type === 'channel' && !isBot && !isAdmin(chat.botStatus))
      throw badRequest('member list is inaccessible')
    if (chat) return memberObject(world, id, memberIn(world, chat, id))
    if (!isBot && id !== user.id) throw badRequest('member not found')
    return memberObject(world, id, { status: 'member' })
  }),
  method('getChatMemberCount', { chat_id: chatId }, (world, params) => {
    const { chat } = accessible(world, params.chat_id, 'members')
    return chat
      ? chat.members.filter(({ status }) => isIn(status)).length + (isIn(chat.botStatus) ? 1 : 0)
      : 2
  }),
  method('getChatAdministrators', { chat_id: chatId }, (world, params) => {
    const { chat } = accessible(world, params.chat_id, 'members')
    if (!chat) throw badRequest('there are no administrators in the private chat')
    const people = [...chat.members, { userId: world.bot.id, status: chat.botStatus }]
    return people.flatMap(({ userId: id, ...place }) => {
      const member = memberObject(world, id, place)
      return member.status === 'creator' || member.status === 'administrator' ? [member] : []
    })
  }),
  method('leaveChat', { chat_id: chatId }, (world, params) => {
    const { chat } = accessible(world, params.chat_id, 'read')
    if (!chat) throw badRequest("can't leave private chats")
    if (chat.migratedTo !== undefined) throw badRequest('chat is deactivated')
    leaveAsBot(world, chat)
    return true
  }),
]

function fullInfo(world: World, { id }: Target): TelegramChatFullInfo {
  const message = newestPin(world, id)
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
