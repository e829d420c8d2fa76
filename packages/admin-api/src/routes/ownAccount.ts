import { api, fieldIssue } from '@kamihi/contracts'
import type { FastifyInstance } from 'fastify'
import { lifetimesOf } from '../auth/lifetimes.ts'
import { forgetSent } from '../auth/sentTo.ts'
import { startSession } from '../auth/sessions.ts'
import { checkPassword, hashOfNew } from '../auth/signIn.ts'
import { type ApiContext, changeBy, principalIn } from '../context.ts'
import { registerEndpoint } from '../http/registerEndpoint.ts'
import { ApiProblem } from '../refusals/problem.ts'
import { checkFound, found } from '../refusals/saved.ts'

/** The account that is signed in: its password and where it is signed in. */
export function ownAccountRoutes(app: FastifyInstance, context: ApiContext): void {
  const { store, clock, config } = context.kamihi
  registerEndpoint(app, api.getOwnAccount, async ({ request }) =>
    found(await store.accounts.get(principalIn(request).id), 'account'),
  )
  registerEndpoint(app, api.changeOwnPassword, async ({ body, request, reply }) => {
    const { id, name, role } = principalIn(request)
    const credentials = { username: name, password: body.currentPassword }
    const account = await checkPassword(context, credentials, request)
    if (!account) throw wrongPassword()
    const passwordHash = await hashOfNew(context, body.newPassword, name, '/newPassword')
    const old = account.passwordHash ?? ''
    // Whoever was given another one meanwhile does not lose it to who knew the old one.
    if (!(await store.accounts.setPassword(id, passwordHash, changeBy(context, request), old)))
      throw wrongPassword()
    return startSession(context, request, reply, { id, username: name, role, passwordHash })
  })
  registerEndpoint(app, api.listOwnSessions, async ({ request }) => {
    const { id, session: own } = principalIn(request)
    const open = await store.sessions.list(id, clock.now(), lifetimesOf(config).idleMs)
    return { items: open.map((session) => ({ ...session, current: session.id === own?.id })) }
  })
  registerEndpoint(app, api.endOtherSessions, async ({ request }) => {
    const { id, session } = principalIn(request)
    const ended = await store.sessions.endAll(id, changeBy(context, request), session?.id)
    forgetSent(context, id)
    context.accessChanges.announce()
    return { ended }
  })
  registerEndpoint(app, api.endOwnSession, async ({ params, request }) => {
    const ended = await store.sessions.end(principalIn(request).id, params.id, changeBy(context, request))
    checkFound(ended, 'session')
    context.accessChanges.announce()
    return undefined
  })
}

const wrongPassword = () =>
  new ApiProblem('wrong_password', { errors: [fieldIssue('/currentPassword', { kind: 'is_wrong' })] })
