import { api, type Readiness } from '@kamihi/contracts'
import { explanations, type HealthStatus } from '@kamihi/core'
import type { FastifyInstance } from 'fastify'
import { mayDo } from '../auth/principal.ts'
import { type ApiContext, principalIn } from '../context.ts'
import { openApiDocument } from '../openApi.ts'
import { registerEndpoint } from '../registerEndpoint.ts'

/** Who signed in and who may: only owners read of it. */
const ownersOnly = ['account', 'endpoint', 'session', 'token']

/** Health, the audit log and the description of the API itself. */
export function systemRoutes(app: FastifyInstance, context: ApiContext): void {
  const { store, telegram, config, health } = context.kamihi
  const document = openApiDocument(context.version)

  registerEndpoint(app, api.live, async () => ({ status: 'ok' as const }))
  registerEndpoint(app, api.ready, async ({ reply }) => {
    const open = await store.info().then(
      () => true,
      () => false,
    )
    const scheduler = config.jobs.enabled ? context.jobs.status() : 'disabled'
    const degraded = degradedOf(health.status())
    if (!open || degraded || scheduler === 'stopped') reply.status(503)
    return {
      store: open ? ('open' as const) : ('closed' as const),
      degraded,
      scheduler,
      telegram: telegram.state().state,
    }
  })
  registerEndpoint(app, api.listAudit, ({ query, request }) =>
    store.audit.list(query, mayDo(principalIn(request).role, 'owner') ? [] : ownersOnly),
  )
  registerEndpoint(app, api.openApi, async () => document)
}

/** For anybody: without the names of files. */
function degradedOf(status: HealthStatus): Readiness['degraded'] {
  if (status.state === 'ok') return null
  const { reason, since } = status
  return { reason, since: new Date(since).toISOString(), detail: explanations[reason] }
}
