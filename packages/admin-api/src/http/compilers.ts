import buildAjv from '@fastify/ajv-compiler'
import buildStringify from '@fastify/fast-json-stringify-compiler'
import type { FastifyServerOptions } from 'fastify'

type Factories = NonNullable<NonNullable<FastifyServerOptions['schemaController']>['compilersFactory']>
interface Route {
  schema: object
}
type Compile<F> = (route: Route) => F
type Validate = { (data: unknown): unknown; errors?: unknown }
type Stringify = (data: unknown) => string

const [validators, serialisers] = [buildAjv.default(), buildStringify.default()]
// Schemas are constants of the contracts: what was compiled for one server does for the next.
const validates = new WeakMap<object, Validate>()
const stringifies = new WeakMap<object, Stringify>()

/**
 * The compilers of Fastify, at work when a schema is first used, and once for all servers of a process. To compile them all took longer
 * than all else that a server does to start, and most endpoints are asked later or never.
 */
export const compilersOnDemand = {
  buildValidator(schemas: never, options: never) {
    const compile = onceEach(validates, validators(schemas, options) as unknown as Compile<Validate>)
    return (route: Route) => {
      const validate: Validate = (data) => {
        const check = compile(route)
        const isValid = check(data)
        validate.errors = check.errors
        return isValid
      }
      return validate
    }
  },
  buildSerializer(schemas: never, options: never) {
    const compile = onceEach(stringifies, serialisers(schemas, options) as unknown as Compile<Stringify>)
    return (route: Route) => (data: unknown) => compile(route)(data)
  },
} as unknown as Factories

function onceEach<F>(known: WeakMap<object, F>, compile: Compile<F>): Compile<F> {
  return (route) => {
    const compiled = known.get(route.schema) ?? compile(route)
    known.set(route.schema, compiled)
    return compiled
  }
}
