import { api, type Endpoint, errorCodes, eventsPath, LiveEvent, Nothing, Problem } from '@kamihi/contracts'
import type { TObject, TSchema } from '@sinclair/typebox'

/** The API as OpenAPI 3.1, made from the endpoint table. */
export function openApiDocument(version: string): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const [name, endpoint] of Object.entries(api)) {
    const path = endpoint.path.replace(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [endpoint.method.toLowerCase()]: operation(name, endpoint) }
  }
  paths[eventsPath] = { get: eventsOperation() }
  return plain({
    openapi: '3.1.0',
    info: { title: 'Kamihi', version, license: { name: 'MIT', identifier: 'MIT' } },
    paths,
    components: {
      schemas: { Problem, ErrorCode: { type: 'string', enum: Object.keys(errorCodes) } },
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer' },
        session: { type: 'apiKey', in: 'cookie', name: 'kamihi_<port>' },
      },
    },
  })
}

function operation(operationId: string, endpoint: Endpoint): Record<string, unknown> {
  return {
    operationId,
    summary: endpoint.summary,
    description: endpoint.role === 'public' ? 'Needs no credentials.' : `Needs the role ${endpoint.role}.`,
    security: endpoint.role === 'public' ? [] : [{ token: [] }, { session: [] }],
    parameters: [...parameters('path', endpoint.params), ...parameters('query', endpoint.query)],
    ...(endpoint.body === Nothing
      ? {}
      : { requestBody: { required: needsFields(endpoint.body), content: json(endpoint.body) } }),
    responses: {
      [endpoint.status]: {
        description: 'Done',
        ...(endpoint.response === Nothing ? {} : { content: json(endpoint.response) }),
      },
      default: {
        description: 'Refused',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  }
}

const needsFields = ({ required = [] }: TSchema & { required?: string[] }): boolean => required.length > 0

function parameters(where: 'path' | 'query', schema: TSchema): object[] {
  if (schema === Nothing) return []
  const { properties, required = [] } = schema as TObject
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: where,
    required: required.includes(name),
    schema: property,
  }))
}

function eventsOperation(): Record<string, unknown> {
  return {
    operationId: 'events',
    summary: 'Live events as server-sent events',
    security: [{ token: [] }, { session: [] }],
    responses: {
      200: {
        description: 'A stream that does not end',
        content: { 'text/event-stream': { schema: LiveEvent } },
      },
    },
  }
}

const json = (schema: TSchema) => ({ 'application/json': { schema } })

/** Drops what is no JSON: the symbols by which TypeBox knows its schemas. */
const plain = (value: object): Record<string, unknown> =>
  JSON.parse(JSON.stringify(value)) as Record<string, unknown>
