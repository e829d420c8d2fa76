import { createHash } from 'node:crypto'
import type { User } from '@kamihi/contracts'
import type { Conversation, Store } from '@kamihi/store'
import { authorize } from '../access/authorize.ts'
import type { ActionRuntime } from '../actions/action.ts'
import type { Registry } from '../actions/registry.ts'
import type { Clock } from '../clock.ts'
import type { Config } from '../config/schema.ts'
import type { AnswerContext, Question } from '../questions/question.ts'
import { keyboardOf, labelOfPress } from './keyboard.ts'

export interface ConversationParts {
  store: Store
  config: Config
  clock: Clock
  actions: Registry
  /** Sends Markdown to a chat; gives the id of the message, or null when it did not arrive. */
  reply(chatId: number, markdown: string, keyboard?: unknown): Promise<number | null>
  /** Called with all answers. */
  onComplete(
    chatId: number,
    user: User,
    action: ActionRuntime,
    answers: Record<string, unknown>,
  ): Promise<void>
}

/** What became of something a person sent. */
export type Answered = 'answered' | 'no_conversation' | 'not_allowed'

/** Asks the questions of an action one after another. Where each person is in it is kept by (chat, user), so a restart loses nothing. */
export interface Conversations {
  begin(chatId: number, user: User, action: ActionRuntime): Promise<void>
  answer(chatId: number, telegramId: number, answer: string): Promise<Answered>
  press(chatId: number, telegramId: number, messageId: number, data: string): Promise<Answered>
  cancel(chatId: number, telegramId: number): Promise<boolean>
  /** Ends those that were silent for too long and tells the people. */
  sweep(): Promise<void>
}

export const timeoutNotice = 'This took too long, so I stopped waiting. Send the command again to start over.'

export function createConversations(parts: ConversationParts): Conversations {
  const { store, clock } = parts
  return {
    async begin(chatId, user, action) {
      const step = action.questions[0]?.[0] ?? ''
      await ask(parts, action, {
        chatId,
        userId: user.telegramId,
        action: action.name,
        schemaVersion: versionOf(action),
        step,
        answers: {},
        askedMessageId: null,
        expiresAt: 0,
      })
    },
    async answer(chatId, telegramId, answer) {
      const open = await find(parts, chatId, telegramId)
      if (typeof open === 'string') return open
      return take(parts, open, answer)
    },
    async press(chatId, telegramId, messageId, data) {
      const open = await find(parts, chatId, telegramId)
      if (typeof open === 'string') return open
      // Only the buttons of the question that is open count: older ones are over.
      const label =
        open.conversation.askedMessageId === messageId
          ? labelOfPress(open.question, data, contextOf(parts))
          : null
      return label === null ? 'no_conversation' : take(parts, open, label)
    },
    cancel: (chatId, telegramId) => store.conversations.end(chatId, telegramId),
    async sweep() {
      for (const { chatId } of await store.conversations.takeExpired(clock.now()))
        await parts.reply(chatId, timeoutNotice, { remove_keyboard: true })
    },
  }
}

interface Open {
  conversation: Conversation
  action: ActionRuntime
  question: Question<unknown>
  user: User
}

/** The open question of a person; rights and questions are checked anew at each step. */
async function find(
  { store, actions, clock }: ConversationParts,
  chatId: number,
  telegramId: number,
): Promise<Open | 'no_conversation' | 'not_allowed'> {
  const conversation = await store.conversations.get(chatId, telegramId)
  if (!conversation || conversation.expiresAt <= clock.now()) return 'no_conversation'
  const action = actions.get(conversation.action)
  const question = action?.questions.find(([name]) => name === conversation.step)?.[1]
  const user = await authorize(store.users, telegramId, conversation.action)
  if (action && question && user && versionOf(action) === conversation.schemaVersion)
    return { conversation, action, question, user }
  await store.conversations.end(chatId, telegramId)
  return 'not_allowed'
}

async function take(
  parts: ConversationParts,
  { conversation, action, question, user }: Open,
  answer: string,
): Promise<Answered> {
  const { chatId, userId } = conversation
  const parsed = await question.parse(answer, contextOf(parts))
  if (parsed.kind === 'refused') {
    await parts.reply(chatId, parsed.text)
    return 'answered'
  }
  const answers = { ...conversation.answers, [conversation.step]: parsed.value }
  const next = action.questions.find(([name]) => !Object.hasOwn(answers, name))?.[0]
  if (next !== undefined) await ask(parts, action, { ...conversation, answers, step: next })
  else {
    await parts.store.conversations.end(chatId, userId)
    await parts.onComplete(chatId, user, action, answers)
  }
  return 'answered'
}

/** Stored before it is sent, so that an answer can never come too early; then again with the id of the message. */
async function ask(
  parts: ConversationParts,
  action: ActionRuntime,
  { version: _, ...state }: Omit<Conversation, 'version'> & { version?: number },
): Promise<void> {
  const question = action.questions.find(([name]) => name === state.step)?.[1]
  if (!question) return
  const expiresAt = parts.clock.now() + parts.config.questions.timeout * 1000
  await parts.store.conversations.save({ ...state, askedMessageId: null, expiresAt })
  const askedMessageId = await parts.reply(
    state.chatId,
    question.text,
    keyboardOf(question, contextOf(parts)),
  )
  await parts.store.conversations.save({ ...state, askedMessageId, expiresAt })
}

const contextOf = ({ config, clock }: ConversationParts): AnswerContext => ({ config, now: clock.now() })

/** Changes with what is asked, so that a dialog begun with other questions is not continued. */
function versionOf(action: ActionRuntime): string {
  return createHash('sha256')
    .update(JSON.stringify(action.questions.map(([name, question]) => [name, question.text])))
    .digest('hex')
    .slice(0, 16)
}
