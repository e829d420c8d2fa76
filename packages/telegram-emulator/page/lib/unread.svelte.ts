import { SvelteMap } from 'svelte/reactivity'
import type { EmulatedMessage } from '../../src/shapes/messages.ts'
import type { Place } from './place.svelte.ts'
import type { World } from './world.svelte.ts'

interface Unread {
  count: number
  /** Id of the first message that was not read. */
  from: number
}

/** What has arrived for whom while they did not look. */
export function createUnread(world: World, place: Place) {
  const counts = new SvelteMap<string, Unread>()
  /** In the open conversation, where what is new begins. It stays after it was read, to be found. */
  let line = $state<number | null>(null)
  let attentive = $state(true)
  const key = (personId: number, chatId: number) => `${personId}:${chatId}`
  const count = (personId: number, chatId: number) => counts.get(key(personId, chatId))?.count ?? 0

  function note(personId: number, { chatId, messageId }: EmulatedMessage): void {
    const isOpen = personId === place.personId && chatId === place.chatId
    if (isOpen && attentive) return
    const known = counts.get(key(personId, chatId))
    counts.set(key(personId, chatId), {
      count: (known?.count ?? 0) + 1,
      from: known?.from ?? messageId,
    })
    if (isOpen) line ??= messageId
  }
  function markRead(): void {
    const { personId, chatId } = place
    if (personId !== null && chatId !== null) counts.delete(key(personId, chatId))
  }

  return {
    get line() {
      return line
    },
    count,
    /** Of one person, in all conversations. */
    total: (personId: number): number =>
      world.conversationsOf(personId).reduce((sum, { id }) => sum + count(personId, id), 0),
    take(message: EmulatedMessage): void {
      const { personId, chatId } = place
      const isOwn = message.from === 'user' && message.senderId === personId
      if (isOwn && message.chatId === chatId) line = null
      for (const id of world.audienceOf(message.chatId)) if (id !== message.senderId) note(id, message)
    },
    /** Looking at the newest messages of the open conversation, or away from them. */
    set attentive(looking: boolean) {
      attentive = looking
      if (looking) markRead()
    },
    /** Another conversation was opened. */
    opened(): void {
      const { personId, chatId } = place
      line = personId === null || chatId === null ? null : (counts.get(key(personId, chatId))?.from ?? null)
      attentive = true
      markRead()
    },
    clear(): void {
      counts.clear()
      line = null
    },
  }
}
