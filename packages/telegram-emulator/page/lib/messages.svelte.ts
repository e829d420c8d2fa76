import { SvelteMap } from 'svelte/reactivity'
import type { EmulatorControl } from '../../src/control/control.ts'
import type { EmulatedMessage } from '../../src/shapes/messages.ts'
import { applyEvent, chatOf, type MessageEvent } from './messageEvents.ts'

/** The conversations that were looked at, kept in step with the emulator. */
export function createMessages(control: EmulatorControl) {
  const chats = new SvelteMap<number, EmulatedMessage[]>()
  /** By conversation that is being loaded, what happens to it meanwhile. */
  const loading = new Map<number, MessageEvent[]>()

  async function fetchAll(chatId: number): Promise<void> {
    const missed: MessageEvent[] = []
    loading.set(chatId, missed)
    if (!chats.has(chatId)) chats.set(chatId, [])
    try {
      const stored = await control.messages(chatId)
      // What happened on the way is applied again: it may be in the answer or not.
      if (loading.get(chatId) === missed) chats.set(chatId, missed.reduce(applyEvent, stored))
    } catch {
      // The next look asks again; that the emulator is away is said elsewhere.
      if (loading.get(chatId) === missed) chats.delete(chatId)
    } finally {
      if (loading.get(chatId) === missed) loading.delete(chatId)
    }
  }

  return {
    of: (chatId: number | null): EmulatedMessage[] => (chatId === null ? [] : (chats.get(chatId) ?? [])),
    /** Loads what was not looked at before. */
    async look(chatIds: number[]): Promise<void> {
      await Promise.all(chatIds.filter((id) => !chats.has(id)).map(fetchAll))
    },
    take(event: MessageEvent): void {
      const chatId = chatOf(event)
      loading.get(chatId)?.push(event)
      const known = chats.get(chatId)
      if (known) chats.set(chatId, applyEvent(known, event))
    },
    /** Something may have happened unseen. What is shown stays until the answer is there. */
    async refresh(): Promise<void> {
      await Promise.all([...chats.keys()].map(fetchAll))
    },
    clear(): void {
      loading.clear()
      chats.clear()
    },
  }
}
