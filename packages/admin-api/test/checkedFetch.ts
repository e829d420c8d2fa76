import { api, Download, type Endpoint, Nothing, Problem } from '@kamihi/contracts'
import type { TSchema } from '@sinclair/typebox'
import Fastify from 'fastify'
import { problemsOf } from '../src/openapi/problems.ts'

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

const endpoints = Object.entries(api as Record<string, Endpoint>)
const known = new Map<TSchema, Validate>()

/** `fetch` of the API: an answer that is not what the table of endpoints says, or a refusal that its description does not name, makes the test fail. */
export const checkedFetch: typeof fetch = async (input, init) => {
  const response = await fetch(input, init)
  const url = new URL(String(input))
  // A path that is written out wins over one with a parameter, as it does at the server.
  const [found] = endpoints
    .filter(([, { method, path }]) => method === (init?.method ?? 'GET') && isAt(path, url.pathname))
    .sort(([, a], [, b]) => a.path.split(':').length - b.path.split(':').length)
  if (!found) return response
  const [name, endpoint] = found
  if (response.ok) await check(response, endpoint, endpoint.response)
  else if (response.headers.get('content-type')?.startsWith('application/problem+json')) {
    await check(response, endpoint, Problem)
    await checkCode(response, name, endpoint)
  }
  return response
}

async function checkCode(response: Response, name: string, endpoint: Endpoint): Promise<void> {
  const { code } = (await response.clone().json()) as Problem
  if (code === 'internal' || problemsOf(name, endpoint).includes(code)) return
  throw new Error(
    `${name} was refused with ${code}, which its description (openapi/problems.ts) does not name.`,
  )
}

const isAt = (path: string, pathname: string): boolean =>
  new RegExp(`^${path.replaceAll('.', '\\.').replace(/:\w+/g, '[^/]+')}$`).test(pathname)

async function check(response: Response, { method, path, status }: Endpoint, schema: TSchema): Promise<void> {
  const where = `${method} ${path}`
  if (response.ok && response.status !== status)
    throw new Error(`${where} answered ${response.status}, and the table says ${status}.`)
  if (schema === Nothing || schema === Download || response.status === 204) return
  const validate = known.get(schema) ?? compile(schema)
  known.set(schema, validate)
  if (validate(await response.clone().json())) return
  throw new Error(`${where} answered what its schema does not allow: ${JSON.stringify(validate.errors)}`)
}
