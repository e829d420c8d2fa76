import { api } from '@kamihi/contracts'
import type { FastifyInstance } from 'fastify'
import type { ApiContext } from '../context.ts'
import { listsOf } from '../http/lists.ts'
import { registerEndpoint } from '../http/registerEndpoint.ts'
import { openApiDocument } from '../openapi/openApi.ts'

/** Health, the audit log and the description of the API itself. */
export function systemRoutes(app: FastifyInstance, context: ApiContext): void {
  const { store, config, health } = context.kamihi
  const lists = listsOf(context)
  const document = openApiDocument(context.version)

  registerEndpoint(app, api.live, async () => ({ status: 'ok' as const }))
  registerEndpoint(app, api.ready, async ({ reply }) => {
    const open = await store.info().then(
      () => true,
      () => false,
    )
    const runsJobs = !config.jobs.enabled || context.jobs.status() !== 'stopped'
    if (open && runsJobs && health.status().state === 'ok') return { status: 'ok' as const }
    reply.status(503)
    return { status: 'not_ok' as const }
  })
  registerEndpoint(app, api.listAudit, ({ query, request }) => lists.audit(query, request))
  registerEndpoint(app, api.openApi, async () => document)
}
