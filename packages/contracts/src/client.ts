import type { Static } from '@sinclair/typebox'
import { type Api, api, type EndpointName } from './api.ts'
import type { Download, Endpoint } from './endpoint.ts'
import type { Problem } from './errorCodes.ts'

/** The server answered no. `problem.code` tells why; see docs/reference/errors.md. */
export class ApiError extends Error {
  readonly problem: Problem
  readonly retryAfterSeconds: number | null
  constructor(problem: Problem, retryAfterSeconds: number | null) {
    super(problem.detail ?? problem.title)
    this.name = 'ApiError'
    this.problem = problem
    this.retryAfterSeconds = retryAfterSeconds
  }
}

/** Nobody answered: the network or the server is away. */
export class ConnectionError extends Error {
  constructor(cause: unknown) {
    super('The server cannot be reached.', { cause })
    this.name = 'ConnectionError'
  }
}

export interface ClientOptions {
  /** e.g. `http://localhost:4242`; empty in a browser on the same origin. */
  baseUrl?: string
  /** API token of `kamihi token create`; in a browser the session cookie is used instead. */
  token?: string | undefined
  fetch?: typeof fetch
}

type Part<K extends string, S> = S extends undefined
  ? { [P in K]?: undefined }
  : Record<never, never> extends S
    ? { [P in K]?: S }
    : { [P in K]: S }
type Input<E extends Endpoint> = Part<'params', Static<E['params']>> &
  Part<'query', Static<E['query']>> &
  Part<'body', Static<E['body']>> & {
    headers?: Record<string, string>
    signal?: AbortSignal
  }
type Call<E extends Endpoint> =
  Record<never, never> extends Omit<Input<E>, 'headers' | 'signal'>
    ? (input?: Input<E>) => Promise<Static<E['response']>>
    : (input: Input<E>) => Promise<Static<E['response']>>

export type Client = { [N in EndpointName]: Call<Api[N]> }

/**
 * A client with one function for each endpoint.
 * @throws ApiError when the server refuses, ConnectionError when it does not answer.
 */
export function createClient(options: ClientOptions = {}): Client {
  const entries = Object.entries(api).map(([name, endpoint]) => [
    name,
    (input: LooseInput = {}) => call(options, endpoint, input),
  ])
  return Object.fromEntries(entries) as Client
}

interface LooseInput {
  params?: Record<string, unknown> | undefined
  query?: Record<string, unknown> | undefined
  body?: unknown
  headers?: Record<string, string>
  signal?: AbortSignal
}

async function call(options: ClientOptions, endpoint: Endpoint, input: LooseInput): Promise<unknown> {
  const send = options.fetch ?? fetch
  const fail = (cause: unknown): never => {
    if (input.signal?.aborted) throw cause
    throw new ConnectionError(cause)
  }
  const url = urlOf(options.baseUrl ?? '', endpoint, input)
  const response = await send(url, requestOf(options, endpoint, input)).catch(fail)
  if (!response.ok) throw await refusalOf(response)
  // What breaks off, or is no answer of ours, is none: nobody may take a part for the whole.
  return contentOf(response).catch(fail)
}

/** What an answer holds, by what came, not by the schema: browsers may be given the table without its schemas. */
async function contentOf(response: Response): Promise<unknown> {
  if (response.headers.get('content-disposition')?.startsWith('attachment')) return downloadOf(response)
  return response.status === 204 ? undefined : response.json()
}

async function downloadOf(response: Response): Promise<Download> {
  const [, name = 'export'] =
    /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '') ?? []
  return { name, blob: await response.blob() }
}

function urlOf(baseUrl: string, endpoint: Endpoint, input: LooseInput): string {
  const path = endpoint.path.replace(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent(String(input.params?.[name])),
  )
  const given = Object.entries(input.query ?? {}).filter(([, value]) => value !== undefined && value !== null)
  const query = new URLSearchParams(
    Object.fromEntries(given.map(([name, value]) => [name, String(value)])),
  ).toString()
  return `${baseUrl}${path}${query ? `?${query}` : ''}`
}

function requestOf(options: ClientOptions, endpoint: Endpoint, input: LooseInput): RequestInit {
  const hasBody = input.body !== undefined
  return {
    method: endpoint.method,
    headers: {
      accept: 'application/json',
      ...(hasBody ? { 'content-type': 'application/json' } : {}),
      ...(options.token ? { authorization: `Bearer ${options.token}` } : {}),
      ...input.headers,
    },
    ...(hasBody ? { body: JSON.stringify(input.body) } : {}),
    ...(input.signal ? { signal: input.signal } : {}),
  }
}

async function refusalOf(response: Response): Promise<ApiError> {
  const retryAfter = Number(response.headers.get('retry-after'))
  const body = (await response.json().catch(() => null)) as Partial<Problem> | null
  // What stands before the server may refuse too, and in its own words.
  const problem = typeof body?.code === 'string' ? (body as Problem) : strangeRefusal(response)
  return new ApiError(problem, retryAfter > 0 ? retryAfter : null)
}

const strangeRefusal = ({ status }: Response): Problem => ({
  type: 'about:blank',
  title: `HTTP ${status}`,
  status,
  code: 'internal',
})
