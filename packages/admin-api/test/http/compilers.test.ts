import { Type } from '@sinclair/typebox'
import Fastify, { type FastifyInstance } from 'fastify'
import { describe, expect, it } from 'vitest'
import { compilersOnDemand } from '../../src/http/compilers.ts'

/** How often a schema was looked at. */
function watched<T extends object>(schema: T): { schema: T; looks: () => number } {
  let looks = 0
  const get = (target: T, key: string | symbol) => {
    if (key === 'properties') looks += 1
    return Reflect.get(target, key)
  }
  return { schema: new Proxy(schema, { get }), looks: () => looks }
}

const Body = Type.Object({ n: Type.Integer() }, { additionalProperties: false })

async function serverWith(body: object, response: object): Promise<FastifyInstance> {
  const app = Fastify({ schemaController: { compilersFactory: compilersOnDemand } })
  app.post('/', { schema: { body, response: { 200: response } } }, async () => ({ n: 1, secret: 'x' }))
  await app.ready()
  return app
}
const send = (app: FastifyInstance, payload: object) => app.inject({ method: 'POST', url: '/', payload })

describe('a schema of an endpoint', () => {
  it('is compiled when the endpoint is first asked, and not for the next server again', async () => {
    const [body, response] = [watched(Body), watched(Type.Object({ n: Type.Integer() }))]
    const first = await serverWith(body.schema, response.schema)
    const before = [body.looks(), response.looks()]
    expect((await send(first, { n: 1 })).json()).toEqual({ n: 1 })
    const after = [body.looks(), response.looks()]
    expect(after.every((looks, which) => looks > Number(before[which]))).toBe(true)
    const next = await serverWith(body.schema, response.schema)
    const begun = [body.looks(), response.looks()]
    expect((await send(next, { n: 2 })).json()).toEqual({ n: 1 })
    expect([body.looks(), response.looks()]).toEqual(begun)
  })

  it('refuses each request for what is wrong with it', async () => {
    const app = await serverWith(Body, Type.Object({}))
    const messages = await Promise.all(
      [{ n: 'x' }, {}, { n: 1 }].map(async (payload) => (await send(app, payload)).json().message),
    )
    expect(messages).toEqual(['body/n must be integer', "body must have required property 'n'", undefined])
  })
})
