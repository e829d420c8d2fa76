import type { EmulatorEvent } from '../../src/shapes/events.ts'
import type { EmulatedMessage } from '../../src/shapes/messages.ts'

/** As many as the emulator keeps of a conversation. */
const keptMessages = 500

export type MessageEvent = Extract<EmulatorEvent, { type: 'message' | 'edited' | 'deleted' }>

export const chatOf = (event: MessageEvent): number =>
  event.type === 'deleted' ? event.chatId : event.message.chatId

/** The conversation after the event. To apply it twice does the same as once, so it can be replayed. */
export function applyEvent(messages: EmulatedMessage[], event: MessageEvent): EmulatedMessage[] {
  if (event.type === 'deleted') {
    const gone = new Set(event.messageIds)
    return messages.filter(({ messageId }) => !gone.has(messageId))
  }
  const { message } = event
  const place = messages.findIndex(({ messageId }) => messageId === message.messageId)
  if (place >= 0) return messages.with(place, message)
  if (event.type === 'edited') return messages
  return inOrder([...messages, message]).slice(-keptMessages)
}

function inOrder(messages: EmulatedMessage[]): EmulatedMessage[] {
  const [before, last] = messages.slice(-2)
  if (!before || !last || before.messageId < last.messageId) return messages
  return messages.toSorted((a, b) => a.messageId - b.messageId)
}
