import { api } from '@kamihi/contracts'
import type { FastifyInstance } from 'fastify'
import type { ApiContext } from '../context.ts'
import { registerEndpoint } from '../registerEndpoint.ts'
import { found } from '../saved.ts'

/** How a run went: when what happened, why it did not reach people, what its action wrote. */
export function runHistoryRoutes(app: FastifyInstance, { jobs, kamihi }: ApiContext): void {
  const { runs } = kamihi.store

  registerEndpoint(app, api.getRunTimeline, async ({ params }) => ({
    steps: found(await jobs.timeline(params.id), 'run'),
  }))
  registerEndpoint(app, api.listRunReasons, async ({ params }) => {
    found(await runs.get(params.id), 'run')
    return runs.reasons(params.id)
  })
  registerEndpoint(app, api.listRunLogs, async ({ params, query }) => {
    found(await runs.get(params.id), 'run')
    return runs.listLogs(params.id, query)
  })
}
