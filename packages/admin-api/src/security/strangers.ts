import type { FastifyRequest } from 'fastify'
import { prefixOf } from '../auth/addressPrefix.ts'
import type { ApiContext } from '../context.ts'
import { ApiProblem } from '../refusals/problem.ts'
import { tooMany, windowMs } from './rate.ts'

const remembered = 1000

/** Counts those who ask without credentials by where they come from. Who has credentials is never held up by them. */
export function createStrangers({ kamihi: { config, clock } }: ApiContext) {
  const most = config.web.rateLimit
  const counted = new Map<string, { since: number; times: number }>()
  return {
    /** Why the request is refused: it has to sign in, or came too often. */
    refusal(request: FastifyRequest): ApiProblem {
      const now = clock.now()
      const place = prefixOf(request.ip)
      const known = counted.get(place)
      const { since, times } = known && now - known.since < windowMs ? known : { since: now, times: 0 }
      if (counted.size >= remembered) counted.clear()
      counted.set(place, { since, times: times + 1 })
      if (most === 0 || times < most) return new ApiProblem('unauthenticated')
      return tooMany(since + windowMs - now)
    },
  }
}
