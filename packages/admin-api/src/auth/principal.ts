import { type AccessRole, type Actor, accessRoles } from '@kamihi/contracts'
import type { Store } from '@kamihi/store'
import type { FastifyRequest } from 'fastify'
import { ApiProblem } from '../problem.ts'
import { isApiToken, sha256 } from './secrets.ts'

/** Who makes a request. */
export interface Principal {
  kind: 'account' | 'token'
  id: string
  name: string
  role: AccessRole
  expiresAt: number | null
}

export const actorOf = (principal: Principal): Actor => ({
  kind: principal.kind,
  id: principal.id,
  name: principal.name,
})

export const mayDo = (role: AccessRole, needed: AccessRole): boolean =>
  accessRoles.indexOf(role) >= accessRoles.indexOf(needed)

/** The principal of a bearer token or of the session cookie; null without credentials. A wrong token is refused, not ignored. */
export async function principalOf(
  request: FastifyRequest,
  store: Store,
  cookieName: string,
  now: number,
): Promise<Principal | null> {
  const bearer = bearerOf(request)
  if (bearer !== null) return byToken(store, bearer, now)
  const cookie = request.cookies[cookieName]
  return cookie ? bySession(store, cookie, now) : null
}

function bearerOf(request: FastifyRequest): string | null {
  const header = request.headers.authorization
  if (header === undefined) return null
  const parts = /^Bearer (.+)$/i.exec(header)
  return parts?.[1] ?? ''
}

async function byToken(store: Store, token: string, now: number): Promise<Principal> {
  const found = isApiToken(token) ? await store.tokens.use(sha256(token), now) : null
  if (!found)
    throw new ApiProblem('unauthenticated', { detail: 'The API token is unknown, expired or revoked.' })
  return {
    kind: 'token',
    id: found.id,
    name: found.name,
    role: found.role,
    expiresAt: found.expiresAt ? Date.parse(found.expiresAt) : null,
  }
}

async function bySession(store: Store, cookie: string, now: number): Promise<Principal | null> {
  const session = await store.sessions.use(sha256(cookie), now)
  if (!session) return null
  const { id, username, role } = session.account
  return { kind: 'account', id, name: username, role, expiresAt: session.expiresAt }
}
