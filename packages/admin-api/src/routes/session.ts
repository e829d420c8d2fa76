import { api } from '@kamihi/contracts'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { accountOfCode, askForCode, canSendCodes, sendCode } from '../auth/botSignIn.ts'
import { renewSession, type Signed, sessionOf, startSession } from '../auth/sessions.ts'
import { checkPassword, hashOfNew, refuseWaiting } from '../auth/signIn.ts'
import { type ApiContext, changeBy, principalIn } from '../context.ts'
import { ApiProblem } from '../problem.ts'
import { registerEndpoint } from '../registerEndpoint.ts'

/** Set-up of the first owner, sign-in and sign-out. */
export function sessionRoutes(app: FastifyInstance, context: ApiContext): void {
  const { require } = context.kamihi.config.web.auth
  registerEndpoint(app, api.setUp, async ({ body, request, reply }) => {
    const owner = await makeFirstOwner(context, body, request)
    return startSession(context, request, reply, owner)
  })
  registerEndpoint(app, api.signInOptions, async () => ({
    require,
    botCode: require !== 'password+bot' && canSendCodes(context),
  }))
  registerEndpoint(app, api.signIn, async ({ body, request, reply }) => {
    if (require === 'bot')
      throw new ApiProblem('password_off', { detail: 'Ask for a code of the bot (web.auth.require is bot).' })
    const account = await checkPassword(context, body, request)
    if (!account) throw new ApiProblem('invalid_credentials')
    if (require === 'password+bot') return askForCode(context, account, request, reply)
    return startSession(context, request, reply, account)
  })
  botRoutes(app, context)
  ownSessionRoutes(app, context)
}

function botRoutes(app: FastifyInstance, context: ApiContext): void {
  const { clock, config } = context.kamihi
  registerEndpoint(app, api.requestBotCode, async ({ body, request, reply }) => {
    if (config.web.auth.require === 'password+bot')
      throw new ApiProblem('bot_code_off', { detail: 'Sign in with your password first; the code follows.' })
    if (!canSendCodes(context))
      throw new ApiProblem('bot_code_off', {
        detail: 'web.auth.bot_code is off, or the bot is not connected to Telegram.',
      })
    refuseWaiting(context.guessing.tryFrom(request.ip, clock.now()))
    await sendCode(context, body.username, request, reply)
    return undefined
  })
  registerEndpoint(app, api.signInWithBotCode, async ({ body, request, reply }) => {
    const account = await accountOfCode(context, body.code, request, reply)
    return startSession(context, request, reply, account)
  })
}

function ownSessionRoutes(app: FastifyInstance, context: ApiContext): void {
  registerEndpoint(app, api.reauthenticate, async ({ body, request, reply }) => {
    if (context.kamihi.config.web.auth.require === 'bot')
      throw new ApiProblem('password_off', { detail: 'Sign in once more with a code of the bot.' })
    const { name } = principalIn(request)
    if (!(await checkPassword(context, { username: name, password: body.password }, request)))
      throw new ApiProblem('wrong_password', { errors: [{ path: '/password', message: 'is wrong' }] })
    return renewSession(context, request, reply)
  })
  registerEndpoint(app, api.getSession, async ({ request }) => {
    const { id, name, role, expiresAt, session } = principalIn(request)
    return sessionOf(
      context,
      { id, username: name, role },
      { expiresAt, reauthAt: session?.reauthAt ?? null },
    )
  })
  registerEndpoint(app, api.signOut, async ({ request, reply }) => {
    const { id, session } = principalIn(request)
    if (session) await context.kamihi.store.sessions.end(id, session.id, changeBy(context, request))
    context.accessChanges.announce()
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
  const passwordHash = await hashOfNew(context, body.password, body.username, '/password')
  const actor = { kind: 'system', id: null, name: 'set-up' } as const
  const made = await store.accounts.createFirstOwner(
    { username: body.username, passwordHash },
    { actor, now: clock.now(), ip: request.ip, requestId: request.id },
  )
  if (made.kind === 'owner_exists') throw new ApiProblem('setup_done')
  context.setup.finish()
  return made.account
}
