import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fastifyStatic from '@fastify/static'
import Fastify, { type FastifyInstance } from 'fastify'
import { type BotApi, botApiRoutes } from './botApi.ts'
import { createClock, type EmulatorClock } from './clock.ts'
import { createControl, type EmulatorControl } from './control.ts'
import { controlRoutes } from './controlApi.ts'
import { createFlood } from './flood.ts'
import { createPolling } from './polling.ts'
import { createState, emit } from './state.ts'

export interface EmulatorOptions {
  /** 0 takes any free port. Default 4243. */
  port?: number
  /** A loopback address; anything else is refused. Default 127.0.0.1. */
  host?: string
  token?: string
  /** Real time, for the clock to begin with. Default: that of this machine. */
  now?: () => number
  /** Answer 429 when messages come too fast. Default true. */
  limits?: boolean
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
 * Starts a Bot API server on loopback.
 * @throws Error in one sentence when the host is not loopback or the port is taken.
 */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const { port = 4243, host = '127.0.0.1', token = demoToken, now = Date.now, limits = true } = options
  if (!loopback.has(host))
    throw new Error(
      `The emulator listens on loopback only, not on "${host}": whoever reaches it can be anybody.`,
    )
  const clock = createClock(now)
  const state = createState(clock, token)
  clock.onMove(() => emit(state, { type: 'clock', clock: clock.state(), due: state.due }))
  const polling = createPolling(state)
  const app = Fastify({ bodyLimit: 1024 * 1024, forceCloseConnections: true })
  await addRoutes(app, { state, token, polling, flood: limits ? createFlood(clock.now) : null })
  const address = await listen(app, host, port)
  const close = async (): Promise<void> => {
    polling.close()
    await app.close()
  }
  return {
    url: address,
    pageUrl: `${address.replace('127.0.0.1', 'localhost')}/`,
    token,
    control: createControl(state),
    clock,
    close,
    [Symbol.asyncDispose]: close,
  }
}

async function addRoutes(app: FastifyInstance, api: BotApi): Promise<void> {
  checkHost(app)
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_, body, done) =>
    done(null, Object.fromEntries(new URLSearchParams(String(body)))),
  )
  controlRoutes(app, api.state, createControl(api.state))
  botApiRoutes(app, api)
  const page = fileURLToPath(new URL('../dist/page', import.meta.url))
  if (!existsSync(page)) return
  app.addHook('onSend', async (_, reply) => {
    reply.header(
      'content-security-policy',
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'",
    )
    reply.header('x-content-type-options', 'nosniff')
  })
  await app.register(fastifyStatic, { root: page })
}

/** A page of somebody else whose name resolves to this machine must not drive the emulator. */
function checkHost(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    const name = String(request.headers.host ?? '').replace(/:\d+$/, '')
    const foreign = request.headers['sec-fetch-site'] === 'cross-site'
    if (!['127.0.0.1', 'localhost', '[::1]'].includes(name) || foreign) return reply.status(421).send()
  })
}

async function listen(app: FastifyInstance, host: string, port: number): Promise<string> {
  try {
    return await app.listen({ host, port })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
    throw new Error(
      `Port ${port} is taken, so the Telegram emulator cannot start. Stop the other program, or choose another port (telegram.emulator.port).`,
      { cause: error },
    )
  }
}
