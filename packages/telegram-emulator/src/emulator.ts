import { existsSync, readFileSync } from 'node:fs'
import { Value } from '@sinclair/typebox/value'
import { resume } from './acts/resume.ts'
import { type MethodTable, methodTable } from './botApi/methods/all.ts'
import { answerInWebhook } from './botApi/webhookAnswer.ts'
import { createClock, type EmulatorClock } from './clock.ts'
import type { EmulatorControl } from './control/control.ts'
import { createControl } from './control/createControl.ts'
import { type FloodLimits, limitsOf } from './flood/flood.ts'
import { createServer } from './server.ts'
import { createPolling } from './updates/polling.ts'
import { createWebhook } from './updates/webhook.ts'
import { Snapshot } from './world/snapshot.ts'
import { clockEvent, createWorld, type Kept, type World } from './world/world.ts'

export interface EmulatorOptions {
  /** 0 takes any free port. Default 4243. */
  port?: number
  /** How whoever starts it chooses another port, for the message when this one is taken. */
  portSetting?: string
  /** A loopback address; anything else is refused unless `exposed` is true. Default 127.0.0.1. */
  host?: string
  /** Listen where other machines can reach it. Whoever does can be anybody, and can read every file and message. */
  exposed?: boolean
  token?: string
  /** How the bot is called. Default: kamihi_demo_bot, Kamihi demo. */
  bot?: { username?: string; firstName?: string }
  /** Real time, for the clock to begin with. Default: that of this machine. */
  now?: () => number
  /** Flood limits: true for the usual ones (default), false for none, or those that differ. */
  limits?: boolean | Partial<FloodLimits>
  /** A file that `save()` made, loaded at the start. */
  seedFile?: string
  /** How much is remembered. */
  kept?: Partial<Kept>
  /** Slow down hasty pollers as the real server does. Default false. */
  strictPolling?: boolean
}

export interface Emulator extends AsyncDisposable {
  /** Base address of the Bot API. */
  readonly url: string
  /** The chat page. */
  readonly pageUrl: string
  readonly token: string
  readonly control: EmulatorControl
  /** Time of the emulator; a bot in the same process can go by it. */
  readonly clock: EmulatorClock
  close(): Promise<void>
}

const loopback = new Set(['127.0.0.1', 'localhost', '::1'])
const demoToken = '1000000001:kamihi-emulator-token-of-35-letters'

/**
 * Starts a Bot API server on loopback. End it with `await using` or `close()`.
 * @throws Error in one sentence when the host is not loopback, the port is taken, or the token or seed file is wrong
 */
export async function createEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const { host = '127.0.0.1', exposed = false } = options
  if (!exposed && !loopback.has(host))
    throw new Error(
      `The emulator listens on loopback only, not on "${host}": whoever reaches it can be anybody. Say "exposed" to do it all the same.`,
    )
  const { world, methods, end } = createWorldWithMethods(options)
  const control = createControl(world)
  const app = await createServer({ world, methods, control }, { anyHost: exposed })
  const address = await listen(app, host, options)
  const close = async (): Promise<void> => {
    await end()
    await app.close()
  }
  return {
    url: address,
    pageUrl: `${address.replace('127.0.0.1', 'localhost')}/`,
    token: world.token,
    control,
    clock: world.clock,
    close,
    [Symbol.asyncDispose]: close,
  }
}

function createWorldWithMethods(options: EmulatorOptions): {
  world: World
  methods: MethodTable
  end(): Promise<void>
} {
  const { token = demoToken, now = Date.now, limits = true, kept, strictPolling = false } = options
  if (!/^\d+:[\w-]{35,}$/.test(token))
    throw new Error(
      'A token is a number, a colon and at least 35 letters, digits, _ or -; the one given is not.',
    )
  const clock = createClock(now)
  const world = createWorld({
    clock,
    token,
    limits: limitsOf(limits),
    ...(kept ? { kept } : {}),
    bot: options.bot ?? {},
  })
  clock.onMove(() => world.emit(clockEvent(world)))
  if (options.seedFile) resume(world, readSeed(options.seedFile))
  const polling = createPolling(world.updates, {
    webhookIsActive: () => webhook.isActive(),
    strict: strictPolling,
  })
  const webhook = createWebhook({
    queue: world.updates,
    clock,
    endPolling: (error) => polling.end(error),
    answerCall: (name, raw) => answerInWebhook(world, methods, name, raw),
  })
  const methods = methodTable({ polling, webhook })
  const end = async (): Promise<void> => {
    polling.close()
    await webhook.close()
  }
  return { world, methods, end }
}

function readSeed(file: string): Snapshot {
  if (!existsSync(file)) throw new Error(`There is no seed file ${file}.`)
  let content: unknown
  try {
    content = JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw new Error(`The seed file ${file} is no JSON: ${(error as Error).message}`, { cause: error })
  }
  return checkSnapshot(content, `The seed file ${file}`)
}

/** @throws Error that names the first thing that is wrong */
function checkSnapshot(content: unknown, what: string): Snapshot {
  const first = Value.Errors(Snapshot, content).First()
  if (first)
    throw new Error(
      `${what} is no saved state of this version: ${first.path || '/'} ${first.message.toLowerCase()}.`,
    )
  return content as Snapshot
}

async function listen(
  app: Awaited<ReturnType<typeof createServer>>,
  host: string,
  { port = 4243, portSetting }: EmulatorOptions,
): Promise<string> {
  try {
    return await app.listen({ host, port })
  } catch (error) {
    await app.close()
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
    throw new Error(
      `Port ${port} is taken, so the Telegram emulator cannot start. Stop the other program, or choose another port${portSetting ? `: ${portSetting}` : ''}.`,
      { cause: error },
    )
  }
}
