import { hiddenBy } from '@kamihi/contracts'
import type { TSchema } from '@sinclair/typebox'
import type { FastifyInstance } from 'fastify'

/** Leaves out of every answer to a viewer what viewers do not see; the fields stay, so that the shape is the same for everybody. */
export function hideFromViewers(app: FastifyInstance): void {
  app.addHook('preSerialization', async (request, reply, payload) => {
    const { endpoint } = request.routeOptions.config
    if (request.principal?.role !== 'viewer' || !endpoint || reply.statusCode !== endpoint.status)
      return payload
    return withoutHidden(endpoint.response, payload)
  })
}

/** The value without its hidden fields, found by walking its schema: what people put into free JSON is left alone. */
export function withoutHidden(schema: TSchema, value: unknown): unknown {
  const hidden = hiddenBy(schema)
  if (hidden) return hidden.blank
  if (Array.isArray(value)) {
    const items = itemsOf(schema)
    return items ? value.map((item) => withoutHidden(items, item)) : value
  }
  if (typeof value !== 'object' || value === null) return value
  const properties = propertiesOf(schema, value)
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => {
      const of = properties[name]
      return [name, of ? withoutHidden(of, field) : field]
    }),
  )
}

const partsOf = (schema: TSchema): TSchema[] => schema.anyOf ?? schema.allOf ?? []

/** Those of an object, or of the shapes that it may have: of those that name a kind, the one of its kind. */
function propertiesOf(schema: TSchema, value: { kind?: unknown }): Record<string, TSchema> {
  const parts = partsOf(schema).filter(
    ({ properties }) => (properties?.kind?.const ?? value.kind) === value.kind,
  )
  return Object.assign({}, schema.properties, ...parts.map((part) => propertiesOf(part, value)))
}

/** That of a list, or of the list that it may be. */
function itemsOf(schema: TSchema): TSchema | undefined {
  return (
    schema.items ??
    partsOf(schema)
      .map(itemsOf)
      .find((items) => items !== undefined)
  )
}
