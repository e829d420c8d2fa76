import { ana, luis } from '../bot.ts'
import { chats, messages, type Row, stranger, upgradedTo } from './world.ts'

const nowhere = 99

export const members: Row[] = [
  // td, DialogParticipantManager.cpp, `restrict_channel_participant`
  [
    'a ban without rights',
    'banChatMember',
    { chat_id: chats.super, user_id: luis },
    400,
    'Bad Request: not enough rights to restrict/unrestrict chat member',
  ],
  [
    'nobody who asks to be let in',
    'approveChatJoinRequest',
    { chat_id: chats.led, user_id: stranger },
    400,
    'Bad Request: HIDE_REQUESTER_MISSING',
  ],
  [
    'somebody who is in already',
    'approveChatJoinRequest',
    { chat_id: chats.led, user_id: luis },
    400,
    'Bad Request: USER_ALREADY_PARTICIPANT',
  ],
  [
    'nobody who is to be turned away',
    'declineChatJoinRequest',
    { chat_id: chats.led, user_id: luis },
    400,
    'Bad Request: HIDE_REQUESTER_MISSING',
  ],

  // Client.cpp, `check_chat_access` with `ReadMembers`
  [
    'members of a group that was upgraded',
    'getChatMemberCount',
    { chat_id: chats.upgraded },
    400,
    'Bad Request: group chat was upgraded to a supergroup chat',
    { migrate_to_chat_id: upgradedTo },
  ],
  [
    'a forward from where it was kicked',
    'forwardMessage',
    { chat_id: ana, from_chat_id: chats.superKicked, message_id: 1 },
    403,
    'Forbidden: bot was kicked from the supergroup chat',
  ],
  // td, DialogParticipantManager.cpp, `do_get_dialog_participant`
  [
    'a member nobody knows',
    'getChatMember',
    { chat_id: chats.superLed, user_id: nowhere },
    400,
    'Bad Request: member not found',
  ],
  [
    'another person in a private chat',
    'getChatMember',
    { chat_id: ana, user_id: luis },
    400,
    'Bad Request: member not found',
  ],
  // the same, `get_channel_participant`
  [
    'a member of a channel that it does not lead',
    'getChatMember',
    { chat_id: chats.channelOnly, user_id: luis },
    400,
    'Bad Request: member list is inaccessible',
  ],
  // the same, `ban_dialog_participant`, `leave_dialog`, `can_manage_dialog_join_requests`, `set_channel_participant_status`
  [
    'a ban of a person',
    'banChatMember',
    { chat_id: ana, user_id: ana },
    400,
    "Bad Request: can't ban members in private chats",
  ],
  ['leaving a person', 'leaveChat', { chat_id: ana }, 400, "Bad Request: can't leave private chats"],
  [
    'letting in to a person',
    'approveChatJoinRequest',
    { chat_id: ana, user_id: luis },
    400,
    "Bad Request: the chat can't have join requests",
  ],
  [
    'letting in without rights',
    'approveChatJoinRequest',
    { chat_id: chats.super, user_id: luis },
    400,
    'Bad Request: not enough rights to manage chat join requests',
  ],
  [
    'a ban of the owner',
    'banChatMember',
    { chat_id: chats.superLed, user_id: ana },
    400,
    "Bad Request: can't remove chat owner",
  ],
  // Client.cpp, `process_unban_chat_member_query`
  [
    'an unban in a plain group',
    'unbanChatMember',
    { chat_id: chats.led, user_id: luis },
    400,
    'Bad Request: method is available for supergroup and channel chats only',
  ],
  // Client.cpp, `get_message_id`: none is 0, and `check_message` does not find it
  [
    'a stop of what is not said',
    'stopPoll',
    { chat_id: ana },
    400,
    'Bad Request: message with poll to stop not found',
  ],
  // td, MessagesManager.cpp, `can_pin_message`
  [
    'a pin of a service message',
    'pinChatMessage',
    { chat_id: ana, message_id: messages.pinned },
    400,
    "Bad Request: service messages can't be pinned",
  ],
  // the same, `delete_chat_participant`
  [
    'leaving what was upgraded',
    'leaveChat',
    { chat_id: chats.upgraded },
    400,
    'Bad Request: chat is deactivated',
  ],
]
