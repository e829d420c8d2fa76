import type { BotInfo, EmulatorControl } from '../../src/control/control.ts'
import type { EmulatedChat, EmulatedUser } from '../../src/shapes/people.ts'
import { createLatest } from './latest.ts'
import { isMember } from './members.ts'
import { fullName } from './names.ts'

/** A place where people and the bot talk: a person's own chat with the bot, or a chat of more. */
export interface Conversation {
  /** As the control names it: that of the person, or of the chat. */
  id: number
  title: string
  chat: EmulatedChat | null
}

/** Who and what there is. */
export function createWorld(control: EmulatorControl) {
  let people = $state.raw<EmulatedUser[]>([])
  let chats = $state.raw<EmulatedChat[]>([])
  let bot = $state.raw<BotInfo>({ id: 0, firstName: 'Bot', username: 'bot', token: '' })
  const loaded = createLatest<[BotInfo, EmulatedUser[], EmulatedChat[]]>((answer) => {
    bot = answer[0]
    people = answer[1].toSorted((a, b) => a.id - b.id)
    chats = answer[2]
  })

  const person = (id: number | null) => people.find((one) => one.id === id) ?? null
  const chat = (id: number | null) => chats.find((one) => one.id === id) ?? null
  const conversation = (id: number): Conversation => {
    const found = chat(id)
    return { id, title: found?.title ?? bot.firstName, chat: found }
  }

  return {
    get people() {
      return people
    },
    get chats() {
      return chats
    },
    get bot() {
      return bot
    },
    person,
    chat,
    conversation,
    nameOf(id: number): string {
      const someone = person(id)
      if (someone) return fullName(someone)
      return id === bot.id ? bot.firstName : (chat(id)?.title ?? `${id}`)
    },
    /** Their own chat with the bot, and those they are in. */
    conversationsOf: (personId: number): Conversation[] => [
      conversation(personId),
      ...current()
        .filter((one) => isMember(one, personId))
        .map(({ id }) => conversation(id)),
    ],
    /** Chats they could join. */
    othersOf: (personId: number): EmulatedChat[] => current().filter((one) => !isMember(one, personId)),
    /** Who sees what is written there. */
    audienceOf(chatId: number): number[] {
      const found = chat(chatId)
      if (!found) return chatId > 0 ? [chatId] : []
      return people.filter(({ id }) => isMember(found, id)).map(({ id }) => id)
    },
    load: () => loaded(() => Promise.all([control.bot(), control.users(), control.chats()])),
  }

  /** A group that has become a supergroup is there only for what was said before. */
  function current(): EmulatedChat[] {
    return chats.filter(({ migratedTo }) => migratedTo === undefined)
  }
}

export type World = ReturnType<typeof createWorld>
