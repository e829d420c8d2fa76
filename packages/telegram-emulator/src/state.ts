import type { EmulatorClock } from './clock.ts'
import type {
  Command,
  Due,
  EmulatedMessage,
  EmulatedUser,
  EmulatorEvent,
  Fault,
  RecordedCall,
  Update,
} from './types.ts'

const messagesPerChat = 500
const callsKept = 2000

/** Everything the emulator knows. */
export interface State {
  clock: EmulatorClock
  now: () => number
  /** What the bot has said that it does next. */
  due: Due | null
  bot: { id: number; username: string; firstName: string }
  users: Map<number, EmulatedUser>
  chats: Map<number, { messages: EmulatedMessage[]; nextMessageId: number }>
  /** By scope, e.g. `default` or `chat:1001`. */
  commands: Map<string, Command[]>
  updates: Update[]
  nextUpdateId: number
  calls: RecordedCall[]
  faults: Fault[]
  /** Callback queries that have not been answered, by id. */
  callbacks: Map<string, { userId: number; at: number }>
  listeners: Set<(event: EmulatorEvent) => void>
}

export function createState(clock: EmulatorClock, token: string): State {
  const { now } = clock
  return {
    clock,
    now,
    due: null,
    bot: { id: Number(token.split(':')[0]), username: 'kamihi_demo_bot', firstName: 'Kamihi demo' },
    users: new Map(),
    chats: new Map(),
    commands: new Map(),
    updates: [],
    // A restart must not give an id again that a bot has seen.
    nextUpdateId: Math.floor(now() / 1000),
    calls: [],
    faults: [],
    callbacks: new Map(),
    listeners: new Set(),
  }
}

export function emit(state: State, event: EmulatorEvent): void {
  for (const listener of state.listeners) listener(event)
}

export function chatOf(state: State, chatId: number) {
  const known = state.chats.get(chatId)
  if (known) return known
  const chat = { messages: [], nextMessageId: 1 }
  state.chats.set(chatId, chat)
  return chat
}

export function addMessage(
  state: State,
  message: Omit<EmulatedMessage, 'messageId' | 'date'>,
): EmulatedMessage {
  const chat = chatOf(state, message.chatId)
  const added = { ...message, messageId: chat.nextMessageId, date: Math.floor(state.now() / 1000) }
  chat.nextMessageId += 1
  chat.messages.push(added)
  if (chat.messages.length > messagesPerChat) chat.messages.shift()
  emit(state, { type: 'message', message: added })
  return added
}

export const findMessage = (state: State, chatId: number, messageId: number): EmulatedMessage | undefined =>
  state.chats.get(chatId)?.messages.find((message) => message.messageId === messageId)

/** Queues an update for the bot. */
export function addUpdate(state: State, content: Record<string, unknown>): void {
  const update = { update_id: state.nextUpdateId, ...content }
  state.nextUpdateId += 1
  state.updates.push(update)
  emit(state, { type: 'update', update })
}

export function recordCall(state: State, call: RecordedCall): void {
  state.calls.push(call)
  if (state.calls.length > callsKept) state.calls.shift()
  emit(state, { type: 'call', call })
}

/** Takes a fault that is set for this call, if there is one. */
export function takeFault(state: State, method: string, chatId: number | null): Fault | null {
  const fault = state.faults.find(
    (each) =>
      (each.method ?? method).toLowerCase() === method.toLowerCase() && (each.chatId ?? chatId) === chatId,
  )
  if (!fault) return null
  fault.times = (fault.times ?? 1) - 1
  if (fault.times <= 0) state.faults = state.faults.filter((each) => each !== fault)
  return fault
}
