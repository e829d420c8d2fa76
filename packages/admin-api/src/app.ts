import cookie from '@fastify/cookie'
import rateLimit from '@fastify/rate-limit'
import type { AccessRole } from '@kamihi/contracts'
import Fastify, { type FastifyInstance } from 'fastify'
import { serveDashboard } from './assets.ts'
import { mayDo, principalOf } from './auth/principal.ts'
import type { ApiContext } from './context.ts'
import { handleErrors } from './errorHandler.ts'
import { liveRoutes } from './live.ts'
import { ApiProblem } from './problem.ts'
import { jobRoutes } from './routes/jobs.ts'
import { peopleRoutes } from './routes/people.ts'
import { runHistoryRoutes } from './routes/runHistory.ts'
import { runRoutes } from './routes/runs.ts'
import { schedulingRoutes } from './routes/scheduling.ts'
import { sessionRoutes } from './routes/session.ts'
import { systemRoutes } from './routes/system.ts'
import { isForeign } from './security/csrf.ts'
import { setHeaders } from './security/headers.ts'
import { allowedHosts } from './security/host.ts'
import { refuseWrites } from './writable.ts'

export interface AppOptions {
  context: ApiContext
  /** Port that the app is reached by; known to the Host check. */
  port: () => number
  /** Folder of the built dashboard, or null for the API alone. */
  dashboard: string | null
}

/** The HTTP app, not listening yet. Hooks come in this order: host, headers, origin, who, role, whether it can be written, rate. */
export async function buildApp({ context, port, dashboard }: AppOptions): Promise<FastifyInstance> {
  const app = Fastify({
    bodyLimit: 256 * 1024,
    requestTimeout: 30_000,
    routerOptions: { maxParamLength: 200 },
    trustProxy: [...context.kamihi.config.web.trustedProxies],
    logger: false,
    ajv: {
      customOptions: { removeAdditional: false, coerceTypes: false, useDefaults: true, allErrors: true },
    },
  })
  // A form or a text body can be posted across sites without a preflight.
  app.removeContentTypeParser('text/plain')
  app.decorateRequest('principal', null)
  handleErrors(app, context.kamihi.logger)
  checkHost(app, context, port)
  await setHeaders(app, { https: context.https, now: context.kamihi.clock.now })
  await app.register(cookie)
  checkOrigin(app, context, port)
  authenticate(app, context)
  refuseWrites(app, context.kamihi.health)
  await limitRate(app, context)
  await app.register(async (routes) => {
    sessionRoutes(routes, context)
    peopleRoutes(routes, context)
    jobRoutes(routes, context)
    schedulingRoutes(routes, context)
    runRoutes(routes, context)
    runHistoryRoutes(routes, context)
    systemRoutes(routes, context)
    liveRoutes(routes, context)
  })
  if (dashboard) await serveDashboard(app, context, dashboard)
  return app
}

const probes = new Set(['/healthz', '/readyz'])

function checkHost(app: FastifyInstance, context: ApiContext, port: () => number): void {
  app.addHook('onRequest', async (request, reply) => {
    if (probes.has(request.url)) return
    const hosts = allowedHosts(context.kamihi.config.web, port())
    if (!hosts.has(String(request.headers.host ?? '').toLowerCase())) return reply.status(421).send()
  })
}

function checkOrigin(app: FastifyInstance, context: ApiContext, port: () => number): void {
  app.addHook('onRequest', async (request) => {
    if (new URLSearchParams(request.url.split('?')[1]).has('token')) throw new ApiProblem('token_in_query')
    const scheme = context.https ? 'https' : 'http'
    const origins = new Set(
      [...allowedHosts(context.kamihi.config.web, port())].map((host) => `${scheme}://${host}`),
    )
    if (isForeign(request, origins)) throw new ApiProblem('csrf')
  })
}

function authenticate(app: FastifyInstance, context: ApiContext): void {
  const { store, clock } = context.kamihi
  app.addHook('onRequest', async (request) => {
    const { endpoint, needsRole } = request.routeOptions.config
    const role = endpoint?.role ?? needsRole ?? (request.url.startsWith('/api/') ? 'viewer' : 'public')
    if (role === 'public') return
    if (!(await store.accounts.hasOwner()) && !request.headers.authorization)
      throw new ApiProblem('setup_required')
    request.principal = await principalOf(request, store, context.cookieName, clock.now())
    if (!request.principal) throw new ApiProblem('unauthenticated')
    if (!mayDo(request.principal.role, role))
      throw new ApiProblem('forbidden', {
        detail: `This needs the role ${role}; yours is ${request.principal.role}.`,
      })
  })
}

async function limitRate(app: FastifyInstance, context: ApiContext): Promise<void> {
  const max = context.kamihi.config.web.rateLimit
  if (max === 0) return
  await app.register(rateLimit, {
    max,
    timeWindow: 10_000,
    hook: 'preValidation',
    keyGenerator: (request) => request.principal?.id ?? request.ip,
    allowList: (request) => !request.url.startsWith('/api/'),
    errorResponseBuilder: (_, limit) =>
      new ApiProblem('too_many_requests', { retryAfterSeconds: Math.ceil(limit.ttl / 1000) }),
  })
}

declare module 'fastify' {
  interface FastifyContextConfig {
    needsRole?: AccessRole
  }
}
