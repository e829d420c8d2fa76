import type { Readable } from 'node:stream'
import type { BodyOf, Endpoint, ParamsOf, QueryOf, ResponseOf } from '@kamihi/contracts'
import { Download, Nothing } from '@kamihi/contracts'
import type { TSchema } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { refuseBoundlessJson } from './jsonBody.ts'
import { serialisable } from './serialisable.ts'

export interface Call<E extends Endpoint> {
  params: ParamsOf<E>
  query: QueryOf<E>
  body: BodyOf<E>
  request: FastifyRequest
  reply: FastifyReply
}

/** What a handler answers with: a file as the stream of its text, anything else as it is. */
type AnswerOf<E extends Endpoint> = ResponseOf<E> extends Download ? Readable : ResponseOf<E>

export type Handler<E extends Endpoint> = (call: Call<E>) => Promise<AnswerOf<E>>

/** Registers an endpoint of the table: its schemas validate what comes in and serialise what goes out. */
export function registerEndpoint<E extends Endpoint>(
  app: FastifyInstance,
  endpoint: E,
  handler: Handler<E>,
  { bodyLimit }: { bodyLimit?: number } = {},
): void {
  app.route({
    method: endpoint.method,
    url: endpoint.path,
    config: { endpoint },
    ...(bodyLimit === undefined ? {} : { bodyLimit }),
    schema: {
      ...(endpoint.params === Nothing ? {} : { params: endpoint.params }),
      ...(endpoint.query === Nothing ? {} : { querystring: endpoint.query }),
      ...(endpoint.body === Nothing ? {} : { body: endpoint.body }),
      ...(endpoint.response === Nothing || endpoint.response === Download
        ? {}
        : { response: { [endpoint.status]: serialisable(endpoint.response) } }),
    },
    // A query string holds only text: numbers and booleans are read from it before it is checked.
    preValidation: async (request) => {
      // Whoever has nothing to say about what is optional need not send an empty object.
      if (endpoint.body !== Nothing) {
        request.body ??= {}
        refuseBoundlessJson(request.body)
      }
      if (endpoint.query !== Nothing)
        request.query = Value.Convert(endpoint.query, splitLists(endpoint.query, request.query))
    },
    handler: async (request, reply) => {
      reply.status(endpoint.status)
      const { params, query, body } = request as Pick<Call<E>, 'params' | 'query' | 'body'>
      return handler({ params, query, body, request, reply })
    },
  })
}

/** Where a query takes several words, they come as one text with commas. */
function splitLists({ properties = {} }: TSchema, query: unknown): unknown {
  const given = Object.entries(query as Record<string, unknown>)
  return Object.fromEntries(
    given.map(([name, value]) => [
      name,
      typeof value === 'string' && properties[name]?.type === 'array' ? value.split(',') : value,
    ]),
  )
}

declare module 'fastify' {
  interface FastifyContextConfig {
    endpoint?: Endpoint
  }
}
