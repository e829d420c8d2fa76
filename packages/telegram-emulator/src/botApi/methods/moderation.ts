import { answerRequest } from '../../acts/joinRequests.ts'
import { ban, unban } from '../../acts/membership.ts'
import type { EmulatedChat } from '../../shapes/people.ts'
import { isAdmin, isIn, statusOf } from '../../world/chats.ts'
import { seconds, type World } from '../../world/world.ts'
import { accessible } from '../access.ts'
import { badRequest } from '../answer.ts'
import { method } from '../method.ts'
import { chatId, flag, integer, userId } from '../params.ts'
import { knownMember, personIn } from './people.ts'

/** Who may be in a chat: bans, and requests to be let in. */

const memberParams = { chat_id: chatId, user_id: userId }

export const moderationMethods = [
  method(
    'banChatMember',
    { ...memberParams, until_date: integer, revoke_messages: flag },
    (world, params) => {
      const { chat } = accessible(world, params.chat_id, 'write')
      if (!chat) throw badRequest("can't ban members in private chats")
      const user = knownMember(world, params.user_id)
      checkRestricting(chat, user.id)
      ban(world, chat, user, endOf(world, params.until_date))
      return true
    },
  ),
  method('unbanChatMember', { ...memberParams, only_if_banned: flag }, (world, params) => {
    const { chat } = accessible(world, params.chat_id, 'write')
    if (!chat || chat.type === 'group')
      throw badRequest('method is available for supergroup and channel chats only')
    const user = knownMember(world, params.user_id)
    const onlyBanned = params.only_if_banned === true
    if (onlyBanned && statusOf(chat, user.id) !== 'kicked') return true
    checkRestricting(chat, user.id)
    unban(world, chat, user, onlyBanned)
    return true
  }),
  method('approveChatJoinRequest', memberParams, (world, params) => answer(world, params, true)),
  method('declineChatJoinRequest', memberParams, (world, params) => answer(world, params, false)),
]

/** td, DialogParticipantManager.cpp, `set_channel_participant_status_impl` and `restrict_channel_participant`. */
function checkRestricting(chat: EmulatedChat, id: number): void {
  if (statusOf(chat, id) === 'creator') throw badRequest("can't remove chat owner")
  if (!isAdmin(chat.botStatus)) throw badRequest('not enough rights to restrict/unrestrict chat member')
}

const shortestBan = 30
const longestBan = 366 * 86_400

/** Less than 30 seconds or more than 366 days are for ever (Bot API, banChatMember). */
function endOf(world: World, date = 0): number {
  const length = date - seconds(world.now())
  return length < shortestBan || length > longestBan ? 0 : date
}

function answer(
  world: World,
  { chat_id: id, user_id }: { chat_id: number | string; user_id: number },
  letIn: boolean,
): true {
  const { chat } = accessible(world, id, 'write')
  if (!chat) throw badRequest("the chat can't have join requests")
  const user = personIn(world, user_id)
  if (!isAdmin(chat.botStatus)) throw badRequest('not enough rights to manage chat join requests')
  if (letIn && isIn(statusOf(chat, user.id))) throw badRequest('USER_ALREADY_PARTICIPANT')
  if (!answerRequest(world, chat, user, letIn)) throw badRequest('HIDE_REQUESTER_MISSING')
  return true
}
