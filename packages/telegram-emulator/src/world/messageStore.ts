import type { EmulatorEvent } from '../shapes/events.ts'
import type { EmulatedMessage, NewMessage } from '../shapes/messages.ts'
import { createArrivals } from './arrivals.ts'

interface Conversation {
  /** By id, oldest first. */
  messages: Map<number, EmulatedMessage>
  nextId: number
}

/** All conversations; the oldest messages are dropped when there are too many. */
export interface MessageStore {
  add(message: NewMessage): EmulatedMessage
  find(chatId: number, messageId: number): EmulatedMessage | undefined
  list(chatId: number): EmulatedMessage[]
  /** Changes a message and tells of it. */
  change(message: EmulatedMessage, change: Change): EmulatedMessage
  remove(chatId: number, messageIds: number[]): void
  clear(): void
  state(): StoredConversation[]
  load(conversations: StoredConversation[]): void
}

/** What becomes different; undefined takes a field away. */
export type Change = { [K in keyof EmulatedMessage]?: EmulatedMessage[K] | undefined }

export interface StoredConversation {
  chatId: number
  nextId: number
  messages: EmulatedMessage[]
}

export function createMessageStore(
  now: () => number,
  keep: { messagesPerChat: number; messages: number },
  emit: (event: EmulatorEvent) => void,
): MessageStore {
  const conversations = new Map<number, Conversation>()
  let total = 0

  const conversationOf = (chatId: number): Conversation => {
    const known = conversations.get(chatId)
    if (known) return known
    const added = { messages: new Map(), nextId: 1 }
    conversations.set(chatId, added)
    return added
  }
  const drop = (chatId: number, messageId: number): void => {
    if (conversations.get(chatId)?.messages.delete(messageId)) total -= 1
  }
  const arrivals = createArrivals(keep.messages, ({ chatId, messageId }) =>
    Boolean(conversations.get(chatId)?.messages.has(messageId)),
  )
  const dropOldest = (chatId: number): void => {
    const first = conversations.get(chatId)?.messages.keys().next()
    if (first && !first.done) drop(chatId, first.value)
  }
  const put = (conversation: Conversation, message: EmulatedMessage): void => {
    conversation.messages.set(message.messageId, message)
    arrivals.push(message)
    total += 1
    if (conversation.messages.size > keep.messagesPerChat) dropOldest(message.chatId)
    while (total > keep.messages) {
      const oldest = arrivals.shift()
      if (!oldest) break
      drop(oldest.chatId, oldest.messageId)
    }
  }
  return {
    add(message) {
      const conversation = conversationOf(message.chatId)
      const added = { ...message, messageId: conversation.nextId, date: Math.floor(now() / 1000) }
      conversation.nextId += 1
      put(conversation, added)
      emit({ type: 'message', message: added })
      return added
    },
    find: (chatId, messageId) => conversations.get(chatId)?.messages.get(messageId),
    list: (chatId) => [...(conversations.get(chatId)?.messages.values() ?? [])],
    change(message, change) {
      const changed = withChange(message, change)
      conversations.get(message.chatId)?.messages.set(message.messageId, changed)
      emit({ type: 'edited', message: changed })
      return changed
    },
    remove(chatId, messageIds) {
      for (const id of messageIds) drop(chatId, id)
      emit({ type: 'deleted', chatId, messageIds })
    },
    clear() {
      conversations.clear()
      arrivals.clear()
      total = 0
    },
    state: () =>
      [...conversations].map(([chatId, { nextId, messages }]) => ({
        chatId,
        nextId,
        messages: [...messages.values()],
      })),
    load(stored) {
      for (const { chatId, nextId, messages } of stored) {
        const conversation = conversationOf(chatId)
        for (const message of messages) put(conversation, message)
        conversation.nextId = nextId
      }
    },
  }
}

/** The message with the change; a field that is undefined is left out. */
export function withChange(message: EmulatedMessage, change: Change): EmulatedMessage {
  const changed = { ...message, ...change } as EmulatedMessage
  for (const [key, value] of Object.entries(change)) {
    if (value === undefined) delete changed[key as keyof EmulatedMessage]
  }
  return changed
}
