import type { AccessRole, Session } from '@kamihi/contracts'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { type ApiContext, changeBy, principalIn } from '../context.ts'
import { ApiProblem } from '../refusals/problem.ts'
import { freshMs, lifetimesOf } from './lifetimes.ts'
import { newSecret, sha256 } from './secrets.ts'

/** Whose sign-in it is; with the password of then, where that was what they showed. */
export type Signed = { id: string; username: string; role: AccessRole; passwordHash?: string | null }

/**
 * Signs an account in: a new session, whose secret only the cookie has. What this browser had before ends.
 * @throws ApiProblem `invalid_credentials` when the account was disabled or got another password since it was looked at
 */
export async function startSession(
  context: ApiContext,
  request: FastifyRequest,
  reply: FastifyReply,
  account: Signed,
): Promise<Session> {
  const { store, clock, config } = context.kamihi
  const secret = newSecret()
  const now = clock.now()
  const expiresAt = now + lifetimesOf(config).maxMs
  const userAgent = userAgentOf(request)
  const actor = { kind: 'account', id: account.id, name: account.username } as const
  const old = request.cookies[context.cookieName]
  const { passwordHash } = account
  const shown = passwordHash === undefined ? {} : { passwordHash }
  const isSigned = await store.sessions.create(
    { id: sha256(secret), accountId: account.id, ...shown, expiresAt, ip: request.ip, userAgent },
    { actor, now, ip: request.ip, requestId: request.id },
    old ? sha256(old) : null,
  )
  if (!isSigned) throw new ApiProblem('invalid_credentials')
  context.accessChanges.announce()
  setCookie(context, reply, secret, expiresAt - now)
  return sessionOf(context, account, { expiresAt, reauthAt: now })
}

/** The same sign-in made fresh, under a new id: who has the old one has nothing. */
export async function renewSession(
  context: ApiContext,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Session> {
  const { store, clock } = context.kamihi
  const { id, name, role, session, expiresAt } = principalIn(request)
  const secret = newSecret()
  const now = clock.now()
  const renewed =
    session !== null && (await store.sessions.renew(session.id, sha256(secret), changeBy(context, request)))
  if (!renewed) throw new ApiProblem('unauthenticated')
  setCookie(context, reply, secret, (expiresAt ?? now) - now)
  return sessionOf(context, { id, username: name, role }, { expiresAt, reauthAt: now })
}

/** What the browser says it is, for people who look at their sessions. */
export const userAgentOf = (request: FastifyRequest): string =>
  String(request.headers['user-agent'] ?? '').slice(0, 300)

/** Attributes of every cookie of ours: for this host alone, not for scripts, not for other sites. */
export const cookieOptions = ({ https }: ApiContext, maxAgeMs: number) =>
  ({
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    secure: https,
    maxAge: Math.floor(maxAgeMs / 1000),
  }) as const

function setCookie(context: ApiContext, reply: FastifyReply, secret: string, maxAgeMs: number): void {
  reply.setCookie(context.cookieName, secret, cookieOptions(context, maxAgeMs))
}

/** Who is signed in and what the dashboard needs to know. */
export function sessionOf(
  context: ApiContext,
  account: Signed,
  { expiresAt, reauthAt }: { expiresAt: number | null; reauthAt: number | null },
): Session {
  const { config, telegram } = context.kamihi
  return {
    account: { id: account.id, username: account.username, role: account.role },
    expiresAt: isoOrNull(expiresAt),
    freshUntil: isoOrNull(reauthAt === null ? null : reauthAt + freshMs),
    instance: {
      version: context.version,
      timezone: config.timezone,
      jobsEnabled: config.jobs.enabled,
      jobsStrictArgs: config.jobs.strictArgs,
      chatUrl: context.chatUrl,
      botUsername: telegram.state().botUsername,
      messagesPerSecond: config.telegram.rate.global,
    },
  }
}

const isoOrNull = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString())
