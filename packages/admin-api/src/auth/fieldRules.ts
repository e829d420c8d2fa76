import { Delivery, User } from '@kamihi/contracts'
import type { TSchema } from '@sinclair/typebox'
import type { FastifyInstance } from 'fastify'

/** What people have told the bot, or were sent: not for those who only look at how the bot is doing. */
const hidden: Record<string, { schema: TSchema; blank: unknown }> = {
  profile: { schema: User.properties.profile, blank: {} },
  output: { schema: Delivery.properties.output, blank: null },
}

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
  if (Array.isArray(value)) return value.map((item) => withoutHidden(schema.items ?? {}, item))
  if (typeof value !== 'object' || value === null) return value
  const properties = propertiesOf(schema)
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => {
      const of = properties[name]
      if (!of) return [name, field]
      const rule = hidden[name]
      return [name, rule?.schema === of ? rule.blank : withoutHidden(of, field)]
    }),
  )
}

/** Those of an object, or of each of the shapes that it may have. */
function propertiesOf(schema: TSchema): Record<string, TSchema> {
  const parts: TSchema[] = schema.anyOf ?? schema.allOf ?? []
  return Object.assign({}, schema.properties, ...parts.map(propertiesOf))
}
