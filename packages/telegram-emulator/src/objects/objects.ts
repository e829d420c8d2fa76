import type {
  TelegramChat,
  TelegramMessage,
  TelegramMessageEntity,
  TelegramPoll,
  TelegramReactionType,
  TelegramUser,
} from '@gramio/types'
import type { MessageEntity, Poll } from '../shapes/media.ts'
import type { EmulatedMessage, Service } from '../shapes/messages.ts'
import type { EmulatedChat, EmulatedUser } from '../shapes/people.ts'
import type { World } from '../world/world.ts'

/** Objects as the Bot API shows them; their types are those of @gramio/types, so that a wrong shape does not compile. */

export const botObject = ({ bot, profile }: World): TelegramUser => ({
  id: bot.id,
  is_bot: true,
  first_name: profile.name.get('') ?? bot.firstName,
  username: bot.username,
})

export const userObject = (user: EmulatedUser): TelegramUser => ({
  id: user.id,
  is_bot: false,
  first_name: user.deactivated ? '' : user.firstName,
  ...(user.lastName ? { last_name: user.lastName } : {}),
  ...(user.username ? { username: user.username } : {}),
  language_code: user.languageCode ?? 'en',
})

/** A person or the bot, by id; somebody who is gone has no name. */
export function senderObject(world: World, id: number): TelegramUser {
  if (id === world.bot.id) return botObject(world)
  const user = world.users.get(id)
  return user ? userObject(user) : { id, is_bot: false, first_name: '' }
}

const groupObject = ({ id, type, title, username }: EmulatedChat): TelegramChat => ({
  id,
  type,
  title,
  ...(username ? { username } : {}),
})

export function chatObject(world: World, chatId: number): TelegramChat {
  const chat = world.chats.get(chatId)
  if (chat) return groupObject(chat)
  const user = world.users.get(chatId)
  return {
    id: chatId,
    type: 'private',
    first_name: user?.firstName ?? '',
    ...(user?.lastName ? { last_name: user.lastName } : {}),
    ...(user?.username ? { username: user.username } : {}),
  }
}

/** A message, with the one it answers but not the one that answers in turn (Bot API, "Message"). */
export function messageObject(world: World, message: EmulatedMessage, isInner = false): TelegramMessage {
  const chat = chatObject(world, message.chatId)
  const answered =
    message.replyTo === undefined || isInner
      ? undefined
      : world.messages.find(message.chatId, message.replyTo)
  return {
    message_id: message.messageId,
    ...(chat.type === 'channel' ? { sender_chat: chat } : { from: senderObject(world, message.senderId) }),
    chat,
    date: message.date,
    ...(message.editedAt ? { edit_date: message.editedAt } : {}),
    ...forwardFields(world, message),
    ...(answered ? { reply_to_message: messageObject(world, answered, true) } : {}),
    ...(message.albumId ? { media_group_id: message.albumId } : {}),
    ...contentFields(world, message),
    ...message.look,
    ...(message.service ? serviceFields(world, message.chatId, message.service) : {}),
    ...(message.protectContent ? { has_protected_content: true as const } : {}),
    ...(message.replyMarkup?.inline_keyboard
      ? { reply_markup: message.replyMarkup as NonNullable<TelegramMessage['reply_markup']> }
      : {}),
  }
}

function contentFields(world: World, { text, entities, media }: EmulatedMessage): Partial<TelegramMessage> {
  const marks = entities.length > 0 ? entityObjects(world, entities) : undefined
  if (!media) return { ...(text ? { text } : {}), ...(marks ? { entities: marks } : {}) }
  const { kind, ...carried } = media
  return {
    ...(media.kind === 'poll'
      ? { poll: pollObject(world, media.poll) }
      : (carried as Partial<TelegramMessage>)),
    // Clients of 2016 know animations as documents only (Bot API, "Message.animation").
    ...(media.kind === 'animation' ? { document: asDocument(media.animation) } : {}),
    ...(media.kind === 'venue' ? { location: media.venue.location } : {}),
    ...(text ? { caption: text } : {}),
    ...(marks ? { caption_entities: marks } : {}),
  }
}

const asDocument = ({
  width: _,
  height: __,
  duration: ___,
  ...file
}: NonNullable<TelegramMessage['animation']>): NonNullable<TelegramMessage['document']> => file

export const entityObjects = (world: World, entities: MessageEntity[]): TelegramMessageEntity[] =>
  entities.map(({ user, ...entity }) => (user ? { ...entity, user: senderObject(world, user.id) } : entity))

export const pollObject = (world: World, poll: Poll): TelegramPoll => {
  const { question_entities: question, explanation_entities: explanation, options, ...rest } = poll
  return {
    ...rest,
    options,
    ...(question ? { question_entities: entityObjects(world, question) } : {}),
    ...(explanation ? { explanation_entities: entityObjects(world, explanation) } : {}),
  }
}

function forwardFields(world: World, { forwarded }: EmulatedMessage): Partial<TelegramMessage> {
  if (!forwarded) return {}
  const { date, senderId, messageId = 0 } = forwarded
  const channel = world.chats.get(senderId)
  return channel
    ? { forward_origin: { type: 'channel', date, chat: groupObject(channel), message_id: messageId } }
    : { forward_origin: { type: 'user', date, sender_user: senderObject(world, senderId) } }
}

function serviceFields(world: World, chatId: number, service: Service): Partial<TelegramMessage> {
  switch (service.kind) {
    case 'joined':
      return { new_chat_members: service.userIds.map((id) => senderObject(world, id)) }
    case 'left':
      return { left_chat_member: senderObject(world, service.userId) }
    case 'migratedTo':
      return { migrate_to_chat_id: service.chatId }
    case 'migratedFrom':
      return { migrate_from_chat_id: service.chatId }
    case 'pinned': {
      const pinned = world.messages.find(chatId, service.messageId)
      return pinned ? { pinned_message: messageObject(world, pinned, true) } : {}
    }
  }
}

export const reactionObjects = (emoji: string[]): TelegramReactionType[] =>
  emoji.map((each) => ({ type: 'emoji', emoji: each })) as TelegramReactionType[]
