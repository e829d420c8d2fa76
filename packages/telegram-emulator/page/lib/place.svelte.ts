import type { World } from './world.svelte.ts'

/** Who one is and which conversation is open; the address of the page remembers it. */
export function createPlace(world: World) {
  const asked = new URLSearchParams(location.search)
  let personId = $state<number | null>(Number(asked.get('person')) || null)
  let chatId = $state<number | null>(Number(asked.get('chat')) || Number(asked.get('person')) || null)
  /** On a small screen either the conversations or the open one are in sight. */
  let showsList = $state(false)
  const person = $derived(world.person(personId))
  const conversation = $derived(person && chatId !== null ? world.conversation(chatId) : null)

  function go(nextPerson: number | null, nextChat: number | null): void {
    personId = nextPerson
    chatId = nextChat
    showsList = false
    const query = new URLSearchParams()
    if (nextPerson !== null) query.set('person', String(nextPerson))
    if (nextChat !== null && nextChat < 0) query.set('chat', String(nextChat))
    history.replaceState(null, '', nextPerson === null ? '/' : `/?${query}`)
  }

  return {
    get personId() {
      return personId
    },
    get chatId() {
      return chatId
    },
    get person() {
      return person
    },
    get conversation() {
      return conversation
    },
    get showsList() {
      return showsList
    },
    set showsList(shown: boolean) {
      showsList = shown
    },
    be: (id: number) => go(id, id),
    open: (id: number) => go(personId, id),
    /** Somebody who is gone, or a chat, is left for what there is. */
    settle(): void {
      if (!world.person(personId)) {
        const first = world.people[0]?.id ?? null
        go(first, first)
        return
      }
      const chat = world.chat(chatId)
      if (chatId !== null && chatId < 0 && !chat) go(personId, personId)
      // What was a group goes on as a supergroup.
      else if (chat?.migratedTo !== undefined && world.chat(chat.migratedTo)) go(personId, chat.migratedTo)
    },
  }
}

export type Place = ReturnType<typeof createPlace>
