import { api, type Session } from '@kamihi/contracts'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { hashPassword, TooManyHashes, verifyNothing, verifyPassword, weaknessOf } from '../auth/passwords.ts'
import { newSecret, sha256 } from '../auth/secrets.ts'
import { type ApiContext, principalIn } from '../context.ts'
import { ApiProblem } from '../problem.ts'
import { registerEndpoint } from '../registerEndpoint.ts'

const sessionMaxMs = 14 * 24 * 3_600_000
type Signed = { id: string; username: string; role: Session['account']['role'] }

/** Set-up of the first owner, sign-in and sign-out. */
export function sessionRoutes(app: FastifyInstance, context: ApiContext): void {
  registerEndpoint(app, api.setUp, async ({ body, request, reply }) => {
    const owner = await makeFirstOwner(context, body, request)
    return startSession(context, request, reply, owner)
  })
  registerEndpoint(app, api.signIn, async ({ body, request, reply }) => {
    const account = await signIn(context, body, request)
    return startSession(context, request, reply, account)
  })
  registerEndpoint(app, api.getSession, async ({ request }) => {
    const { id, name, role, expiresAt } = principalIn(request)
    return sessionOf(context, { id, username: name, role }, expiresAt)
  })
  registerEndpoint(app, api.signOut, async ({ request, reply }) => {
    const cookie = request.cookies[context.cookieName]
    if (cookie) await context.kamihi.store.sessions.end(sha256(cookie))
    reply.clearCookie(context.cookieName, { path: '/' }).header('clear-site-data', '"storage"')
    return undefined
  })
}

async function makeFirstOwner(
  context: ApiContext,
  body: { token: string; username: string; password: string },
  request: FastifyRequest,
): Promise<Signed> {
  const { store, clock } = context.kamihi
  if (await store.accounts.hasOwner()) throw new ApiProblem('setup_done')
  const verdict = context.setup.check(body.token)
  if (verdict === 'limited') throw new ApiProblem('too_many_requests', { retryAfterSeconds: 60 })
  if (verdict === 'invalid')
    throw new ApiProblem('setup_token_invalid', {
      detail: 'Use the newest set-up link printed on the console.',
    })
  const weakness = weaknessOf(body.password, body.username)
  if (weakness)
    throw new ApiProblem('weak_password', {
      detail: weakness,
      errors: [{ path: '/password', message: weakness }],
    })
  const passwordHash = await guarded(() => hashPassword(body.password))
  const actor = { kind: 'system', id: null, name: 'set-up' } as const
  const made = await store.accounts.createFirstOwner(
    { username: body.username, passwordHash },
    { actor, now: clock.now(), ip: request.ip, requestId: request.id },
  )
  if (made.kind === 'owner_exists') throw new ApiProblem('setup_done')
  context.setup.finish()
  return made.account
}

async function signIn(
  context: ApiContext,
  { username, password }: { username: string; password: string },
  request: FastifyRequest,
): Promise<Signed> {
  const { store, clock } = context.kamihi
  const now = clock.now()
  const wait = await context.guessing.secondsToWait(username, request.ip, now)
  if (wait > 0)
    throw new ApiProblem('too_many_requests', {
      detail: `Too many tries. Wait ${wait} seconds.`,
      retryAfterSeconds: wait,
    })
  const account = await store.accounts.getByUsername(username)
  const usable = account && account.disabledAt === null ? account : null
  const right = await guarded(() =>
    usable ? verifyPassword(password, usable.passwordHash) : verifyNothing(password),
  )
  await context.guessing.record(username, request.ip, right, now)
  const actor = { kind: 'account', id: usable?.id ?? null, name: username } as const
  const change = { actor, now, ip: request.ip, requestId: request.id }
  await store.audit.add(
    {
      verb: right ? 'session.created' : 'session.refused',
      object: { kind: 'account', id: usable?.id ?? null, label: username },
    },
    change,
  )
  if (!usable || !right) throw new ApiProblem('invalid_credentials')
  return usable
}

async function guarded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof TooManyHashes)
      throw new ApiProblem('unavailable', { detail: 'Too many sign-ins at once.', retryAfterSeconds: 1 })
    throw error
  }
}

async function startSession(
  context: ApiContext,
  request: FastifyRequest,
  reply: FastifyReply,
  account: Signed,
): Promise<Session> {
  const { store, clock } = context.kamihi
  const old = request.cookies[context.cookieName]
  if (old) await store.sessions.end(sha256(old))
  const secret = newSecret()
  const now = clock.now()
  const expiresAt = now + sessionMaxMs
  const userAgent = String(request.headers['user-agent'] ?? '').slice(0, 300)
  await store.sessions.create({
    id: sha256(secret),
    accountId: account.id,
    now,
    expiresAt,
    ip: request.ip,
    userAgent,
  })
  reply.setCookie(context.cookieName, secret, {
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    secure: context.https,
    maxAge: sessionMaxMs / 1000,
  })
  return sessionOf(context, account, expiresAt)
}

function sessionOf(context: ApiContext, account: Signed, expiresAt: number | null): Session {
  const { config, telegram } = context.kamihi
  return {
    account: { id: account.id, username: account.username, role: account.role },
    expiresAt: expiresAt === null ? null : new Date(expiresAt).toISOString(),
    instance: {
      version: context.version,
      timezone: config.timezone,
      jobsEnabled: config.jobs.enabled,
      jobsStrictArgs: config.jobs.strictArgs,
      chatUrl: context.chatUrl,
      botUsername: telegram.state().botUsername,
    },
  }
}
