import { chatObject, messageObject, pollObject, reactionObjects, userObject } from '../objects/objects.ts'
import type { EmulatedMessage } from '../shapes/messages.ts'
import type { EmulatedUser } from '../shapes/people.ts'
import { chatWith, isAdmin } from '../world/chats.ts'
import { newId } from '../world/newId.ts'
import { counted, hasPoll } from '../world/polls.ts'
import { addUpdate, seconds, type World } from '../world/world.ts'

/** What people do with messages: press, react, vote. */

/** A message that a person sees. @throws Error when there is no such message, or it is in a chat of others */
function seenBy(world: World, user: EmulatedUser, chatId: number, messageId: number): EmulatedMessage {
  if (chatId !== user.id) chatWith(world, user, chatId)
  const message = world.messages.find(chatId, messageId)
  if (!message) throw new Error(`There is no message ${messageId} in the chat of ${chatId}.`)
  return message
}

export function click(
  world: World,
  user: EmulatedUser,
  messageId: number,
  data: string,
  chatId = user.id,
): void {
  const message = seenBy(world, user, chatId, messageId)
  const buttons = (message.replyMarkup?.inline_keyboard ?? []).flat()
  if (!buttons.some((button) => button.callback_data === data))
    throw new Error(
      `Message ${messageId} has no button with the data "${data}"; it has ${JSON.stringify(buttons.map((button) => button.callback_data ?? button.text))}.`,
    )
  const id = openQuery(world, world.callbacks, user)
  addUpdate(world, {
    callback_query: {
      id,
      from: userObject(user),
      message: messageObject(world, message),
      chat_instance: String(chatId),
      data,
    },
  })
}

const mostQueries = 10_000

/** Remembers who waits for an answer; the oldest are forgotten, for they are too old by then. */
function openQuery(world: World, waiting: World['callbacks'], user: EmulatedUser): string {
  const id = newId()
  waiting.set(id, { userId: user.id, at: world.now() })
  forgetOldest(waiting, mostQueries)
  return id
}

function forgetOldest(map: Map<unknown, unknown>, most: number): void {
  for (const key of map.keys()) {
    if (map.size <= most) return
    map.delete(key)
  }
}

/** One picture, with its variations. Which of them Telegram takes as a reaction is up to the chat. */
export const isReaction = (text: string): boolean =>
  /^\p{Extended_Pictographic}(?:\p{Emoji_Modifier}|\uFE0F|\u200D\p{Extended_Pictographic})*$/u.test(text)

/** Sets, or with null takes away, the reaction of a person or the bot. */
export function setReaction(
  world: World,
  message: EmulatedMessage,
  senderId: number,
  emoji: string | null,
): { before: string[]; after: string[] } {
  const reactions = message.reactions ?? []
  const before = reactions
    .filter((reaction) => reaction.senderId === senderId)
    .map((reaction) => reaction.emoji)
  const after = emoji === null ? [] : [emoji]
  if (before.join() === after.join()) return { before, after }
  const others = reactions.filter((reaction) => reaction.senderId !== senderId)
  world.messages.change(message, {
    reactions: [...others, ...after.map((each) => ({ senderId, emoji: each }))],
  })
  return { before, after }
}

export function react(
  world: World,
  user: EmulatedUser,
  messageId: number,
  emoji: string | null,
  chatId = user.id,
): void {
  const message = seenBy(world, user, chatId, messageId)
  if (emoji !== null && !isReaction(emoji)) throw new Error(`A reaction is one emoji; "${emoji}" is none.`)
  const { before, after } = setReaction(world, message, user.id, emoji)
  if (before.join() === after.join()) return
  const chat = world.chats.get(chatId)
  // Of a chat of many only administrators hear (Bot API, "message_reaction").
  if (chat && !isAdmin(chat.botStatus)) return
  addUpdate(world, {
    message_reaction: {
      chat: chatObject(world, chatId),
      message_id: messageId,
      user: userObject(user),
      date: seconds(world.now()),
      old_reaction: reactionObjects(before),
      new_reaction: reactionObjects(after),
    },
  })
}

export function vote(
  world: World,
  user: EmulatedUser,
  messageId: number,
  given: number[],
  chatId = user.id,
): void {
  const options = [...new Set(given)]
  const message = seenBy(world, user, chatId, messageId)
  if (!hasPoll(message)) throw new Error(`Message ${messageId} is no poll.`)
  const { poll } = message.media
  if (poll.is_closed) throw new Error('The poll is closed.')
  if (options.some((option) => !poll.options[option]))
    throw new Error(`The poll has options 0 to ${poll.options.length - 1}; ${options.join(', ')} was given.`)
  if (options.length > 1 && !poll.allows_multiple_answers) throw new Error('The poll takes one answer only.')
  const before = message.votes ?? []
  const others = before.filter(({ userId }) => userId !== user.id)
  if (!poll.allows_revoting && others.length < before.length)
    throw new Error('The poll does not let anybody change their answer.')
  const votes = options.length > 0 ? [...others, { userId: user.id, options }] : others
  const changed = counted(poll, votes)
  world.messages.change(message, { votes, media: { kind: 'poll', poll: changed } })
  if (message.from !== 'bot') return
  addUpdate(world, { poll: pollObject(world, changed) })
  if (!poll.is_anonymous) addUpdate(world, { poll_answer: answerObject(user, poll.id, options) })
}

const answerObject = (user: EmulatedUser, pollId: string, options: number[]) => ({
  poll_id: pollId,
  user: userObject(user),
  option_ids: options,
  option_persistent_ids: options.map(String),
})

export function inlineQuery(world: World, user: EmulatedUser, query: string): void {
  const id = openQuery(world, world.inlineQueries, user)
  addUpdate(world, { inline_query: { id, from: userObject(user), query, offset: '', chat_type: 'sender' } })
}
