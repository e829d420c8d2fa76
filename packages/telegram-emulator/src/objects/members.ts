import type { TelegramChatMember } from '@gramio/types'
import type { EmulatedChat, Member } from '../shapes/people.ts'
import { memberOf } from '../world/chats.ts'
import type { World } from '../world/world.ts'
import { senderObject } from './objects.ts'

/** What an administrator may do in the emulator: everything. */
const allRights = {
  can_be_edited: false,
  is_anonymous: false,
  can_manage_chat: true,
  can_delete_messages: true,
  can_manage_video_chats: true,
  can_restrict_members: true,
  can_promote_members: true,
  can_change_info: true,
  can_invite_users: true,
  can_post_stories: true,
  can_edit_stories: true,
  can_delete_stories: true,
  can_send_welcome_messages: true,
  can_pin_messages: true,
}

export const memberIn = (world: World, chat: EmulatedChat, userId: number): Member =>
  userId === world.bot.id ? { status: chat.botStatus } : memberOf(chat, userId)

export function memberObject(
  world: World,
  userId: number,
  { status, until = 0 }: Member,
): TelegramChatMember {
  const user = senderObject(world, userId)
  switch (status) {
    case 'creator':
      return { status, user, is_anonymous: false }
    case 'administrator':
      return { status, user, ...allRights }
    case 'kicked':
      return { status, user, until_date: until }
    default:
      return { status, user }
  }
}
