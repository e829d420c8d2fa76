import rateLimit from '@fastify/rate-limit'
import { api, type BodyOf, type Endpoint } from '@kamihi/contracts'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { ApiContext } from '../context.ts'
import { ApiProblem } from '../refusals/problem.ts'
import { metricsPath } from '../routes/metrics.ts'
import { isOfTheApi, pathOf } from './apiPath.ts'

/** Requests are counted over so long. */
export const windowMs = 10_000
/** How often a minute somebody may make the bot work. A form looks at what a run would do at every pause in typing. */
const most = { run: 30, preview: 120, load: 60 }
const works = new Map<Endpoint, keyof typeof most>([
  [api.runJob, 'run'],
  [api.changeJobs, 'run'],
  [api.previewJob, 'preview'],
  [api.getScheduleLoad, 'load'],
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
    allowList: (request) => !isOfTheApi(request) && pathOf(request) !== metricsPath,
    errorResponseBuilder: (_, limit) => tooMany(limit.ttl),
  })
  limitHeavy(app, context.kamihi.clock.now)
}

function limitHeavy(app: FastifyInstance, now: () => number): void {
  const asked = new Map<string, number[]>()
  app.addHook('preHandler', async (request) => {
    const { endpoint } = request.routeOptions.config
    const work = endpoint && works.get(endpoint)
    const times = work ? timesOf(request) : 0
    if (!work || times === 0) return
    const key = `${whoAsks(request)} ${work}`
    const recent = (asked.get(key) ?? []).filter((at) => now() - at < heavyMs)
    const [first] = recent
    if (first !== undefined && recent.length >= most[work]) throw tooMany(first + heavyMs - now())
    if (asked.size >= remembered) asked.clear()
    asked.set(key, [...recent, ...Array.from({ length: Math.min(times, most[work]) }, now)])
  })
}

/** How often a request makes the bot do its work. A batch is admitted whole if one place is left. */
function timesOf({ routeOptions, body }: FastifyRequest): number {
  if (routeOptions.config.endpoint !== api.changeJobs) return 1
  const { verb, ids } = body as BodyOf<typeof api.changeJobs>
  return verb === 'run' ? (ids?.length ?? most.run) : 0
}

const whoAsks = (request: FastifyRequest): string => request.principal?.id ?? request.ip

/** The refusal of who asks too often. */
export const tooMany = (waitMs: number) =>
  new ApiProblem('too_many_requests', { retryAfterSeconds: Math.max(1, Math.ceil(waitMs / 1000)) })
