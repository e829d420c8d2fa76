import { api } from '@kamihi/contracts'
import type { Health } from '@kamihi/core'
import type { FastifyInstance } from 'fastify'
import { ApiProblem } from '../refusals/problem.ts'

/** How often the bot itself looks whether the database can be written again. */
const retryAfterSeconds = 15
const reading = new Set(['GET', 'HEAD', 'OPTIONS'])

/** While the database cannot be written, what would change something is refused with the reason; all that only reads is answered. */
export function refuseWrites(app: FastifyInstance, health: Health): void {
  app.addHook('onRequest', async (request) => {
    const status = health.status()
    if (status.state === 'ok' || reading.has(request.method)) return
    if (request.routeOptions.config.endpoint === api.previewJob) return
    throw new ApiProblem('unavailable', {
      issue: { kind: 'database', reason: status.reason },
      retryAfterSeconds,
    })
  })
}
