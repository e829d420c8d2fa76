import type { ClockState } from './clock.ts'
import { commandsFor } from './methods.ts'
import { addMessage, addUpdate, chatOf, emit, findMessage, type State } from './state.ts'
import { messageObject, userObject } from './telegram.ts'
import { foundEntities } from './text/foundEntities.ts'
import type {
  Command,
  Due,
  EmulatedMessage,
  EmulatedUser,
  EmulatorEvent,
  Fault,
  NewUser,
  RecordedCall,
} from './types.ts'

/** What a test, a script or the chat page can do with the emulator, in process or over HTTP. */
export interface EmulatorControl {
  addUser(user: NewUser): Promise<EmulatedUser>
  users(): Promise<EmulatedUser[]>
  /** Presses Start. */
  start(userId: number): Promise<void>
  /** Writes to the bot in private; a text that begins with `/` is a command. */
  say(userId: number, text: string): Promise<EmulatedMessage>
  /** Presses an inline button. */
  click(userId: number, messageId: number, data: string): Promise<void>
  edit(userId: number, messageId: number, text: string): Promise<void>
  block(userId: number): Promise<void>
  unblock(userId: number): Promise<void>
  /** The conversation of a person with the bot, oldest first. */
  messages(userId: number): Promise<EmulatedMessage[]>
  /** Resolves with the first message that matches, of those there are and those that come. Rejects after `timeoutMs` (15 s). */
  waitForMessage(
    userId: number,
    match: (message: EmulatedMessage) => boolean,
    options?: { timeoutMs?: number; afterMessageId?: number },
  ): Promise<EmulatedMessage>
  calls(filter?: { method?: string }): Promise<RecordedCall[]>
  /** The "/" menu that this person sees. */
  commandsFor(userId: number): Promise<Command[]>
  /** The next calls that match fail in this way. */
  fail(fault: Fault): Promise<void>
  reset(): Promise<void>
  /** The time of the emulator, and what the bot does next. */
  time(): Promise<ClockState & { due: Due | null }>
  /** Moves the time forward by `ms`. */
  advance(ms: number): Promise<void>
  /** Moves the time to what the bot does next. Rejects when it has not said that there is anything. */
  advanceToDue(): Promise<void>
  freeze(): Promise<void>
  resume(): Promise<void>
  /** Tells what the bot does next by itself, so that one can jump there. */
  announce(due: Due | null): Promise<void>
}

export function createControl(state: State): EmulatorControl {
  const userOf = (id: number): EmulatedUser => {
    const user = state.users.get(id)
    if (!user) throw new Error(`There is no person ${id}; add them first.`)
    return user
  }
  return {
    async addUser({ started = true, ...user }) {
      const added = { ...user, started, blocked: false }
      state.users.set(user.id, added)
      emit(state, { type: 'users' })
      return added
    },
    users: async () => [...state.users.values()],
    async start(userId) {
      userOf(userId).started = true
      emit(state, { type: 'users' })
      say(state, userOf(userId), '/start')
    },
    say: async (userId, text) => say(state, userOf(userId), text),
    click: async (userId, messageId, data) => click(state, userOf(userId), messageId, data),
    edit: async (userId, messageId, text) => edit(state, userOf(userId), messageId, text),
    block: async (userId) => setBlocked(state, userOf(userId), true),
    unblock: async (userId) => setBlocked(state, userOf(userId), false),
    messages: async (userId) => [...chatOf(state, userId).messages],
    waitForMessage: (userId, match, options) => waitForMessage(state, userId, match, options),
    calls: async ({ method } = {}) =>
      state.calls.filter((call) => !method || call.method.toLowerCase() === method.toLowerCase()),
    commandsFor: async (userId) => commandsFor(state, userId),
    async fail(fault) {
      state.faults.push({ ...fault })
    },
    async reset() {
      Object.assign(state, { updates: [], calls: [], faults: [] })
      for (const map of [state.users, state.chats, state.commands, state.callbacks]) map.clear()
      emit(state, { type: 'reset' })
    },
    ...timeControl(state),
  }
}

function timeControl(state: State) {
  const { clock } = state
  return {
    time: async () => ({ ...clock.state(), due: state.due }),
    advance: async (ms: number) => clock.advance(ms),
    async advanceToDue() {
      if (!state.due) throw new Error('Nothing is due: the bot has no enabled job.')
      clock.advance(Math.max(0, state.due.at - clock.now()))
    },
    freeze: async () => clock.freeze(),
    resume: async () => clock.resume(),
    async announce(due: Due | null) {
      state.due = due
      emit(state, { type: 'clock', clock: clock.state(), due })
    },
  }
}

function say(state: State, user: EmulatedUser, text: string): EmulatedMessage {
  user.started = true
  const message = addMessage(state, { chatId: user.id, from: 'user', text, entities: foundEntities(text) })
  addUpdate(state, { message: messageObject(state, message) })
  return message
}

function click(state: State, user: EmulatedUser, messageId: number, data: string): void {
  const message = findMessage(state, user.id, messageId)
  if (!message) throw new Error(`There is no message ${messageId} in the chat of ${user.id}.`)
  const id = `${state.nextUpdateId}${user.id}`
  state.callbacks.set(id, { userId: user.id, at: state.now() })
  addUpdate(state, {
    callback_query: {
      id,
      from: userObject(user),
      message: messageObject(state, message),
      chat_instance: String(user.id),
      data,
    },
  })
}

function edit(state: State, user: EmulatedUser, messageId: number, text: string): void {
  const message = findMessage(state, user.id, messageId)
  if (message?.from !== 'user') throw new Error(`Message ${messageId} is not one of ${user.id}.`)
  Object.assign(message, { text, entities: foundEntities(text), editedAt: Math.floor(state.now() / 1000) })
  emit(state, { type: 'edited', message })
  addUpdate(state, { edited_message: messageObject(state, message) })
}

function setBlocked(state: State, user: EmulatedUser, blocked: boolean): void {
  if (user.blocked === blocked) return
  user.blocked = blocked
  emit(state, { type: 'users' })
  const member = (status: string) => ({
    user: { id: state.bot.id, is_bot: true, first_name: state.bot.firstName },
    status,
  })
  const change = blocked ? [member('member'), member('kicked')] : [member('kicked'), member('member')]
  addUpdate(state, {
    my_chat_member: {
      chat: { id: user.id, type: 'private' },
      from: userObject(user),
      date: Math.floor(state.now() / 1000),
      old_chat_member: change[0],
      new_chat_member: change[1],
    },
  })
}

function waitForMessage(
  state: State,
  userId: number,
  match: (message: EmulatedMessage) => boolean,
  { timeoutMs = 15_000, afterMessageId = 0 } = {},
): Promise<EmulatedMessage> {
  const fits = (message: EmulatedMessage) =>
    message.chatId === userId && message.messageId > afterMessageId && match(message)
  const there = chatOf(state, userId).messages.find(fits)
  if (there) return Promise.resolve(there)
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      state.listeners.delete(listener)
      const last = chatOf(state, userId).messages.at(-1)
      reject(
        new Error(
          `No such message for ${userId} within ${timeoutMs} ms; the last one is ${JSON.stringify(last?.text ?? null)}.`,
        ),
      )
    }, timeoutMs)
    const listener = (event: EmulatorEvent) => {
      if ((event.type !== 'message' && event.type !== 'edited') || !fits(event.message)) return
      clearTimeout(timer)
      state.listeners.delete(listener)
      resolve(event.message)
    }
    state.listeners.add(listener)
  })
}
