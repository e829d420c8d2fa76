import type { ConfigSources, Kamihi } from '@kamihi/core'
import type { Jobs } from '@kamihi/jobs'
import type { Change } from '@kamihi/store'
import type { FastifyRequest } from 'fastify'
import type { AccessChanges } from './auth/accessChanges.ts'
import type { BotCodes } from './auth/botCodes.ts'
import type { Guessing } from './auth/guessing.ts'
import { actorOf, type Principal } from './auth/principal.ts'
import type { Setup } from './auth/setup.ts'
import type { SignInLinks } from './auth/signInLinks.ts'
import type { Monitor } from './monitor/monitor.ts'
import { ApiProblem } from './refusals/problem.ts'

/** What every route works with. */
export interface ApiContext {
  kamihi: Kamihi
  jobs: Jobs
  setup: Setup
  guessing: Guessing
  botCodes: BotCodes
  signInLinks: SignInLinks
  accessChanges: AccessChanges
  version: string
  monitor: Monitor
  /** Where the configuration comes from; null when whoever started the bot did not tell. */
  configSources: ConfigSources | null
  /** Cookie of a session. */
  cookieName: string
  /** Cookie of the browser that waits for a code of the bot. */
  ticketCookieName: string
  https: boolean
  /** Where people reach the dashboard, e.g. `http://localhost:4242`. */
  url(): string
  /** Names of the machine: no password is made of them. */
  hostNames: readonly string[]
  /** Chat page of the emulator, while it is on. */
  chatUrl: string | null
  /** Prints a fresh set-up link on the console. */
  printSetupLink(): void
}

declare module 'fastify' {
  interface FastifyRequest {
    principal: Principal | null
  }
}

/** Who makes the request; only for routes that need credentials. */
export function principalIn(request: FastifyRequest): Principal {
  if (!request.principal) throw new ApiProblem('unauthenticated')
  return request.principal
}

/** Who changes something by this request, for the audit log. */
export function changeBy(context: ApiContext, request: FastifyRequest): Change {
  return {
    actor: actorOf(principalIn(request)),
    now: context.kamihi.clock.now(),
    ip: request.ip,
    requestId: request.id,
  }
}
