import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { noFaults, openStore, type Store } from '@kamihi/store'
import { loadActions } from './actions/loadActions.ts'
import type { Registry } from './actions/registry.ts'
import { runAction } from './actions/runAction.ts'
import { createRunningActions } from './actions/running.ts'
import { systemClock } from './clock.ts'
import { KamihiError } from './errors.ts'
import { createEvents } from './events.ts'
import { tellAdmins } from './health/notices.ts'
import { createHealth } from './health.ts'
import type { ActionRequest, Kamihi, KamihiOptions, Plugin } from './kamihi.types.ts'
import { createLogger, type Logger } from './logger.ts'
import { watchStalls } from './stalls.ts'
import { createTelegramPart, type TelegramOptions } from './telegram/telegramPart.ts'

/** What is in the air has this long to end; two seconds later everything is closed. */
const drainMs = 8000

/**
 * A bot that is ready to be started: the store is open, the actions are known.
 * @throws KamihiError `no_token`, StoreError when the database cannot be opened
 */
export async function createKamihi(options: KamihiOptions): Promise<Kamihi> {
  const { config, clock = systemClock, faults = noFaults } = options
  const logger = options.logger ?? createLogger(config.log)
  const connection = connectionOf(options)
  const store = await openStore({
    url: config.db.url,
    synchronous: config.db.synchronous,
    service: true,
    new: options.newDatabase ?? false,
    faults,
  })
  const actions = await knownActions(options, store, logger)
  const events = createEvents((error) => logger.error({ err: error }, 'A listener of events failed'))
  const health = createHealth({
    store,
    clock,
    logger,
    tell: (status) => tellAdmins({ store, telegram, logger }, status),
  })
  const base = { config, store, clock, logger, events, actions, health }
  const telegram = createTelegramPart({ ...base, faults, runAction: (request) => run(request) }, connection)
  const running = createRunningActions()
  const stalls = watchStalls({ clock: systemClock, logger, running })
  const run = (request: ActionRequest) => runAction({ actions, logger, telegram, running }, request)
  const plugins: Plugin[] = []
  const started: Plugin[] = []

  return {
    ...base,
    telegram,
    runAction: run,
    use: (plugin) => void plugins.push(plugin),
    async start() {
      try {
        for (const plugin of plugins) {
          await plugin.start()
          started.push(plugin)
        }
      } catch (error) {
        await stopAll(started, logger)
        await store.close()
        throw error
      }
      health.start()
      stalls.start()
      telegram.start()
      logger.success('Bot started')
    },
    async stop() {
      const healthStopped = health.stop()
      stalls.stop()
      await stopAll(
        [...started, { name: 'telegram', start: async () => {}, stop: (signal) => telegram.stop(signal) }],
        logger,
      )
      await healthStopped
      await store.close()
      logger.success('Bot stopped')
    },
  }
}

function connectionOf({ config, emulator }: KamihiOptions): TelegramOptions {
  const worker = `${process.pid}-${randomUUID()}`
  if (emulator) return { token: emulator.token, apiRoot: emulator.apiRoot, isEmulator: true, worker }
  if (config.token !== null)
    return { token: config.token, apiRoot: config.telegram.apiRoot, isEmulator: false, worker }
  throw new KamihiError(
    'no_token',
    'There is no token of a Telegram bot. Set KAMIHI_TOKEN to the one of @BotFather, or telegram.emulator.enabled to true.',
  )
}

/** Loads the actions and makes the store know them; a file that is broken is told and stops only itself. */
async function knownActions(options: KamihiOptions, store: Store, logger: Logger): Promise<Registry> {
  const dir = options.projectDir === undefined ? null : join(options.projectDir, 'actions')
  const actions = await loadActions({
    dir,
    logger,
    ...(options.actions ? { actions: options.actions } : {}),
    ...(options.modules ? { modules: options.modules } : {}),
  })
  const { archived, restored } = await store.actions.sync(
    actions.records(),
    (options.clock ?? systemClock).now(),
  )
  if (archived.length > 0)
    logger.warning({ archived }, 'Actions are gone from the code; their permissions and jobs wait for them')
  if (restored.length > 0) logger.info({ restored }, 'Actions are back')
  if (actions.list().length === 0)
    logger.warning('No valid actions were registered. The bot will not respond to any commands.')
  return actions
}

/** Stops in reverse order; one that fails does not keep the others from stopping. */
async function stopAll(plugins: Plugin[], logger: Logger): Promise<void> {
  const signal = AbortSignal.timeout(drainMs)
  for (const plugin of [...plugins].reverse()) {
    await plugin
      .stop(signal)
      .catch((error: unknown) =>
        logger.error({ err: error, plugin: plugin.name }, 'A part could not be stopped'),
      )
  }
}
