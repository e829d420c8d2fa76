import { silentLogger } from '@kamihi/core'
import Fastify from 'fastify'
import { describe, expect, it, vi } from 'vitest'
import { handleErrors } from '../../src/refusals/errorHandler.ts'

function serve() {
  const logger = { ...silentLogger(), error: vi.fn() }
  const app = Fastify()
  handleErrors(app, logger)
  app.post('/', async () => JSON.parse('what our own code reads, and is no JSON'))
  const ask = async (payload: string, headers = {}) => {
    const asked = { method: 'POST' as const, url: '/', payload }
    const answer = await app.inject({
      ...asked,
      headers: { 'content-type': 'application/json', ...headers },
    })
    return [answer.statusCode, answer.json().code]
  }
  return { ask, logger }
}

describe('an error', () => {
  it('of our own code is a failure of ours that is logged, also when it is one of syntax', async () => {
    const { ask, logger } = serve()
    expect(await ask('{}')).toEqual([500, 'internal'])
    expect(logger.error).toHaveBeenCalledOnce()
  })

  it.each([
    ['that is no JSON', '{', {}],
    ['that is empty', '', {}],
    ['with a key that poisons objects', '{"__proto__":{"isAdmin":true}}', {}],
    ['of another length than it says', '{}', { 'content-length': '1' }],
  ])('of a body %s is the fault of who sent it, and is not logged', async (_, payload, headers) => {
    const { ask, logger } = serve()
    expect(await ask(payload, headers)).toEqual([400, 'malformed_body'])
    expect(logger.error).not.toHaveBeenCalled()
  })
})
