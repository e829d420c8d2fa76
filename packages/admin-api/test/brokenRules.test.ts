import { api, type EndpointName, type Problem } from '@kamihi/contracts'
import { brokenRules } from '@kamihi/contracts/check'
import { silentLogger } from '@kamihi/core'
import type { TSchema } from '@sinclair/typebox'
import fc from 'fast-check'
import Fastify from 'fastify'
import { describe, expect, it } from 'vitest'
import { validator } from '../src/http/validator.ts'
import { handleErrors } from '../src/refusals/errorHandler.ts'
import { valuesOf } from './fuzz/arbitrary.ts'

/** What people fill in. */
const forms = [
  'setUp',
  'acceptLink',
  'changeOwnPassword',
  'createAccount',
  'updateAccount',
  'createToken',
  'createUser',
  'updateUser',
  'createRole',
  'updateRole',
  'createPermission',
  'updatePermission',
  'createJob',
  'updateJob',
  'runJob',
  'pauseJob',
  'skipOccurrence',
] as const satisfies EndpointName[]

/** What the server says of a body before anything else looks at it. */
async function serverOf(schema: TSchema) {
  const app = Fastify({ ajv: validator })
  handleErrors(app, silentLogger())
  app.post('/', { schema: { body: schema } }, async () => ({}))
  return async (body: unknown) => {
    const answer = await app.inject({
      method: 'POST',
      url: '/',
      headers: { 'content-type': 'application/json' },
      payload: JSON.stringify(body),
    })
    return answer.statusCode === 200 ? [] : ((answer.json() as Problem).errors ?? [])
  }
}

/** The first thing that is wrong with each field. */
const byField = (errors: { path: string; issue?: unknown }[]) =>
  Object.fromEntries(errors.toReversed().map(({ path, issue }) => [path, issue]))

/** Where text is too short, the browser counts characters beyond the basic plane twice; the server then says so. */
const isCountedOtherwise = (body: object): boolean => /[\u{10000}-\u{10ffff}]/u.test(JSON.stringify(body))

/** Keys by which objects are poisoned are refused while the body is read, before anything looks at its fields. */
const isPoisonous = (body: object): boolean => /"(__proto__|prototype)":/.test(JSON.stringify(body))

describe('what a browser finds wrong with a body', () => {
  it.each(forms)('is what the server finds: %s', async (name) => {
    const schema: TSchema = api[name].body
    const refusalOf = await serverOf(schema)
    await fc.assert(
      fc.asyncProperty(valuesOf(schema, ['019c']), async (given) => {
        const body = JSON.parse(JSON.stringify(given ?? null))
        fc.pre(typeof body === 'object' && body !== null && !isCountedOtherwise(body) && !isPoisonous(body))
        expect(byField(brokenRules(schema, body))).toEqual(byField(await refusalOf(body)))
      }),
      { numRuns: 60 },
    )
  })
})
