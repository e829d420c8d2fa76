import { type Account, api } from '@kamihi/contracts'
import type { FastifyInstance } from 'fastify'
import { issueLink, linkMs } from '../auth/accountLinks.ts'
import { lifetimesOf } from '../auth/lifetimes.ts'
import { sha256 } from '../auth/secrets.ts'
import { forgetSent } from '../auth/sentTo.ts'
import { hashOfNew, refuseWaiting } from '../auth/signIn.ts'
import { type ApiContext, changeBy } from '../context.ts'
import { registerEndpoint } from '../http/registerEndpoint.ts'
import { ApiProblem } from '../refusals/problem.ts'
import { checkFound, checkRemoved, found, savedValue } from '../refusals/saved.ts'

/** Who may sign in: owners add people by invitation, and take their access away. */
export function accountRoutes(app: FastifyInstance, context: ApiContext): void {
  const { store } = context.kamihi
  registerEndpoint(app, api.listAccounts, ({ query }) => store.accounts.list(query))
  registerEndpoint(app, api.getAccount, async ({ params }) =>
    found(await store.accounts.get(params.id), 'account'),
  )
  registerEndpoint(app, api.createAccount, async ({ body, request }) => {
    const change = changeBy(context, request)
    const account = savedValue(
      await store.accounts.create({ ...body, passwordHash: null }, change),
      'account',
    )
    return { account, link: await linkFor(context, account, change) }
  })
  registerEndpoint(app, api.updateAccount, async ({ params, body: { version, ...patch }, request }) => {
    const outcome = await store.accounts.update(params.id, version, patch, changeBy(context, request))
    context.accessChanges.announce()
    return savedValue(outcome, 'account')
  })
  registerEndpoint(app, api.deleteAccount, async ({ params, request }) => {
    checkRemoved(await store.accounts.remove(params.id, changeBy(context, request)), 'account')
    context.accessChanges.announce()
    return undefined
  })
  registerEndpoint(app, api.createAccountLink, async ({ params, request }) => {
    const account = found(await store.accounts.get(params.id), 'account')
    const link = await linkFor(context, account, changeBy(context, request))
    context.accessChanges.announce()
    return link
  })
  sessionsOfOthers(app, context)
  linkRoutes(app, context)
}

function sessionsOfOthers(app: FastifyInstance, context: ApiContext): void {
  const { store, clock, config } = context.kamihi
  registerEndpoint(app, api.listAccountSessions, async ({ params, request }) => {
    found(await store.accounts.get(params.id), 'account')
    const open = await store.sessions.list(params.id, clock.now(), lifetimesOf(config).idleMs)
    const current = request.principal?.session?.id
    return { items: open.map((session) => ({ ...session, current: session.id === current })) }
  })
  registerEndpoint(app, api.endAccountSessions, async ({ params, request }) => {
    found(await store.accounts.get(params.id), 'account')
    const ended = await store.sessions.endAll(params.id, changeBy(context, request))
    forgetSent(context, params.id)
    context.accessChanges.announce()
    return { ended }
  })
  registerEndpoint(app, api.endAccountSession, async ({ params, request }) => {
    const ended = await store.sessions.end(params.id, params.sessionId, changeBy(context, request))
    checkFound(ended, 'session')
    context.accessChanges.announce()
    return undefined
  })
}

/** What the holder of a link does with it, before they can sign in. */
function linkRoutes(app: FastifyInstance, context: ApiContext): void {
  const { store, clock } = context.kamihi
  const linkOf = async (token: string, ip: string) => {
    refuseWaiting(await context.guessing.tryFrom(ip, clock.now()))
    const link = await store.accountLinks.find(sha256(token), clock.now())
    if (!link) throw linkInvalid()
    return link
  }
  registerEndpoint(app, api.lookAtLink, async ({ body, request }) => {
    const { kind, account, expiresAt } = await linkOf(body.token, request.ip)
    return { kind, username: account.username, expiresAt: new Date(expiresAt).toISOString() }
  })
  registerEndpoint(app, api.acceptLink, async ({ body, request }) => {
    const { account } = await linkOf(body.token, request.ip)
    const hash = await hashOfNew(context, body.password, account.username, '/password')
    const actor = { kind: 'account', id: account.id, name: account.username } as const
    const change = { actor, now: clock.now(), ip: request.ip, requestId: request.id }
    const accepted = await store.accountLinks.accept(sha256(body.token), hash, change)
    if (!accepted) throw linkInvalid()
    context.accessChanges.announce()
    return { username: accepted.username }
  })
}

/** Who has no password is invited; who has one gets a new one. */
async function linkFor(
  context: ApiContext,
  { id, hasPassword }: Account,
  change: ReturnType<typeof changeBy>,
) {
  const kind = hasPassword ? 'reset' : 'invite'
  const link = { accountId: id, kind, lifetimeMs: linkMs[kind] } as const
  return found(await issueLink(context.kamihi.store, context.url(), link, change), 'account')
}

const linkInvalid = () =>
  new ApiProblem('link_invalid', {
    issue: { kind: 'used_link' },
  })
