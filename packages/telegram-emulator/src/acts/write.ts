import type { FileKind, InputFile, Media, MessageEntity } from '../shapes/media.ts'
import type { EmulatedMessage, NewMessage } from '../shapes/messages.ts'
import type { EmulatedUser } from '../shapes/people.ts'
import { foundEntities } from '../text/foundEntities.ts'
import { inOrder } from '../text/parseText.ts'
import { chatWith, isAdmin, statusOf } from '../world/chats.ts'
import { folders, mediaOf } from '../world/media.ts'
import { seconds, type World } from '../world/world.ts'
import { setBlocked } from './botMembership.ts'
import { post, tellEdited } from './hear.ts'

/** What people write and send. */

export interface Place {
  chatId?: number
  replyTo?: number
  caption?: string
}

/** Starts the message that a person writes. @throws Error when they cannot write there */
export function draft(world: World, user: EmulatedUser, place: Place): Omit<NewMessage, 'text' | 'entities'> {
  const { chatId = user.id, replyTo } = place
  if (chatId !== user.id) checkWriter(world, user, chatId)
  else if (user.deactivated) throw new Error(`${user.firstName} has deleted their account and cannot write.`)
  else openOwnChat(world, user)
  if (replyTo !== undefined && !world.messages.find(chatId, replyTo))
    throw new Error(`There is no message ${replyTo} in the chat ${chatId} to answer.`)
  return {
    chatId,
    from: 'user',
    senderId: world.chats.get(chatId)?.type === 'channel' ? chatId : user.id,
    ...(replyTo === undefined ? {} : { replyTo }),
  }
}

/** Who writes to a bot has started it, and blocks it no more. */
function openOwnChat(world: World, user: EmulatedUser): void {
  user.started = true
  setBlocked(world, user, false)
}

function checkWriter(world: World, user: EmulatedUser, chatId: number): void {
  const chat = chatWith(world, user, chatId)
  if (chat.type === 'channel' && !isAdmin(statusOf(chat, user.id)))
    throw new Error(`${user.id} is no administrator of the channel ${chatId}, so they cannot post there.`)
  if (chat.migratedTo !== undefined)
    throw new Error(`Chat ${chatId} is now the supergroup ${chat.migratedTo}.`)
}

const marks = (text: string): MessageEntity[] => inOrder(foundEntities(text))

export function say(world: World, user: EmulatedUser, words: string, place: Place = {}): EmulatedMessage {
  const text = words.trim()
  if (text === '') throw new Error('A message needs some text.')
  if (text.length > 4096)
    throw new Error(`A message has at most 4096 characters; this one has ${text.length}.`)
  return post(world, { ...draft(world, user, place), text, entities: marks(text) })
}

export function sendMedia(
  world: World,
  user: EmulatedUser,
  media: Media,
  place: Place = {},
  albumId?: string,
): EmulatedMessage {
  const text = place.caption?.trim() ?? ''
  return post(world, {
    ...draft(world, user, place),
    text,
    entities: marks(text),
    media,
    ...(albumId ? { albumId } : {}),
  })
}

/** Keeps a file that a person sends. @throws Error when it is empty or no such media */
export function mediaFrom(world: World, kind: FileKind, { name, base64 }: InputFile): Media {
  const bytes = Buffer.from(base64, 'base64')
  if (bytes.length === 0) throw new Error(`The file ${name} is empty.`)
  try {
    return mediaOf(kind, world.files.add(name, bytes, folders[kind]), {})
  } catch (error) {
    throw new Error(
      `${name} cannot be sent as ${kind}: it is no image of at most 10 000 pixels in width and height together.`,
      { cause: error },
    )
  }
}

export function edit(
  world: World,
  user: EmulatedUser,
  messageId: number,
  words: string,
  chatId = user.id,
): EmulatedMessage {
  const message = ownMessage(world, user, messageId, chatId)
  const text = words.trim()
  if (text === '' && !message.media) throw new Error('A message needs some text.')
  const changed = world.messages.change(message, {
    text,
    entities: marks(text),
    editedAt: seconds(world.now()),
  })
  tellEdited(world, changed)
  return changed
}

export function takeBack(world: World, user: EmulatedUser, messageId: number, chatId = user.id): void {
  const message = ownMessage(world, user, messageId, chatId)
  world.messages.remove(message.chatId, [messageId])
}

function ownMessage(world: World, user: EmulatedUser, messageId: number, chatId: number): EmulatedMessage {
  const message = world.messages.find(chatId, messageId)
  if (message?.from !== 'user' || (message.senderId !== user.id && message.senderId !== chatId))
    throw new Error(`Message ${messageId} is not one of ${user.id}.`)
  return message
}
