import type { FastifyRequest } from 'fastify'

const notFound = '*'

/** The path of a request as the router reads it: `/%61pi/…` and `http://localhost/api/…` are paths of the API too. */
export function pathOf(request: FastifyRequest): string {
  const { url } = request.routeOptions
  if (url !== undefined && !url.includes(notFound)) return url
  const [target = ''] = request.url.split('?')
  const path = target.replace(/^[a-z][a-z\d+.-]*:\/\/[^/]*/i, '')
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

/** True for what the API answers, also that there is nothing. */
export const isOfTheApi = (request: FastifyRequest): boolean => pathOf(request).startsWith('/api/')
