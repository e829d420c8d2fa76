import {
  api,
  Download,
  type Endpoint,
  type ErrorCode,
  errorCodes,
  eventsPath,
  LiveEvent,
  Nothing,
  Problem,
} from '@kamihi/contracts'
import type { TObject, TSchema } from '@sinclair/typebox'
import { freshMs } from '../auth/lifetimes.ts'
import { metricsPath } from '../routes/metrics.ts'
import { bodyExamples } from './examples.ts'
import { problemsOf } from './problems.ts'
import { tagOf, tags } from './tags.ts'

const introduction = `JSON in camelCase; instants are ISO 8601 in UTC with milliseconds, ids are strings. A refusal is
\`application/problem+json\` with a stable \`code\`. An edit carries the \`version\` that it was made from, and is refused with
\`version_conflict\` when somebody was faster.`

const security = [{ token: [] }, { session: [] }]

/** The API as OpenAPI 3.1, made from the endpoint table. */
export function openApiDocument(version: string): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const [name, endpoint] of Object.entries(api)) {
    const path = endpoint.path.replace(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [endpoint.method.toLowerCase()]: operation(name, endpoint) }
  }
  paths[eventsPath] = { get: eventsOperation() }
  paths[metricsPath] = { get: metricsOperation() }
  return plain({
    openapi: '3.1.0',
    info: {
      title: 'Kamihi',
      version,
      description: introduction,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/', description: 'This bot' }],
    tags,
    paths,
    components: {
      schemas: { Problem },
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'Made with `kamihi token create`' },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'kamihi_<port>',
          description: 'Set by signing in; over https it is called `__Host-kamihi`',
        },
      },
    },
  })
}

function operation(operationId: string, endpoint: Endpoint): Record<string, unknown> {
  const example = bodyExamples[operationId as keyof typeof bodyExamples]
  return {
    operationId,
    tags: [tagOf(endpoint.path)],
    summary: endpoint.summary,
    description: whoMay(endpoint),
    security: endpoint.role === 'public' ? [] : security,
    parameters: [...parameters('path', endpoint.params), ...parameters('query', endpoint.query)],
    ...(endpoint.body === Nothing
      ? {}
      : { requestBody: { required: needsFields(endpoint.body), content: json(endpoint.body, example) } }),
    responses: {
      [endpoint.status]: {
        description: 'Done',
        ...(endpoint.response === Nothing ? {} : { content: contentOf(endpoint.response) }),
      },
      ...refusals(problemsOf(operationId, endpoint)),
      default: refusal('Refused, or failed'),
    },
  }
}

const fresh = ` and a sign-in of the last ${freshMs / 60_000} minutes; an API token does not do`
const session = ' and a person who signed in; an API token does not do'

function whoMay({ role, by }: Endpoint): string {
  if (role === 'public') return 'Needs no credentials.'
  return `Needs the role ${role}${by === 'fresh' ? fresh : by === 'session' ? session : ''}.`
}

/** Answers by status, each with the codes that it may carry. */
function refusals(codes: ErrorCode[]): Record<string, object> {
  const statuses = [...new Set(codes.map((code) => errorCodes[code].status))].sort()
  return Object.fromEntries(
    statuses.map((status) => {
      const words = codes
        .filter((code) => errorCodes[code].status === status)
        .map((code) => `\`${code}\`: ${errorCodes[code].title}`)
      return [status, refusal(words.join(' '))]
    }),
  )
}

const refusal = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
})

const needsFields = ({ required = [] }: TSchema & { required?: string[] }): boolean => required.length > 0

function parameters(where: 'path' | 'query', schema: TSchema): object[] {
  if (schema === Nothing) return []
  const { properties, required = [] } = schema as TObject
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: where,
    required: required.includes(name),
    ...(property.description === undefined ? {} : { description: property.description }),
    schema: property,
  }))
}

function eventsOperation(): Record<string, unknown> {
  return {
    operationId: 'events',
    tags: ['System'],
    summary: 'Live events as server-sent events',
    description:
      'Needs the role viewer. `Last-Event-ID` resumes; `resync` says that too much was missed for that.',
    security,
    responses: {
      200: {
        description: 'A stream that does not end',
        content: { 'text/event-stream': { schema: LiveEvent } },
      },
      ...refusals(['unauthenticated', 'setup_required', 'unavailable']),
    },
  }
}

function metricsOperation(): Record<string, unknown> {
  return {
    operationId: 'metrics',
    tags: ['System'],
    summary: 'Metrics for Prometheus',
    description: 'Needs the role viewer, unless `web.metrics_public` is on.',
    security,
    responses: {
      200: { description: 'Text format 0.0.4', content: { 'text/plain': { schema: { type: 'string' } } } },
      ...refusals(['unauthenticated', 'setup_required']),
    },
  }
}

/** A file is JSON or CSV, whichever was asked for. */
const contentOf = (schema: TSchema) =>
  schema === Download
    ? { 'application/json': { schema: { type: 'array' } }, 'text/csv': { schema: { type: 'string' } } }
    : json(schema)

const json = (schema: TSchema, example?: object) => ({
  'application/json': { schema, ...(example ? { example } : {}) },
})

/** Drops what is no JSON: the symbols by which TypeBox knows its schemas. */
const plain = (value: object): Record<string, unknown> =>
  JSON.parse(JSON.stringify(value)) as Record<string, unknown>
