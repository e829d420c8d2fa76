import { createContext } from 'svelte'
import { createControlClient } from '../../src/control/client.ts'
import type { EmulatorControl } from '../../src/control/control.ts'
import type { EmulatorEvent } from '../../src/shapes/events.ts'
import { createActivity } from './activity.svelte.ts'
import { createCommands } from './commands.svelte.ts'
import { createConnection } from './connection.svelte.ts'
import { createDoings } from './doings.svelte.ts'
import { createDrafts } from './drafts.svelte.ts'
import { createMessages } from './messages.svelte.ts'
import { createNotices } from './notices.svelte.ts'
import { createPlace } from './place.svelte.ts'
import { createSwitches } from './switches.svelte.ts'
import { createTime } from './time.svelte.ts'
import { createUnread } from './unread.svelte.ts'
import { createWorld } from './world.svelte.ts'

export const [getPlayground, setPlayground] = createContext<Playground>()
export type Playground = ReturnType<typeof createPlayground>

/** Everything the page shows and does. */
export function createPlayground() {
  const control = createControlClient('')
  const world = createWorld(control)
  const place = createPlace(world)
  const messages = createMessages(control)
  const unread = createUnread(world, place)
  const commands = createCommands(control, place)
  const time = createTime(control)
  const activity = createActivity(control, () => time.now)
  const switches = createSwitches(control)
  const notices = createNotices()
  const doings = createDoings()
  const drafts = createDrafts()
  let pressed = $state<string | null>(null)
  const connection = createConnection(() => quietly(load()), take)

  /** The place was changed: what is to be seen there is fetched. */
  function arrive(): void {
    unread.opened()
    quietly(look())
  }
  async function look(): Promise<void> {
    const { personId, chatId } = place
    const ids = personId === null ? [] : world.conversationsOf(personId).map(({ id }) => id)
    await Promise.all([
      messages.look([...new Set(chatId === null ? ids : [chatId, ...ids])]),
      commands.load(),
    ])
  }
  async function loadWorld(): Promise<void> {
    await world.load()
    const before = `${place.personId} ${place.chatId}`
    place.settle()
    if (before === `${place.personId} ${place.chatId}`) await look()
    else arrive()
  }
  async function load(): Promise<void> {
    const shown = messages.refresh()
    await Promise.all([loadWorld(), shown, time.load(), activity.load(), switches.load()])
  }

  function take(event: EmulatorEvent): void {
    switch (event.type) {
      case 'message':
        if (event.message.from === 'bot') doings.stop(event.message.chatId)
        messages.take(event)
        unread.take(event.message)
        return
      case 'edited':
      case 'deleted':
        return messages.take(event)
      case 'action':
        return doings.start(event.chatId, event.action)
      case 'answered':
        return takeAnswer(event)
      case 'call':
        activity.takeCall(event.call)
        return switches.loadSoon()
      case 'update':
        return activity.takeUpdate(event.update, event.delivered)
      case 'clock':
        return time.take(event.clock, event.due)
      case 'switches':
        return quietly(switches.load())
      case 'people':
        return quietly(loadWorld())
      case 'commands':
        return quietly(commands.load())
      case 'reset':
        for (const part of [messages, unread, activity]) part.clear()
        return quietly(load())
    }
  }
  function takeAnswer({ userId, text, alert, url }: Extract<EmulatorEvent, { type: 'answered' }>): void {
    if (userId !== place.personId) return
    pressed = null
    if (text !== '' || url) notices.say({ text, alert, url: url ?? null })
  }

  /** Does something with the emulator; what it refuses is shown. Tells whether it was done. */
  async function act(work: (control: EmulatorControl) => Promise<unknown>): Promise<boolean> {
    notices.closeProblem()
    try {
      await work(control)
      return true
    } catch (error) {
      notices.complain(problemWords(error))
      return false
    }
  }

  return {
    world,
    place,
    messages,
    unread,
    commands,
    time,
    activity,
    switches,
    notices,
    doings,
    drafts,
    connection,
    act,
    be(personId: number): void {
      place.be(personId)
      arrive()
    },
    open(chatId: number): void {
      place.open(chatId)
      arrive()
    },
    /** The button that waits for the bot's answer, named by message and data. */
    get pressed() {
      return pressed
    },
    set pressed(button: string | null) {
      pressed = button
    },
    loadWorld,
  }
}

/** The browser's own words for an emulator that is away say little. */
const problemWords = (error: unknown): string =>
  error instanceof TypeError
    ? 'The emulator does not answer. Is the bot running?'
    : error instanceof Error
      ? error.message
      : String(error)

/** For what is asked without anybody waiting: when the emulator is away, the connection says so. */
const quietly = (work: Promise<unknown>): void => void work.catch(() => undefined)
