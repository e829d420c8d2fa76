import type { FastifyInstance } from 'fastify'
import type { ApiContext } from '../context.ts'

/** Where Prometheus asks. */
export const metricsPath = '/metrics'

/** `/metrics` for Prometheus; open to everybody where `web.metrics_public` says so. */
export function metricsRoutes(app: FastifyInstance, { kamihi, monitor }: ApiContext): void {
  const needsRole = kamihi.config.web.metricsPublic ? 'public' : 'viewer'
  app.get(metricsPath, { config: { needsRole } }, async (_, reply) => {
    reply.type('text/plain; version=0.0.4; charset=utf-8').header('cache-control', 'no-store')
    return monitor.metrics.render()
  })
}
