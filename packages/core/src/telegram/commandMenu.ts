import { createHash } from 'node:crypto'
import { setImmediate as breathe } from 'node:timers/promises'
import type { User } from '@kamihi/contracts'
import type { Store } from '@kamihi/store'
import type { Registry } from '../actions/registry.ts'
import type { Clock } from '../clock.ts'
import type { Config } from '../config/schema.ts'
import type { Events } from '../kamihi.types.ts'
import type { Logger } from '../logger.ts'
import type { KamihiTelegram } from './client.ts'
import { outcomeOfError } from './sendOutcome.ts'

export interface MenuParts {
  client: KamihiTelegram
  store: Store
  config: Config
  actions: Registry
  events: Events
  clock: Clock
  logger: Logger
  /** Part of what is remembered: a stand-in forgets its menus when it is started anew. */
  installation: string
}

export interface CommandMenus {
  start(): void
  stop(): void
}

const settleMs = 300
/** Menus are not urgent: they leave room for messages. */
const betweenMs = 50
const mostCommands = 100
const longestDescription = 256

/** Whose menus may have changed: ids of users, or anybody's. */
type Whose = ReadonlySet<string> | 'anybody'

/** Keeps the "/" menu of each person equal to what they may use; only menus that changed are sent. */
export function createCommandMenus(parts: MenuParts): CommandMenus {
  const { events, clock, logger } = parts
  const stopping = new AbortController()
  let cancelTimer = () => {}
  let stopListening = () => {}
  let refreshing: Promise<void> = Promise.resolve()
  let stale: Whose = new Set()
  const refreshSoon = (whose: Whose) => {
    stale = stale === 'anybody' || whose === 'anybody' ? 'anybody' : new Set([...stale, ...whose])
    cancelTimer()
    cancelTimer = clock.setTimer(settleMs, () => {
      const now = stale
      stale = new Set()
      refreshing = refreshing
        .then(() => refresh(parts, now, stopping.signal))
        .catch((error: unknown) => logger.warning({ err: error }, 'Failed to set command menus'))
    })
  }
  return {
    start() {
      stopListening = events.on((event) => {
        if (event.type === 'users.changed' && event.ids.length > 0) refreshSoon(new Set(event.ids))
        else if (forAnybody.has(event.type)) refreshSoon('anybody')
      })
      refreshSoon('anybody')
    },
    stop() {
      stopping.abort()
      cancelTimer()
      stopListening()
    },
  }
}

const forAnybody: ReadonlySet<string> = new Set([
  'users.changed',
  'roles.changed',
  'permissions.changed',
  'actions.changed',
])

async function refresh(parts: MenuParts, whose: Whose, signal: AbortSignal): Promise<void> {
  for await (const user of whose === 'anybody' ? everyone(parts.store) : usersOf(parts.store, whose)) {
    if (signal.aborted) return
    await refreshOne(parts, user, signal)
    // Most menus are as they were, and the store answers in microtasks: without this nothing else would go on until the last.
    await breathe()
  }
}

async function* everyone(store: Store): AsyncGenerator<User> {
  let cursor: string | null = null
  do {
    const page: Awaited<ReturnType<Store['users']['list']>> = await store.users.list({
      limit: 200,
      ...(cursor ? { cursor } : {}),
    })
    yield* page.items
    cursor = page.nextCursor
  } while (cursor)
}

async function* usersOf(store: Store, ids: ReadonlySet<string>): AsyncGenerator<User> {
  yield* await store.users.getMany([...ids])
}

async function refreshOne(
  { client, store, config, actions, clock, installation }: MenuParts,
  user: User,
  signal: AbortSignal,
): Promise<void> {
  if (user.reachability !== 'ok') return
  const commands = commandsOf(actions, await store.users.actionsOf(user.id), config)
  const hash = createHash('sha256').update(installation).update(JSON.stringify(commands)).digest('hex')
  const key = `menu:${user.telegramId}`
  if ((await store.settings.get(key)) === hash) return
  try {
    await client.callApi('setMyCommands', { commands, scope: { type: 'chat', chat_id: user.telegramId } })
    await store.settings.set(key, hash)
  } catch (error) {
    const outcome = outcomeOfError(error)
    if (outcome.kind === 'retry_after') await clock.sleep(outcome.seconds * 1000, signal)
  }
  await clock.sleep(betweenMs, signal)
}

function commandsOf(actions: Registry, names: string[], config: Config) {
  const allowed = new Set(names)
  const own = actions.list().filter((action) => allowed.has(action.name))
  const commands = own.flatMap((action) =>
    action.commands.map((command) => ({
      command,
      description: (action.description ?? `Action ${action.name}`).slice(0, longestDescription),
    })),
  )
  const cancel = own.some((action) => action.questions.length > 0)
    ? [{ command: config.responses.cancelCommand, description: 'Stop answering questions' }]
    : []
  return [...commands.slice(0, mostCommands - cancel.length), ...cancel]
}
