import type { FastifyRequest } from 'fastify'

const safeMethods = new Set(['GET', 'HEAD'])

/**
 * True when a request that changes something may come from another site: browsers say where they come from by `Sec-Fetch-Site`,
 * older ones by `Origin`. A bearer token is proof enough, since browsers never add it by themselves.
 */
export function isForeign(request: FastifyRequest, origins: ReadonlySet<string>): boolean {
  if (safeMethods.has(request.method) || request.headers.authorization) return false
  const site = request.headers['sec-fetch-site']
  if (site !== undefined) return site !== 'same-origin'
  const origin = request.headers.origin
  return origin === undefined || !origins.has(origin.toLowerCase())
}

/** True when a page of another site, or of another port of this machine, opens something that stays open. */
export function isEmbedded(request: FastifyRequest): boolean {
  const site = request.headers['sec-fetch-site']
  return site !== undefined && site !== 'same-origin' && site !== 'none'
}
