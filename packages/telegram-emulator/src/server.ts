import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fastifyMultipart from '@fastify/multipart'
import fastifyStatic from '@fastify/static'
import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify'
import { mostBytes } from './botApi/input/inputFile.ts'
import type { MethodTable } from './botApi/methods/all.ts'
import { botApiRoutes } from './botApi/routes.ts'
import type { EmulatorControl } from './control/control.ts'
import { controlRoutes } from './control/routes.ts'
import type { World } from './world/world.ts'

export interface ServerParts {
  world: World
  methods: MethodTable
  control: EmulatorControl
}

/** Base64 is a third longer than the 50 MB that it stands for. */
const bodyLimit = 70 * 1024 * 1024

/** The Bot API, the control API and the chat page on one server. */
export async function createServer(
  { world, methods, control }: ServerParts,
  { anyHost }: { anyHost: boolean },
): Promise<FastifyInstance> {
  const app = Fastify({ bodyLimit, forceCloseConnections: true, routerOptions: { maxParamLength: 500 } })
  guard(app, anyHost)
  await app.register(fastifyMultipart, {
    limits: { fileSize: mostBytes.upload, files: 20, fieldSize: bodyLimit },
  })
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_, body, done) =>
    done(null, Object.fromEntries(new URLSearchParams(String(body)))),
  )
  controlRoutes(app, world, control)
  botApiRoutes(app, world, methods)
  const page = fileURLToPath(new URL('../dist/page', import.meta.url))
  if (existsSync(page)) await app.register(fastifyStatic, { root: page })
  return app
}

const securityHeaders = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
}

/** A page of somebody else, or one whose name resolves to this machine, must not drive the emulator. */
function guard(app: FastifyInstance, anyHost: boolean): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(securityHeaders)
    const { host = '', origin } = request.headers
    const isOwnName = anyHost || ownNames.includes(host.replace(/:\d+$/, ''))
    const isOwnPage = origin === undefined || origin === `http://${host}`
    if (!isOwnName || !isOwnPage || isForeign(request)) return reply.status(421).send()
  })
}

const ownNames = ['127.0.0.1', 'localhost', '[::1]']

/** Browsers say where a request comes from. A link may lead to the chat page from anywhere, and nowhere else. */
function isForeign({ method, url, headers }: FastifyRequest): boolean {
  const site = headers['sec-fetch-site'] ?? 'none'
  if (site === 'none' || site === 'same-origin') return false
  const isLink = method === 'GET' && headers['sec-fetch-dest'] === 'document'
  return !isLink || !/^\/(\?|$)/.test(url)
}
