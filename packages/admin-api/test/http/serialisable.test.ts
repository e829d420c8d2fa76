import { Instant, Nullable, OneOf } from '@kamihi/contracts'
import { Type } from '@sinclair/typebox'
import Fastify from 'fastify'
import { describe, expect, it } from 'vitest'
import { serialisable } from '../../src/http/serialisable.ts'

describe('a schema made for its serialiser', () => {
  it('writes the same as JSON, with null where there is nothing', async () => {
    const schema = Type.Object({
      name: Nullable(Type.String()),
      at: Nullable(Instant),
      state: Nullable(OneOf(['on', 'off'])),
      inner: Nullable(Type.Object({ n: Nullable(Type.Integer()) })),
      list: Nullable(Type.Array(Nullable(Type.Boolean()))),
      either: Type.Union([Type.String(), Type.Integer()]),
    })
    const empty = { name: null, at: null, state: null, inner: null, list: null, either: 1 }
    const full = {
      name: 'é"',
      at: '2026-11-24T08:00:00.000Z',
      state: 'on',
      inner: { n: null },
      list: [null, true],
      either: 'x',
    }
    const app = Fastify()
    app.get('/', { schema: { response: { 200: serialisable(Type.Array(schema)) } } }, async () => [
      empty,
      full,
    ])
    expect((await app.inject('/')).json()).toEqual([empty, full])
  })

  it('leaves out what it does not name', async () => {
    const app = Fastify()
    const schema = serialisable(Nullable(Type.Object({ shown: Type.Integer() })))
    app.get('/', { schema: { response: { 200: schema } } }, async () => ({ shown: 1, hidden: 2 }))
    expect((await app.inject('/')).json()).toEqual({ shown: 1 })
  })
})
