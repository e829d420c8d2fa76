import type { User } from '@kamihi/contracts'
import type { Store } from '@kamihi/store'
import type { CallbackQuery, Message, Update } from 'telegraf/types'
import { authorize } from '../access/authorize.ts'
import type { ActionRuntime } from '../actions/action.ts'
import type { Registry } from '../actions/registry.ts'
import type { Config } from '../config/schema.ts'
import type { Conversations } from '../conversations/engine.ts'
import { isOfQuestion } from '../conversations/keyboard.ts'
import type { Events } from '../kamihi.types.ts'
import type { Logger } from '../logger.ts'
import { commandOf } from './commandOf.ts'
import { personOf } from './identity.ts'
import type { Origin } from './origin.ts'
import type { CommandAnswer } from './telegram.types.ts'

export interface DispatchParts {
  store: Store
  events: Pick<Events, 'emit'>
  config: Config
  actions: Registry
  conversations: Conversations
  /** Commands that are no actions, by name. */
  answers: ReadonlyMap<string, CommandAnswer>
  logger: Logger
  now(): number
  botUsername(): string | null
  reply(chatId: number, markdown: string): Promise<number | null>
  /** Whether a chat may get the default answer now. */
  isDefaultDue(chatId: number): boolean
  answerPress(queryId: string, notice?: string): Promise<void>
  removeButtons(chatId: number, messageId: number): Promise<void>
  run(origin: Origin, user: User, action: ActionRuntime): Promise<void>
}

export const staleButton = 'This button has expired.'

/** Handles one update. A kind that is not named here is dropped; edited messages never run anything. */
export async function dispatch(parts: DispatchParts, update: Update): Promise<void> {
  if ('message' in update) return onMessage(parts, update.update_id, update.message)
  if ('callback_query' in update) return onPress(parts, update.update_id, update.callback_query)
  if ('my_chat_member' in update && update.my_chat_member.new_chat_member.status === 'member') {
    const person = personOf(update.my_chat_member.from)
    if (person !== null) await seen(parts, person)
  }
}

async function onMessage(parts: DispatchParts, updateId: number, message: Message): Promise<void> {
  const person = personOf(message.from, message)
  if (person === null || !('text' in message) || 'forward_origin' in message || 'via_bot' in message) return
  const said: Said = {
    updateId,
    chatId: message.chat.id,
    telegramId: person,
    isPrivate: message.chat.type === 'private',
  }
  // Nothing waits for it, so that it is written together with what comes next.
  const noted = said.isPrivate ? noteSeen(parts, person) : null
  await onSaid(parts, said, message).finally(() => noted)
}

/** Something that a person said, and where. */
interface Said extends Origin {
  isPrivate: boolean
}

async function noteSeen(parts: DispatchParts, person: number): Promise<void> {
  await seen(parts, person).catch((error: unknown) =>
    parts.logger.warning({ err: error }, 'Failed to note that a person wrote'),
  )
}

/** Whoever was unreachable is so no more, and is shown so. */
async function seen({ store, events, now }: DispatchParts, person: number): Promise<void> {
  const back = await store.users.seen(person, now())
  if (back !== null) events.emit({ type: 'users.changed', ids: [back] })
}

async function onSaid(parts: DispatchParts, said: Said, message: Message.TextMessage): Promise<void> {
  const command = commandOf(message, parts.botUsername())
  if (command === 'for_another') return
  if (command === null) return onText(parts, said, message.text)
  if (command === parts.config.responses.cancelCommand.toLowerCase()) return onCancel(parts, said)
  return onCommand(parts, said, command)
}

/** An unknown person, one without the right and a command that does not exist get the same answer. */
async function onCommand(parts: DispatchParts, said: Said, command: string): Promise<void> {
  const action = parts.actions.byCommand(command)
  if (!action && said.isPrivate && (await parts.answers.get(command)?.(said))) return
  const user = await authorize(parts.store.users, said.telegramId, action?.name ?? '')
  if (!action || !user) return sayDefault(parts, said)
  if (action.questions.length > 0) return parts.conversations.begin(said, user, action)
  if (await parts.conversations.isOpen(said)) await parts.conversations.end(said)
  return parts.run(said, user, action)
}

async function onText(parts: DispatchParts, said: Said, text: string): Promise<void> {
  const outcome = await parts.conversations.answer(said, text)
  if (outcome !== 'answered') await sayDefault(parts, said)
}

/** It ends when that is said: whoever takes this up again after a crash must know that there was something to end. */
async function onCancel(parts: DispatchParts, said: Said): Promise<void> {
  if (!(await parts.conversations.isOpen(said))) return sayDefault(parts, said)
  await parts.reply(said.chatId, parts.config.responses.cancelMessage)
  await parts.conversations.end(said)
}

async function onPress(parts: DispatchParts, updateId: number, query: CallbackQuery): Promise<void> {
  const person = personOf(query.from)
  const { message } = query
  const data = 'data' in query ? query.data : null
  if (person === null || !message || data === null) return parts.answerPress(query.id, staleButton)
  const isPrivate = message.chat.type === 'private'
  const said: Said = { updateId, chatId: message.chat.id, telegramId: person, isPrivate }
  const outcome = await parts.conversations.press(said, message.message_id, data)
  await parts.answerPress(query.id, outcome === 'answered' ? undefined : staleButton)
  // In a group the question may be that of another person.
  if (outcome === 'no_conversation' && isPrivate && isOfQuestion(data))
    await parts.removeButtons(said.chatId, message.message_id)
  if (outcome === 'not_allowed') await sayDefault(parts, said)
}

async function sayDefault(
  { config, reply, isDefaultDue }: DispatchParts,
  { chatId, isPrivate }: Said,
): Promise<void> {
  if (config.responses.defaultEnabled && isPrivate && isDefaultDue(chatId))
    await reply(chatId, config.responses.defaultMessage)
}
