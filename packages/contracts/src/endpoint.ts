import { type Static, type TSchema, Type } from '@sinclair/typebox'
import type { AccessRole } from './session.ts'

export type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE'

/** One endpoint of the API: the server registers it, OpenAPI describes it and the client calls it from this alone. */
export interface Endpoint {
  readonly method: Method
  /** Path with `:name` parameters, e.g. `/api/v1/jobs/:id`. */
  readonly path: string
  readonly summary: string
  /** Who may call it; `public` needs no credentials. */
  readonly role: AccessRole | 'public'
  /** `session`: a person who signed in; `fresh`: who did so in the last 15 minutes. Default: an API token may do it too. */
  readonly by: 'anybody' | 'session' | 'fresh'
  readonly status: number
  readonly params: TSchema
  readonly query: TSchema
  readonly body: TSchema
  readonly response: TSchema
}

/** Where the API lives. */
export const v1 = '/api/v1'

export const Nothing = Type.Undefined()

/** A file that came for an answer. */
export interface Download {
  name: string
  blob: Blob
}

/** The answer is a file: CSV or JSON, as was asked for. */
export const Download = Type.Unsafe<Download>(Type.String({ format: 'binary' }))

type Given = Pick<Endpoint, 'method' | 'path' | 'summary' | 'role'> &
  Partial<Pick<Endpoint, 'by' | 'status' | 'params' | 'query' | 'body' | 'response'>>

type Filled<E extends Given> = Omit<E, 'by' | 'params' | 'query' | 'body' | 'response' | 'status'> & {
  readonly by: Endpoint['by']
  readonly status: number
  readonly params: E['params'] extends TSchema ? E['params'] : typeof Nothing
  readonly query: E['query'] extends TSchema ? E['query'] : typeof Nothing
  readonly body: E['body'] extends TSchema ? E['body'] : typeof Nothing
  readonly response: E['response'] extends TSchema ? E['response'] : typeof Nothing
}

/** Declares an endpoint; what is left out means "none". `status` defaults to 200. */
export function endpoint<const E extends Given>(given: E): Filled<E> {
  return {
    by: 'anybody',
    status: 200,
    params: Nothing,
    query: Nothing,
    body: Nothing,
    response: Nothing,
    ...given,
  } as unknown as Filled<E>
}

export type ParamsOf<E extends Endpoint> = Static<E['params']>
export type QueryOf<E extends Endpoint> = Static<E['query']>
export type BodyOf<E extends Endpoint> = Static<E['body']>
export type ResponseOf<E extends Endpoint> = Static<E['response']>
