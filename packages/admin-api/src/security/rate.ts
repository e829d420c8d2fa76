import rateLimit from '@fastify/rate-limit'
import { api, type Endpoint } from '@kamihi/contracts'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { ApiContext } from '../context.ts'
import { ApiProblem } from '../problem.ts'

const windowMs = 10_000
/** These make the bot work; how often a minute. A form looks at what a run would do at every pause in typing. */
const heavy = new Map<Endpoint, number>([
  [api.runJob, 30],
  [api.previewJob, 120],
])
const heavyMs = 60_000
const remembered = 1000

/** Limits how often an account, a token or an address without either may ask; `web.rate_limit: 0` switches it off. */
export async function limitRate(app: FastifyInstance, context: ApiContext): Promise<void> {
  const max = context.kamihi.config.web.rateLimit
  if (max === 0) return
  await app.register(rateLimit, {
    max,
    timeWindow: windowMs,
    hook: 'preValidation',
    keyGenerator: whoAsks,
    allowList: (request) => !request.url.startsWith('/api/'),
    errorResponseBuilder: (_, limit) => tooMany(limit.ttl),
  })
  limitHeavy(app, context.kamihi.clock.now)
}

function limitHeavy(app: FastifyInstance, now: () => number): void {
  const asked = new Map<string, number[]>()
  app.addHook('preValidation', async (request) => {
    const { endpoint } = request.routeOptions.config
    const max = endpoint ? heavy.get(endpoint) : undefined
    if (!endpoint || max === undefined) return
    const key = `${whoAsks(request)} ${endpoint.path}`
    const recent = (asked.get(key) ?? []).filter((at) => now() - at < heavyMs)
    const [first] = recent
    if (first !== undefined && recent.length >= max) throw tooMany(first + heavyMs - now())
    if (asked.size >= remembered) asked.clear()
    asked.set(key, [...recent, now()])
  })
}

const whoAsks = (request: FastifyRequest): string => request.principal?.id ?? request.ip

const tooMany = (waitMs: number) =>
  new ApiProblem('too_many_requests', { retryAfterSeconds: Math.max(1, Math.ceil(waitMs / 1000)) })
