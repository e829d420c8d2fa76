import { createHash } from 'node:crypto'
import type { User } from '@kamihi/contracts'
import type { Conversation, Faults, Store } from '@kamihi/store'
import { authorize } from '../access/authorize.ts'
import type { ActionRuntime } from '../actions/action.ts'
import type { Registry } from '../actions/registry.ts'
import type { Clock } from '../clock.ts'
import type { Config } from '../config/schema.ts'
import type { AnswerContext, Question } from '../questions/question.ts'
import type { Origin } from '../telegram/origin.ts'
import { keyboardOf, labelOfPress } from './keyboard.ts'

export interface ConversationParts {
  store: Store
  config: Config
  clock: Clock
  actions: Registry
  faults: Faults
  /** Sends Markdown to a chat; gives the id of the message, or null when it did not arrive. */
  reply(chatId: number, markdown: string, keyboard?: unknown): Promise<number | null>
  /** Takes the buttons off a message. */
  removeButtons(chatId: number, messageId: number): Promise<void>
  /** Called with a dialog that has all its answers. It ends when the update that brought the last one is marked as handled. */
  onComplete(origin: Origin, user: User, action: ActionRuntime, dialog: Conversation): Promise<void>
}

/** What became of something a person sent. */
export type Answered = 'answered' | 'no_conversation' | 'not_allowed'

/**
 * Asks the questions of an action one after another. Where each person is in it is kept by (chat, user), so a restart loses nothing:
 * an update that is taken up again after a crash goes on where the process was.
 */
export interface Conversations {
  begin(origin: Origin, user: User, action: ActionRuntime): Promise<void>
  answer(origin: Origin, answer: string): Promise<Answered>
  press(origin: Origin, messageId: number, data: string): Promise<Answered>
  isOpen(origin: Origin): Promise<boolean>
  end(origin: Origin): Promise<void>
  /** Ends those that were silent for too long and tells the people. */
  sweep(): Promise<void>
}

export const timeoutNotice = 'This took too long, so I stopped waiting. Send the command again to start over.'

/** Step of a dialog that has all its answers. */
const complete = ''

export function createConversations(parts: ConversationParts): Conversations {
  const { store, clock } = parts
  return {
    async begin(origin, user, action) {
      const { updateId, chatId, telegramId } = origin
      const known = await store.conversations.get(chatId, telegramId)
      // Taken up again after a crash, when the question had arrived.
      if (known?.answeredBy === updateId && known.askedMessageId !== null) return
      await ask(parts, action, {
        chatId,
        userId: user.telegramId,
        action: action.name,
        schemaVersion: versionOf(action),
        step: action.questions[0]?.[0] ?? '',
        answers: {},
        askedMessageId: null,
        answeredBy: updateId,
        expiresAt: 0,
      })
    },
    async answer(origin, answer) {
      const open = await find(parts, origin)
      if (typeof open === 'string') return open
      return isAgain(open, origin) ? goOn(parts, origin, open) : take(parts, origin, open, answer)
    },
    async press(origin, messageId, data) {
      const open = await find(parts, origin)
      if (typeof open === 'string') return open
      if (isAgain(open, origin)) return goOn(parts, origin, open)
      // Only the buttons of the question that is open count: older ones are over.
      const label =
        open.question && open.conversation.askedMessageId === messageId
          ? labelOfPress(open.question, data, contextOf(parts))
          : null
      return label === null ? 'no_conversation' : take(parts, origin, open, label)
    },
    isOpen: async ({ chatId, telegramId }) => (await store.conversations.get(chatId, telegramId)) !== null,
    async end({ chatId, telegramId }) {
      await store.conversations.end(chatId, telegramId)
    },
    async sweep() {
      for (const { chatId } of await store.conversations.takeExpired(clock.now()))
        await parts.reply(chatId, timeoutNotice, { remove_keyboard: true })
    },
  }
}

interface Open {
  conversation: Conversation
  action: ActionRuntime
  /** Undefined when all are answered. */
  question: Question<unknown> | undefined
  user: User
}

