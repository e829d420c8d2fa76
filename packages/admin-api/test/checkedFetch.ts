import { api, type Endpoint, Nothing, Problem } from '@kamihi/contracts'
import type { TSchema } from '@sinclair/typebox'
import Fastify from 'fastify'

type Validate = ((data: unknown) => boolean) & { errors?: object[] | null }

/** The validator of the server itself, for what the server answers. */
const compile = await new Promise<(schema: TSchema) => Validate>((resolve) => {
  const app = Fastify({
    ajv: { customOptions: { coerceTypes: false, useDefaults: false, removeAdditional: false } },
  })
  app.get('/', async (request) => {
    resolve((schema) => request.compileValidationSchema(schema as Record<string, unknown>) as Validate)
  })
  void app.inject('/')
})

const endpoints = Object.values(api as Record<string, Endpoint>)
const known = new Map<TSchema, Validate>()

/** `fetch` for a client of the API: an answer that is not what the table of endpoints says makes the test fail. */
export const checkedFetch: typeof fetch = async (input, init) => {
  const response = await fetch(input, init)
  const url = new URL(String(input))
  const endpoint = endpoints.find(
    ({ method, path }) => method === (init?.method ?? 'GET') && isAt(path, url.pathname),
  )
  if (!endpoint) return response
  if (response.ok) await check(response, endpoint, endpoint.response)
  else if (response.headers.get('content-type')?.startsWith('application/problem+json'))
    await check(response, endpoint, Problem)
  return response
}

const isAt = (path: string, pathname: string): boolean =>
  new RegExp(`^${path.replaceAll('.', '\\.').replace(/:\w+/g, '[^/]+')}$`).test(pathname)

async function check(response: Response, { method, path, status }: Endpoint, schema: TSchema): Promise<void> {
  const where = `${method} ${path}`
  if (response.ok && response.status !== status)
    throw new Error(`${where} answered ${response.status}, and the table says ${status}.`)
  if (schema === Nothing || response.status === 204) return
  const validate = known.get(schema) ?? compile(schema)
  known.set(schema, validate)
  if (validate(await response.clone().json())) return
  throw new Error(`${where} answered what its schema does not allow: ${JSON.stringify(validate.errors)}`)
}
