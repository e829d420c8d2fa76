import type { FastifyRequest } from 'fastify'
import type { ApiContext } from '../context.ts'
import { actorOf, type Principal } from './principal.ts'

const quietMs = 60_000
const remembered = 1000

/** Writes into the audit log what somebody was not allowed to do: once a minute for the same thing, so that nobody can fill it. */
export function createRefusals({ kamihi: { store, clock, health } }: ApiContext) {
  const noted = new Map<string, number>()
  return {
    async note(request: FastifyRequest, principal: Principal): Promise<void> {
      const now = clock.now()
      const label = `${request.method} ${request.routeOptions.url ?? 'an unknown address'}`
      const key = `${principal.id} ${label}`
      if (now - (noted.get(key) ?? Number.NEGATIVE_INFINITY) < quietMs) return
      // While the database cannot be written, the refusal itself still stands.
      if (health.status().state !== 'ok') return
      if (noted.size >= remembered) noted.clear()
      noted.set(key, now)
      await store.audit.add(
        { verb: 'request.refused', object: { kind: 'endpoint', id: null, label } },
        { actor: actorOf(principal), now, ip: request.ip, requestId: request.id },
      )
    },
  }
}
