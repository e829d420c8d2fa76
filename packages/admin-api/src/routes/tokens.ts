import { api } from '@kamihi/contracts'
import type { FastifyInstance } from 'fastify'
import { newApiToken, prefixOfToken, sha256 } from '../auth/secrets.ts'
import { bulkBodyLimit, changed, changeEach, idsOf, unchanged } from '../bulk.ts'
import { type ApiContext, changeBy, principalIn } from '../context.ts'
import { registerEndpoint } from '../http/registerEndpoint.ts'
import { checkFound } from '../refusals/saved.ts'

const dayMs = 86_400_000
const defaultDays = 365

/** API tokens: the secret is in the answer that makes it, and nowhere else. */
export function tokenRoutes(app: FastifyInstance, context: ApiContext): void {
  const { store } = context.kamihi
  registerEndpoint(app, api.listTokens, ({ query }) => store.tokens.list(query))
  registerEndpoint(app, api.createToken, async ({ body, request }) => {
    const { name, role, expiresInDays = defaultDays } = body
    const change = changeBy(context, request)
    const secret = newApiToken()
    const token = await store.tokens.create(
      {
        name,
        role,
        prefix: prefixOfToken(secret),
        hash: sha256(secret),
        expiresAt: expiresInDays === null ? null : change.now + expiresInDays * dayMs,
        creatorId: principalIn(request).id,
      },
      change,
    )
    return { token, secret }
  })
  registerEndpoint(app, api.revokeToken, async ({ params, request }) => {
    checkFound(await store.tokens.revoke(params.id, changeBy(context, request)), 'token')
    context.accessChanges.announce()
    return undefined
  })
  registerEndpoint(
    app,
    api.changeTokens,
    async ({ body: { verb: _, ...target }, request }) => {
      const change = changeBy(context, request)
      const revoke = async (id: string) => ((await store.tokens.revoke(id, change)) ? changed : unchanged)
      return changeEach(await idsOf(target, store.tokens.matching), revoke, (ids) => {
        if (ids.length > 0) context.accessChanges.announce()
      })
    },
    { bodyLimit: bulkBodyLimit },
  )
}
