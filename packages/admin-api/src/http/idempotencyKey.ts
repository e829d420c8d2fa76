import { randomUUID } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { ApiProblem } from '../refusals/problem.ts'

/** What makes a request one and the same when it is sent again; one of its own where nothing is given. */
export function idempotencyKeyOf(request: FastifyRequest): string {
  const given = request.headers['idempotency-key']
  if (given === undefined) return randomUUID()
  if (typeof given === 'string' && given.length >= 1 && given.length <= 200) return given
  throw new ApiProblem('invalid_request', {
    errors: [{ path: 'Idempotency-Key', message: 'has to have 1 to 200 characters' }],
  })
}
