import { api } from '@kamihi/contracts'
import type { FastifyInstance } from 'fastify'
import { type ApiContext, changeBy } from '../context.ts'
import { listsOf } from '../http/lists.ts'
import { registerEndpoint } from '../http/registerEndpoint.ts'
import { withProgress } from '../presentation.ts'
import {
  cancelledIdOf,
  deliveryRetryIdOf,
  leftOutOf,
  resolvedOf,
  resumedIdOf,
  retryIdOf,
} from '../refusals/runOutcomes.ts'
import { found } from '../refusals/saved.ts'

/** Runs and their deliveries: what happened, and what may still be changed about it. */
export function runRoutes(app: FastifyInstance, context: ApiContext): void {
  const { jobs, kamihi } = context
  const { store } = kamihi
  const lists = listsOf(context)

  registerEndpoint(app, api.listRuns, ({ query }) => lists.runs(query))
  registerEndpoint(app, api.getRun, async ({ params }) =>
    withProgress(context)(found(await store.runs.get(params.id), 'run')),
  )
  registerEndpoint(app, api.listDeliveries, async ({ params, query, request }) => {
    found(await store.runs.get(params.id), 'run')
    return lists.deliveries(params.id, query, request)
  })
  registerEndpoint(app, api.cancelRun, async ({ params, request }) => {
    return { runId: cancelledIdOf(await jobs.cancel(params.id, changeBy(context, request))) }
  })
  registerEndpoint(app, api.resumeRun, async ({ params, request }) => {
    return { runId: resumedIdOf(await jobs.resume(params.id, changeBy(context, request))) }
  })
  registerEndpoint(app, api.retryRun, async ({ params, request }) => {
    return { runId: retryIdOf(await jobs.retry(params.id, changeBy(context, request))) }
  })
  registerEndpoint(app, api.retryDeliveries, async ({ params, body, request }) => {
    return { runId: retryIdOf(await jobs.retry(params.id, changeBy(context, request), body.ids)) }
  })
  registerEndpoint(app, api.retryDelivery, async ({ params, request }) => {
    const outcome = await jobs.retryDelivery(params.id, changeBy(context, request))
    return { runId: deliveryRetryIdOf(outcome) }
  })
  registerEndpoint(app, api.listFailedAttempts, async ({ params }) => ({
    items: found(await store.deliveries.failedAttempts(params.id), 'delivery'),
  }))
  registerEndpoint(app, api.cancelDelivery, async ({ params, request }) =>
    leftOutOf(await jobs.cancelDelivery(params.id, changeBy(context, request))),
  )
  // Its body names the one thing that can be said.
  registerEndpoint(app, api.resolveDelivery, async ({ params, request }) =>
    resolvedOf(await jobs.resolveDelivery(params.id, changeBy(context, request))),
  )
}
