import { api, fieldIssue, type Session } from '@kamihi/contracts'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { accountOfCode, askForCode, canSendCodes, sendCode } from '../auth/botSignIn.ts'
import type { Principal } from '../auth/principal.ts'
import { cookieOptions, renewSession, type Signed, sessionOf, startSession } from '../auth/sessions.ts'
import { checkPassword, hashOfNew, refuseWaiting } from '../auth/signIn.ts'
import { accountOfLink } from '../auth/signInLinks.ts'
import { type ApiContext, changeBy, principalIn } from '../context.ts'
import { registerEndpoint } from '../http/registerEndpoint.ts'
import { ApiProblem } from '../refusals/problem.ts'

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
    if (require === 'bot') throw new ApiProblem('password_off', { issue: { kind: 'codes_only' } })
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
      throw new ApiProblem('bot_code_off', { issue: { kind: 'password_first' } })
    if (!canSendCodes(context))
      throw new ApiProblem('bot_code_off', {
        issue: { kind: 'no_codes_now' },
      })
    refuseWaiting(await context.guessing.tryFrom(request.ip, clock.now()))
    await sendCode(context, body.username, request, reply)
    return undefined
  })
  registerEndpoint(app, api.signInWithBotCode, async ({ body, request, reply }) => {
    const account = await accountOfCode(context, body.code, request, reply)
    return startSession(context, request, reply, account)
  })
  registerEndpoint(app, api.signInWithLink, async ({ body, request, reply }) =>
    startSession(context, request, reply, await accountOfLink(context, body.token, request)),
  )
}

function ownSessionRoutes(app: FastifyInstance, context: ApiContext): void {
  registerEndpoint(app, api.reauthenticate, async ({ body, request, reply }) => {
    if (context.kamihi.config.web.auth.require === 'bot')
      throw new ApiProblem('password_off', { issue: { kind: 'code_again' } })
    const { name } = principalIn(request)
    if (!(await checkPassword(context, { username: name, password: body.password }, request)))
      throw new ApiProblem('wrong_password', { errors: [fieldIssue('/password', { kind: 'is_wrong' })] })
    return renewSession(context, request, reply)
  })
  registerEndpoint(app, api.getSession, async ({ request }) => sessionBy(context, principalIn(request)))
  registerEndpoint(app, api.getEntrance, async ({ request }) => ({
    isSetUp: await context.kamihi.store.accounts.hasOwner(),
    session: request.principal && sessionBy(context, request.principal),
  }))
  registerEndpoint(app, api.signOut, async ({ request, reply }) => {
    const { id, session } = principalIn(request)
    if (session) await context.kamihi.store.sessions.end(id, session.id, changeBy(context, request))
    context.accessChanges.announce()
    reply.clearCookie(context.cookieName, cookieOptions(context, 0)).header('clear-site-data', '"storage"')
    return undefined
  })
}

const sessionBy = (context: ApiContext, { id, name, role, expiresAt, session }: Principal): Session =>
  sessionOf(context, { id, username: name, role }, { expiresAt, reauthAt: session?.reauthAt ?? null })

async function makeFirstOwner(
  context: ApiContext,
  body: { token: string; username: string; password: string },
  request: FastifyRequest,
): Promise<Signed> {
  const { store, clock } = context.kamihi
  if (await store.accounts.hasOwner()) throw new ApiProblem('setup_done')
  const verdict = context.setup.check(body.token, request.ip)
  if (verdict === 'limited') throw new ApiProblem('too_many_requests', { retryAfterSeconds: 60 })
  if (verdict === 'invalid')
    throw new ApiProblem('setup_token_invalid', {
      issue: { kind: 'newer_setup_link' },
    })
  const passwordHash = await hashOfNew(context, body.password, body.username, '/password')
  const actor = { kind: 'system', id: null, name: 'set-up' } as const
  const made = await store.accounts.createFirstOwner(
    { username: body.username, passwordHash },
    { actor, now: clock.now(), ip: request.ip, requestId: request.id },
  )
  if (made.kind === 'owner_exists') throw new ApiProblem('setup_done')
  context.setup.finish()
  return { ...made.account, passwordHash }
}
