import { api } from '@kamihi/contracts'
import type { FastifyInstance } from 'fastify'
import type { ApiContext } from '../context.ts'
import { openApiDocument } from '../openApi.ts'
import { registerEndpoint } from '../registerEndpoint.ts'

/** Health, the audit log and the description of the API itself. */
export function systemRoutes(app: FastifyInstance, context: ApiContext): void {
  const { store, telegram, config } = context.kamihi
  const document = openApiDocument(context.version)

  registerEndpoint(app, api.live, async () => ({ status: 'ok' as const }))
  registerEndpoint(app, api.ready, async ({ reply }) => {
    const open = await store.info().then(
      () => true,
      () => false,
    )
    const scheduler = config.jobs.enabled ? context.jobs.status() : 'disabled'
    if (!open || scheduler === 'stopped') reply.status(503)
    return {
      store: open ? ('open' as const) : ('closed' as const),
      scheduler,
      telegram: telegram.state().state,
    }
  })
  registerEndpoint(app, api.listAudit, ({ query }) => store.audit.list(query))
  registerEndpoint(app, api.openApi, async () => document)
}
