import { type Endpoint, errorCodes, Nothing, type Problem, api as table } from '@kamihi/contracts'
import type { TSchema } from '@sinclair/typebox'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { change, startTestApi, type TestApi } from './api.ts'
import { checkedFetch } from './checkedFetch.ts'
import { hostileText, valuesOf } from './fuzz/arbitrary.ts'

const requestsEach = 25
const endpoints = Object.entries(table) as [string, Endpoint][]

describe('any request at all', () => {
  it('is answered as documented, and never by a failure of ours', { timeout: 120_000 }, async () => {
    const api = await startTestApi()
    const authorization = `Bearer ${await api.token('owner')}`
    const ids = await someIds(api)
    for (const [name, endpoint] of endpoints) {
      await fc.assert(
        fc.asyncProperty(requestTo(endpoint, ids), async (request) => {
          const answer = await checkedFetch(`${api.url}${request.path}`, {
            method: endpoint.method,
            headers: {
              authorization,
              ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
            },
            ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
          })
          await expectDocumented(name, endpoint, answer)
        }),
        { numRuns: requestsEach },
      )
    }
  })
})

/** What came back has been checked against its schema; here it is checked that it is one of the two that are promised. */
async function expectDocumented(name: string, endpoint: Endpoint, answer: Response): Promise<void> {
  if (answer.status === endpoint.status) return
  expect([name, answer.status, answer.headers.get('content-type')]).toEqual([
    name,
    answer.status,
    expect.stringContaining('application/problem+json'),
  ])
  const problem = (await answer.json()) as Problem
  expect([name, problem.status]).toEqual([name, errorCodes[problem.code].status])
  expect([name, problem.code]).not.toEqual([name, 'internal'])
}

/** A few things that exist, so that requests come further than to "there is no such thing". */
async function someIds(api: TestApi): Promise<string[]> {
  const { store } = api.kamihi
  const client = await api.as('operator')
  const role = await client.createRole({ body: { name: 'Sales' } })
  const user = await client.createUser({ body: { telegramId: 1001, roleIds: [role.id] } })
  const permission = await client.createPermission({ body: { action: 'report', userIds: [user.id] } })
  const job = await client.createJob({
    body: { action: 'report', cronExpression: '0 9 * * *', perUser: true, userIds: [user.id] },
  })
  const { runId } = await client.runJob({ params: { id: job.id }, body: {} })
  const owner = await store.accounts.createFirstOwner({ username: 'ana', passwordHash: 'x' }, change)
  const account = owner.kind === 'owner_exists' ? [] : [owner.account.id]
  return [role.id, user.id, permission.id, job.id, runId, 'report', ...account]
}

interface FuzzedRequest {
  path: string
  body: unknown
}

/** Something near to what the endpoint wants: mostly of its schema, here and there hostile. */
function requestTo(endpoint: Endpoint, ids: string[]): fc.Arbitrary<FuzzedRequest> {
  const names = [...endpoint.path.matchAll(/:(\w+)/g)].map(([, name]) => name ?? '')
  const parameter = fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...ids) }, hostileText)
  const query = endpoint.query === Nothing ? fc.constant({}) : fc.oneof(valuesOf(endpoint.query, ids), wild)
  const body = endpoint.body === Nothing ? fc.constant(undefined) : bodyOf(endpoint.body, ids)
  return fc.record({ params: fc.tuple(...names.map(() => parameter)), query, body }).map((given) => ({
    path: pathOf(endpoint.path, names, given.params as string[], given.query),
    body: given.body,
  }))
}

const wild = fc.dictionary(fc.string({ maxLength: 10 }), hostileText, { maxKeys: 3 })
const bodyOf = (schema: TSchema, ids: string[]) =>
  fc.oneof(
    { weight: 4, arbitrary: valuesOf(schema, ids) },
    { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 4 }) },
  )

function pathOf(path: string, names: string[], params: string[], query: unknown): string {
  const filled = names.reduce(
    (text, name, index) => text.replace(`:${name}`, segmentOf(params[index] ?? '')),
    path,
  )
  const entries = Object.entries(Object(query) as Record<string, unknown>)
    .filter(([name, value]) => value !== undefined && name !== 'token')
    .map(
      ([name, value]) =>
        `${encodeURIComponent(wellFormed(name))}=${encodeURIComponent(wellFormed(textOf(value)))}`,
    )
  return entries.length > 0 ? `${filled}?${entries.join('&')}` : filled
}

/** A step of an address: one that is empty, `.` or `..` is none, and the request would be another. */
const segmentOf = (text: string): string =>
  /^\.{0,2}$/.test(text) ? 'x' : encodeURIComponent(wellFormed(text))

/** Any value as text; `String` refuses objects that have a `toString` of their own. */
const textOf = (value: unknown): string => (typeof value === 'object' ? JSON.stringify(value) : String(value))

/** Half a surrogate pair cannot be put into an address at all. */
const wellFormed = (text: string): string => text.replace(/[\uD800-\uDFFF]/g, '�')