/** Its answer is stored, and the process ended before it was done with it. */
const isAgain = ({ conversation }: Open, { updateId }: Origin): boolean =>
  conversation.answeredBy === updateId

/** The open question of a person; rights and questions are checked anew at each step. */
async function find(
  { store, actions, clock }: ConversationParts,
  { updateId, chatId, telegramId }: Origin,
): Promise<Open | 'no_conversation' | 'not_allowed'> {
  const conversation = await store.conversations.get(chatId, telegramId)
  if (!conversation) return 'no_conversation'
  const { answeredBy, expiresAt, step } = conversation
  if (answeredBy !== updateId && expiresAt <= clock.now()) return 'no_conversation'
  const action = actions.get(conversation.action)
  const user = await authorize(store.users, telegramId, conversation.action)
  if (action && user && versionOf(action) === conversation.schemaVersion) {
    const question = questionOf(action, step)
    if (question || step === complete) return { conversation, action, question, user }
  }
  await store.conversations.end(chatId, telegramId)
  return 'not_allowed'
}

async function take(
  parts: ConversationParts,
  origin: Origin,
  { conversation, action, question, user }: Open,
  answer: string,
): Promise<Answered> {
  if (!question) return 'no_conversation'
  const parsed = await question.parse(answer, contextOf(parts))
  // Nothing waits for it: a button that stays says that it has expired.
  if (question.replyType === 'inline' && conversation.askedMessageId !== null)
    void parts.removeButtons(conversation.chatId, conversation.askedMessageId)
  if (parsed.kind === 'refused') {
    await ask(parts, action, conversation, `${parsed.text}\n\n`)
    return 'answered'
  }
  const answers = { ...conversation.answers, [conversation.step]: parsed.value }
  const next = action.questions.find(([name]) => !Object.hasOwn(answers, name))?.[0]
  const dialog = { ...conversation, answers, step: next ?? complete, answeredBy: origin.updateId }
  if (next === undefined) await parts.onComplete(origin, user, action, dialog)
  else await ask(parts, action, dialog)
  return 'answered'
}

/** What is left to do for an answer that is stored: to call the action, to ask the next question, or nothing. */
async function goOn(
  parts: ConversationParts,
  origin: Origin,
  { conversation, action, user }: Open,
): Promise<Answered> {
  if (conversation.step === complete) await parts.onComplete(origin, user, action, conversation)
  else if (conversation.askedMessageId === null) await ask(parts, action, conversation)
  return 'answered'
}

/** Asks, or asks again and says first why the answer was refused. Stored before it is sent, so that an answer can never come too early; then again with the id of the message. */
async function ask(
  parts: ConversationParts,
  action: ActionRuntime,
  { version: _, ...state }: Omit<Conversation, 'version'> & { version?: number },
  refusal = '',
): Promise<void> {
  const question = questionOf(action, state.step)
  if (!question) return
  const expiresAt = parts.clock.now() + parts.config.questions.timeout * 1000
  await parts.store.conversations.save({ ...state, askedMessageId: null, expiresAt })
  parts.faults.at('conversation.answer.stored')
  const askedMessageId = await parts.reply(
    state.chatId,
    refusal + question.text,
    keyboardOf(question, contextOf(parts)),
  )
  parts.faults.at('conversation.question.sent')
  await parts.store.conversations.save({ ...state, askedMessageId, expiresAt })
}

const questionOf = (action: ActionRuntime, step: string): Question<unknown> | undefined =>
  action.questions.find(([name]) => name === step)?.[1]

const contextOf = ({ config, clock }: ConversationParts): AnswerContext => ({ config, now: clock.now() })

/** Changes with what is asked, so that a dialog begun with other questions is not continued. */
function versionOf(action: ActionRuntime): string {
  return createHash('sha256')
    .update(JSON.stringify(action.questions.map(([name, question]) => [name, question.text])))
    .digest('hex')
    .slice(0, 16)
}
