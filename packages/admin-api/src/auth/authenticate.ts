import { api, type Endpoint } from '@kamihi/contracts'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { ApiContext } from '../context.ts'
import { ApiProblem } from '../refusals/problem.ts'
import { isOfTheApi } from '../security/apiPath.ts'
import { createStrangers } from '../security/strangers.ts'
import { freshMs } from './lifetimes.ts'
import { mayDo, type Principal, principalOf } from './principal.ts'
import { createRefusals } from './refusals.ts'

/** Finds out who makes each request, and refuses who may not: no credentials, too low a role, no fresh sign-in. */
export function authenticate(app: FastifyInstance, context: ApiContext): void {
  const { store, clock } = context.kamihi
  const refusals = createRefusals(context)
  const strangers = createStrangers(context)
  app.addHook('onRequest', async (request) => {
    const { endpoint, needsRole } = request.routeOptions.config
    const isApi = isOfTheApi(request)
    const role = endpoint?.role ?? needsRole ?? (isApi ? 'viewer' : 'public')
    if (role === 'public' && (!isApi || endpoint === api.setUp)) return
    const isSetUp = request.headers.authorization !== undefined || (await store.accounts.hasOwner())
    if (endpoint === api.getEntrance) {
      // Whoever is in is counted as themselves here, too, and not among the strangers of their address.
      if (isSetUp) request.principal = await principalOf(request, context)
      return
    }
    if (!isSetUp) throw new ApiProblem('setup_required')
    if (role === 'public') return
    const principal = await principalOf(request, context)
    if (!principal) throw strangers.refusal(request)
    request.principal = principal
    if (!mayDo(principal.role, role)) {
      await refusals.note(request, principal)
      throw new ApiProblem('forbidden', {
        issue: { kind: 'role_needed', needs: role, has: principal.role },
      })
    }
    checkSignIn(request, endpoint?.by ?? 'anybody', principal, clock.now())
  })
}

function checkSignIn(request: FastifyRequest, by: Endpoint['by'], { session }: Principal, now: number): void {
  if (by === 'anybody') return
  if (!session)
    throw new ApiProblem('session_required', {
      issue: { kind: 'token_may_not', method: request.method, path: request.routeOptions.url ?? '' },
    })
  if (by === 'fresh' && now - session.reauthAt > freshMs)
    throw new ApiProblem('reauth_required', {
      issue: { kind: 'sign_in_old', minutes: freshMs / 60_000 },
    })
}
