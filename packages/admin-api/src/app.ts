import cookie from '@fastify/cookie'
import type { AccessRole } from '@kamihi/contracts'
import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify'
import { authenticate } from './auth/authenticate.ts'
import { hideFromViewers } from './auth/fieldRules.ts'
import type { ApiContext } from './context.ts'
import { serveDashboard } from './http/assets.ts'
import { compilersOnDemand } from './http/compilers.ts'
import { validator } from './http/validator.ts'
import { refuseWrites } from './http/writable.ts'
import { liveRoutes } from './live/live.ts'
import { handleErrors, sendProblem } from './refusals/errorHandler.ts'
import { ApiProblem } from './refusals/problem.ts'
import { accountRoutes } from './routes/accounts.ts'
import { actionRoutes } from './routes/actions.ts'
import { bulkRoutes } from './routes/bulk.ts'
import { docsRoutes } from './routes/docs.ts'
import { exportRoutes } from './routes/exports.ts'
import { insightRoutes } from './routes/insight.ts'
import { jobRoutes } from './routes/jobs.ts'
import { metricsRoutes } from './routes/metrics.ts'
import { ownAccountRoutes } from './routes/ownAccount.ts'
import { peopleRoutes } from './routes/people.ts'
import { runHistoryRoutes } from './routes/runHistory.ts'
import { runRoutes } from './routes/runs.ts'
import { schedulingRoutes } from './routes/scheduling.ts'
import { sessionRoutes } from './routes/session.ts'
import { systemRoutes } from './routes/system.ts'
import { tokenRoutes } from './routes/tokens.ts'
import { isForeign } from './security/csrf.ts'
import { setHeaders } from './security/headers.ts'
import { type OwnPlaces, ownPlaces } from './security/host.ts'
import { limitRate } from './security/rate.ts'

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
    http: { maxHeaderSize: 16 * 1024, headersTimeout: 20_000 },
    routerOptions: { maxParamLength: 200 },
    trustProxy: [...context.kamihi.config.web.trustedProxies],
    logger: false,
    // What cannot be an address of ours: too long a parameter, or escapes that mean nothing.
    frameworkErrors: (_, request, reply) => sendProblem(request, reply, 'not_found'),
    ajv: validator,
    schemaController: { compilersFactory: compilersOnDemand },
  })
  // A form or a text body can be posted across sites without a preflight.
  app.removeContentTypeParser('text/plain')
  app.decorateRequest('principal', null)
  context.monitor.watch(app)
  handleErrors(app, context.kamihi.logger)
  const places = ownPlaces(context.kamihi.config.web, context.https, port)
  checkHost(app, places)
  setHeaders(app, { https: context.https, now: context.kamihi.clock.now })
  await app.register(cookie)
  checkOrigin(app, places)
  authenticate(app, context)
  refuseWrites(app, context.kamihi.health)
  await limitRate(app, context)
  hideFromViewers(app)
  await app.register(async (routes) => {
    sessionRoutes(routes, context)
    ownAccountRoutes(routes, context)
    accountRoutes(routes, context)
    tokenRoutes(routes, context)
    peopleRoutes(routes, context)
    actionRoutes(routes, context)
    jobRoutes(routes, context)
    bulkRoutes(routes, context)
    schedulingRoutes(routes, context)
    runRoutes(routes, context)
    runHistoryRoutes(routes, context)
    exportRoutes(routes, context)
    insightRoutes(routes, context)
    systemRoutes(routes, context)
    metricsRoutes(routes, context)
    docsRoutes(routes)
    liveRoutes(routes, context)
  })
  if (dashboard) await serveDashboard(app, context, dashboard)
  return app
}

const probes = new Set(['/healthz', '/readyz'])

function checkHost(app: FastifyInstance, places: () => OwnPlaces): void {
  app.addHook('onRequest', (request, reply, done) => {
    const host = String(request.headers.host ?? '').toLowerCase()
    if (probes.has(request.url) || (places().hosts.has(host) && !namesTwoHosts(request))) done()
    else reply.status(421).send()
  })
}

/** Node reads the first of them; what stands before us may have read the other. */
const namesTwoHosts = ({ raw: { rawHeaders } }: FastifyRequest): boolean =>
  rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === 'host').length > 1

/** Asked for by browsers before a page of another site may read something (it may not), and by nobody else. */
const unanswered = new Set(['OPTIONS', 'TRACE'])

function checkOrigin(app: FastifyInstance, places: () => OwnPlaces): void {
  app.addHook('onRequest', async (request) => {
    if (unanswered.has(request.method)) throw new ApiProblem('not_found')
    const [, query] = request.url.split('?')
    if (query && new URLSearchParams(query).has('token')) throw new ApiProblem('token_in_query')
    if (isForeign(request, places().origins)) throw new ApiProblem('csrf')
  })
}

declare module 'fastify' {
  interface FastifyContextConfig {
    needsRole?: AccessRole | 'public'
  }
}
