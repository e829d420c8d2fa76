import { type AccessRole, type Actor, accessRoles } from '@kamihi/contracts'
import type { FastifyRequest } from 'fastify'
import type { ApiContext } from '../context.ts'
import { ApiProblem } from '../refusals/problem.ts'
import { lifetimesOf } from './lifetimes.ts'
import { isApiToken, sha256 } from './secrets.ts'

/** Who makes a request. */
export interface Principal {
  kind: 'account' | 'token'
  id: string
  name: string
  role: AccessRole
  expiresAt: number | null
  /** The sign-in it rests on, and when its holder last showed who they are; null for a token. */
  session: { id: string; reauthAt: number } | null
}

export const actorOf = (principal: Principal): Actor => ({
  kind: principal.kind,
  id: principal.id,
  name: principal.name,
})

export const mayDo = (role: AccessRole, needed: AccessRole): boolean =>
  accessRoles.indexOf(role) >= accessRoles.indexOf(needed)

/**
 * The principal of a bearer token or of the session cookie; null without credentials. A wrong token is refused, not ignored.
 * `look`: without counting it as use, for what only stays open.
 */
export async function principalOf(
  request: FastifyRequest,
  context: ApiContext,
  how: 'use' | 'look' = 'use',
): Promise<Principal | null> {
  const bearer = bearerOf(request)
  if (bearer !== null) return byToken(request, context, bearer)
  const cookie = request.cookies[context.cookieName]
  return cookie ? bySession(context, sha256(cookie), how) : null
}

function bearerOf(request: FastifyRequest): string | null {
  const header = request.headers.authorization
  if (header === undefined) return null
  const parts = /^Bearer (.+)$/i.exec(header)
  return parts?.[1] ?? ''
}

async function byToken(request: FastifyRequest, context: ApiContext, token: string): Promise<Principal> {
  const { store, clock } = context.kamihi
  const now = clock.now()
  const found = isApiToken(token) ? await store.tokens.use(sha256(token), now, request.ip) : null
  if (!found) {
    const wait = await context.guessing.tryFrom(request.ip, now)
    if (wait > 0) throw new ApiProblem('too_many_requests', { retryAfterSeconds: wait })
    throw new ApiProblem('unauthenticated', { issue: { kind: 'token_unknown' } })
  }
  return {
    kind: 'token',
    id: found.id,
    name: found.name,
    role: found.role,
    expiresAt: found.expiresAt ? Date.parse(found.expiresAt) : null,
    session: null,
  }
}

async function bySession(
  { kamihi: { store, clock, config } }: ApiContext,
  sessionId: string,
  how: 'use' | 'look',
): Promise<Principal | null> {
  const { idleMs } = lifetimesOf(config)
  const read = how === 'use' ? store.sessions.use : store.sessions.find
  const session = await read(sessionId, clock.now(), idleMs)
  if (!session) return null
  const { id, username, role } = session.account
  return {
    kind: 'account',
    id,
    name: username,
    role,
    expiresAt: session.expiresAt,
    session: { id: sessionId, reauthAt: session.reauthAt },
  }
}
