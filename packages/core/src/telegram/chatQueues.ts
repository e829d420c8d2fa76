/** Handles updates one after another in a chat, and at the same time across chats. */
export interface ChatQueues {
  /** False when the chat has too many waiting: it is dropped. */
  add(key: number, work: () => Promise<void>): boolean
  /** Resolves when nothing is waiting or running. */
  drain(): Promise<void>
}

const mostWaiting = 100

export function createChatQueues(onError: (error: unknown) => void): ChatQueues {
  const queues = new Map<number, { size: number; tail: Promise<void> }>()
  return {
    add(key, work) {
      const queue = queues.get(key) ?? { size: 0, tail: Promise.resolve() }
      if (queue.size >= mostWaiting) return false
      queue.size += 1
      queue.tail = queue.tail
        .then(work)
        .catch(onError)
        .finally(() => {
          queue.size -= 1
          if (queue.size === 0) queues.delete(key)
        })
      queues.set(key, queue)
      return true
    },
    async drain() {
      while (queues.size > 0) await Promise.all([...queues.values()].map((queue) => queue.tail))
    },
  }
}
