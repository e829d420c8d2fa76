import type { User } from '@kamihi/contracts'
import type { Store } from '@kamihi/store'
import type { CallbackQuery, Message, Update } from 'telegraf/types'
import { authorize } from '../access/authorize.ts'
import type { ActionRuntime } from '../actions/action.ts'
import type { Registry } from '../actions/registry.ts'
import type { Config } from '../config/schema.ts'
import type { Conversations } from '../conversations/engine.ts'
import { commandOf } from './commandOf.ts'
import { personOf } from './identity.ts'

export interface DispatchParts {
  store: Store
  config: Config
  actions: Registry
  conversations: Conversations
  now(): number
  botUsername(): string | null
  reply(chatId: number, markdown: string): Promise<number | null>
  answerPress(queryId: string, notice?: string): Promise<void>
  run(chatId: number, user: User, action: ActionRuntime, answers: Record<string, unknown>): Promise<void>
}

export const staleButton = 'This button has expired.'

/** Handles one update. A kind that is not named here is dropped; edited messages never run anything. */
export async function dispatch(parts: DispatchParts, update: Update): Promise<void> {
  if ('message' in update) return onMessage(parts, update.message)
  if ('callback_query' in update) return onPress(parts, update.callback_query)
  if ('my_chat_member' in update && update.my_chat_member.new_chat_member.status === 'member') {
    await parts.store.users.seen(update.my_chat_member.from.id, parts.now())
  }
}

async function onMessage(parts: DispatchParts, message: Message): Promise<void> {
  const person = personOf(message.from, message)
  if (person === null || !('text' in message) || 'forward_origin' in message || 'via_bot' in message) return
  const chat = { id: message.chat.id, isPrivate: message.chat.type === 'private' }
  if (chat.isPrivate) await parts.store.users.seen(person, parts.now())
  const command = commandOf(message, parts.botUsername())
  if (command === 'for_another') return
  if (command === null) return onText(parts, chat, person, message.text)
  if (command === parts.config.responses.cancelCommand.toLowerCase()) return onCancel(parts, chat, person)
  return onCommand(parts, chat, person, command)
}

interface Chat {
  id: number
  isPrivate: boolean
}

/** An unknown person, one without the right and a command that does not exist get the same answer. */
async function onCommand(parts: DispatchParts, chat: Chat, person: number, command: string): Promise<void> {
  const action = parts.actions.byCommand(command)
  const user = await authorize(parts.store.users, person, action?.name ?? '')
  if (!action || !user) return sayDefault(parts, chat)
  if (action.questions.length > 0) return parts.conversations.begin(chat.id, user, action)
  await parts.conversations.cancel(chat.id, person)
  return parts.run(chat.id, user, action, {})
}

async function onText(parts: DispatchParts, chat: Chat, person: number, text: string): Promise<void> {
  const outcome = await parts.conversations.answer(chat.id, person, text)
  if (outcome !== 'answered') await sayDefault(parts, chat)
}

async function onCancel(parts: DispatchParts, chat: Chat, person: number): Promise<void> {
  if (await parts.conversations.cancel(chat.id, person))
    await parts.reply(chat.id, parts.config.responses.cancelMessage)
  else await sayDefault(parts, chat)
}

async function onPress(parts: DispatchParts, query: CallbackQuery): Promise<void> {
  const person = personOf(query.from)
  const { message } = query
  const data = 'data' in query ? query.data : null
  if (person === null || !message || data === null) return parts.answerPress(query.id, staleButton)
  const outcome = await parts.conversations.press(message.chat.id, person, message.message_id, data)
  await parts.answerPress(query.id, outcome === 'answered' ? undefined : staleButton)
  if (outcome === 'not_allowed')
    await sayDefault(parts, { id: message.chat.id, isPrivate: message.chat.type === 'private' })
}

async function sayDefault({ config, reply }: DispatchParts, chat: Chat): Promise<void> {
  if (config.responses.defaultEnabled && chat.isPrivate) await reply(chat.id, config.responses.defaultMessage)
}
