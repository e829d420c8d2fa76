import type { EmulatedMessage } from '../shapes/messages.ts'

export type Arrival = Pick<EmulatedMessage, 'chatId' | 'messageId'>

/** In which order messages came, over all chats. */
export interface Arrivals {
  push(message: Arrival): void
  /** Takes the one that came first. */
  shift(): Arrival | undefined
  size(): number
  clear(): void
}

/**
 * A queue that forgets from the front without moving what is left each time. Messages that were dropped otherwise stay in it until
 * it holds twice as many as may be there at once.
 */
export function createArrivals(most: number, isThere: (message: Arrival) => boolean): Arrivals {
  let items: Arrival[] = []
  let head = 0
  const size = () => items.length - head
  const restart = (left: Arrival[]): void => {
    items = left
    head = 0
  }
  return {
    push({ chatId, messageId }) {
      items.push({ chatId, messageId })
      if (size() > 2 * most) restart(items.slice(head).filter(isThere))
    },
    shift() {
      const first = items[head]
      if (first) head += 1
      if (head > 1000 && head * 2 > items.length) restart(items.slice(head))
      return first
    },
    size,
    clear: () => restart([]),
  }
}
