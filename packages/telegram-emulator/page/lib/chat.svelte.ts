import type { ClockState } from '../../src/clock.ts'
import { createControlClient } from '../../src/controlClient.ts'
import type {
  Command,
  Due,
  EmulatedMessage,
  EmulatedUser,
  EmulatorEvent,
  NewUser,
  RecordedCall,
} from '../../src/types.ts'

const keptCalls = 200
const typingMs = 5000

/** Everything the page shows, kept in step with the emulator. */
export function createChat() {
  const control = createControlClient('')
  let people = $state.raw<EmulatedUser[]>([])
  let personId = $state<number | null>(Number(new URLSearchParams(location.search).get('person')) || null)
  let messages = $state.raw<EmulatedMessage[]>([])
  let commands = $state.raw<Command[]>([])
  let calls = $state.raw<RecordedCall[]>([])
  let bot = $state.raw({ firstName: 'Bot', username: 'bot' })
  let connected = $state(false)
  let clock = $state.raw<ClockState>({ now: Date.now(), aheadMs: 0, frozen: false })
  let due = $state.raw<Due | null>(null)
  let typing = $state(false)
  /** What the bot answered to a button, shown for a moment or until it is closed. */
  let answer = $state.raw<{ text: string; alert: boolean } | null>(null)
  let problem = $state<string | null>(null)
  /** Rises with everything that happens to messages. */
  let happened = 0
  const unread = $state<Record<number, number>>({})
  const person = $derived(people.find(({ id }) => id === personId) ?? null)

  async function loadPeople(): Promise<void> {
    people = await control.users()
    if (!people.some(({ id }) => id === personId)) await choose(people[0]?.id ?? null)
  }
  async function loadPerson(): Promise<void> {
    const id = personId
    // What happened while the answer was on its way is not in it, so it is asked for again.
    for (let seen = -1; seen !== happened && id === personId; ) {
      seen = happened
      const [theirs, menu] =
        id === null ? [[], []] : await Promise.all([control.messages(id), control.commandsFor(id)])
      if (id !== personId || seen !== happened) continue
      messages = theirs
      commands = menu
    }
  }
  async function choose(id: number | null): Promise<void> {
    personId = id
    typing = false
    if (id !== null) delete unread[id]
    history.replaceState(null, '', id === null ? '/' : `/?person=${id}`)
    await loadPerson()
  }
  async function load(): Promise<void> {
    bot = await (await fetch('/_emu/bot')).json()
    calls = (await control.calls()).slice(-keptCalls)
    const time = await control.time()
    clock = time
    due = time.due
    await loadPeople()
    await loadPerson()
  }

  function take(event: EmulatorEvent): void {
    if (event.type === 'message' || event.type === 'edited' || event.type === 'deleted') happened += 1
    switch (event.type) {
      case 'message':
        return takeMessage(event.message)
      case 'edited':
        messages = messages.map((one) => (isSame(one, event.message) ? event.message : one))
        return
      case 'deleted':
        messages = messages.filter((one) => one.messageId !== event.messageId || one.chatId !== event.chatId)
        return
      case 'typing':
        if (event.chatId !== personId) return
        typing = true
        setTimeout(() => (typing = false), typingMs)
        return
      case 'answered':
        if (event.userId !== personId || event.text === '') return
        answer = event
        if (!event.alert) setTimeout(() => (answer = null), 4000)
        return
      case 'call':
        calls = [...calls, event.call].slice(-keptCalls)
        return
      case 'clock':
        clock = event.clock
        due = event.due
        return
      case 'users':
        return void loadPeople()
      case 'commands':
        return void loadPerson()
      case 'reset':
        return void load()
      case 'update':
        return
    }
  }
  function takeMessage(message: EmulatedMessage): void {
    if (message.chatId === personId) {
      if (message.from === 'bot') typing = false
      if (!messages.some((one) => isSame(one, message))) messages = [...messages, message]
      return
    }
    unread[message.chatId] = (unread[message.chatId] ?? 0) + 1
  }

  /** Does something with the emulator; what it refuses is shown. */
  async function act(
    work: (control: ReturnType<typeof createControlClient>) => Promise<unknown>,
  ): Promise<void> {
    problem = null
    await work(control).catch((error: unknown) => {
      problem = error instanceof Error ? error.message : String(error)
    })
  }

  return {
    get people() {
      return people
    },
    get person() {
      return person
    },
    get messages() {
      return messages
    },
    get commands() {
      return commands
    },
    get calls() {
      return calls
    },
    get bot() {
      return bot
    },
    get clock() {
      return clock
    },
    /** What the bot does next by itself. */
    get due() {
      return due
    },
    get connected() {
      return connected
    },
    get typing() {
      return typing
    },
    get answer() {
      return answer
    },
    get problem() {
      return problem
    },
    unread,
    choose,
    act,
    say: (text: string) => act((to) => to.say(person?.id ?? 0, text)),
    async addPerson(user: NewUser): Promise<void> {
      await control.addUser(user)
      await loadPeople()
      await choose(user.id)
    },
    closeAnswer: () => (answer = null),
    /** Follows the emulator; it may be stopped and started again meanwhile. */
    follow() {
      const events = new EventSource('/_emu/events')
      events.onopen = () => {
        connected = true
        void load()
      }
      events.onerror = () => (connected = false)
      events.onmessage = ({ data }) => take(JSON.parse(data as string) as EmulatorEvent)
      return () => events.close()
    },
  }
}

export type Chat = ReturnType<typeof createChat>

const isSame = (a: EmulatedMessage, b: EmulatedMessage): boolean =>
  a.messageId === b.messageId && a.chatId === b.chatId
