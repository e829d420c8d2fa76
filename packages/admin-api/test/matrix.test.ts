import { request as httpRequest } from 'node:http'
import { type Endpoint, eventsPath, api as table } from '@kamihi/contracts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mayDo } from '../src/auth/principal.ts'
import { browser, change, samePage, startTestApi, type TestApi } from './api.ts'

const minute = 60_000
const endpoints: (Endpoint & { name: string })[] = [
  ...Object.entries(table as Record<string, Endpoint>).map(([name, endpoint]) => ({ name, ...endpoint })),
]
const guarded = endpoints.filter(({ role }) => role !== 'public')
const pathOf = ({ path }: Endpoint) => path.replace(/:\w+/g, 'x')

/** Addresses are told apart by the limits of guessing: each request comes from another one. */
let addresses = 0
const fromElsewhere = () => {
  addresses += 1
  return { 'x-forwarded-for': `198.51.${addresses >> 8}.${addresses & 255}` }
}

interface Answer {
  status: number
  code: string | null
}

const shared: { api: TestApi | null } = { api: null }
const apiOf = (): TestApi => {
  if (!shared.api) throw new Error('not started')
  return shared.api
}

async function ask(endpoint: Endpoint, headers: Record<string, string>): Promise<Answer> {
  const answer = await apiOf().fetch(pathOf(endpoint), {
    method: endpoint.method,
    headers: { ...headers, ...fromElsewhere() },
    ...(endpoint.method === 'GET' || endpoint.method === 'DELETE' ? {} : { body: '{"unknown":1}' }),
  })
  const body = (await answer.json().catch(() => null)) as { code?: string } | null
  return { status: answer.status, code: body?.code ?? null }
}

/** What every endpoint answered, by name; `allowed` where the request came as far as the handler or its schema. */
async function answers(
  list: (Endpoint & { name: string })[],
  headers: Record<string, string>,
): Promise<Record<string, string>> {
  const pairs: [string, string][] = []
  for (const endpoint of list) {
    const { status, code } = await ask(endpoint, headers)
    const stopped = status === 401 || status === 403 || status === 421
    const isRegistered = status !== 404 || code !== null
    pairs.push([endpoint.name, stopped ? `${status} ${code}` : isRegistered ? 'allowed' : 'no route'])
  }
  return Object.fromEntries(pairs)
}

const expected = (decide: (endpoint: Endpoint) => string) =>
  Object.fromEntries(guarded.map((endpoint) => [endpoint.name, decide(endpoint)]))
/** Whoever asks for this cannot ask for anything else. */
const harmless = guarded.filter(({ name }) => name !== 'signOut')

beforeAll(async () => {
  shared.api = await startTestApi({ web: { port: 0, rateLimit: 0, trustedProxies: ['127.0.0.1'] } }, null, {
    close: (work) => afterAll(work),
  })
  await browser(apiOf(), 'owner', { username: 'root' })
})

describe('every endpoint', () => {
  it('says who may call it', () => {
    for (const { name, role, by } of endpoints) {
      expect([name, ['public', 'viewer', 'operator', 'owner'].includes(role)]).toEqual([name, true])
      expect([name, ['anybody', 'session', 'fresh'].includes(by)]).toEqual([name, true])
      if (by !== 'anybody') expect([name, role]).not.toEqual([name, 'public'])
    }
  })

  it('but the public ones refuses who has no credentials', async () => {
    expect(await answers(guarded, samePage)).toEqual(expected(() => '401 unauthenticated'))
  })

  it.each(['viewer', 'operator', 'owner'] as const)('lets a fresh %s do what that role may', async (role) => {
    const { headers } = await browser(apiOf(), role)
    const got = await answers(harmless, headers)
    const wanted = expected(({ role: needed }) =>
      needed !== 'public' && mayDo(role, needed) ? 'allowed' : '403 forbidden',
    )
    expect({ ...got, signOut: 'allowed' }).toEqual(wanted)
  })

  it('asks an owner whose sign-in is not fresh to show again who they are, where that is needed', async () => {
    const { headers } = await browser(apiOf(), 'owner', { ago: 16 * minute })
    const got = await answers(harmless, headers)
    expect({ ...got, signOut: 'allowed' }).toEqual(
      expected(({ by }) => (by === 'fresh' ? '403 reauth_required' : 'allowed')),
    )
  })

  it('lets an API token do what its role may, but nothing that only a person may', async () => {
    const authorization = `Bearer ${await apiOf().token('owner')}`
    expect(await answers(guarded, { authorization, 'content-type': 'application/json' })).toEqual(
      expected(({ by }) => (by === 'anybody' ? 'allowed' : '403 session_required')),
    )
  })

  it('refuses a session that is over, and one that nobody used for a day', async () => {
    const over = await browser(apiOf(), 'owner', { ago: 60 * minute, lasts: 59 * minute })
    const idle = await browser(apiOf(), 'owner', { ago: 25 * 60 * minute, lasts: 48 * 60 * minute })
    for (const { headers } of [over, idle])
      expect(await answers(guarded, headers)).toEqual(expected(() => '401 unauthenticated'))
  })

  it('refuses a token that was revoked', async () => {
    const authorization = `Bearer ${await apiOf().token('owner')}`
    const { store } = apiOf().kamihi
    for (const { id } of (await store.tokens.list({ limit: 200 })).items)
      await store.tokens.revoke(id, change)
    expect(await answers(guarded, { authorization, 'content-type': 'application/json' })).toEqual(
      expected(() => '401 unauthenticated'),
    )
  })

  it('refuses the session of an account that is disabled', async () => {
    const { headers, accountId } = await browser(apiOf(), 'owner', { username: 'gone' })
    const { store } = apiOf().kamihi
    const version = (await store.accounts.get(accountId))?.version ?? 0
    expect(await store.accounts.update(accountId, version, { disabled: true }, change)).toMatchObject({
      kind: 'saved',
    })
    expect(await answers(guarded, headers)).toEqual(expected(() => '401 unauthenticated'))
  })

  it('is silent for another host name', async () => {
    const { port } = new URL(apiOf().url)
    const statuses = await Promise.all(
      endpoints
        .filter(({ path }) => path.startsWith('/api/'))
        .map(
          ({ method, path }) =>
            new Promise((resolve) => {
              const headers = { host: 'evil.example' }
              httpRequest({ port, host: '127.0.0.1', path, method, headers }, (answer) => {
                answer.resume()
                answer.on('end', () => resolve(answer.statusCode))
              }).end()
            }),
        ),
    )
    expect(new Set(statuses)).toEqual(new Set([421]))
  })

  it.each([
    ['another site', { 'sec-fetch-site': 'cross-site' }],
    ['another port of this machine', { 'sec-fetch-site': 'same-site' }],
    ['an address that was typed', { 'sec-fetch-site': 'none' }],
    ['another origin', { origin: 'http://evil.example' }],
    ['nowhere', {}],
  ])('that changes something refuses a request from %s, signed in or not', async (_, from) => {
    const { cookie } = await browser(apiOf(), 'owner')
    const changing = endpoints.filter(({ method }) => method !== 'GET')
    const headers = { 'content-type': 'application/json', cookie, ...(from as Record<string, string>) }
    expect(await answers(changing, headers)).toEqual(
      Object.fromEntries(changing.map(({ name }) => [name, '403 csrf'])),
    )
  })
})

describe('the stream of events', () => {
  it('refuses who has no credentials, and pages of other sites', async () => {
    const { headers } = await browser(apiOf(), 'viewer')
    const status = async (given: Record<string, string>) =>
      (await apiOf().fetch(eventsPath, { headers: given })).status
    expect(await status(samePage)).toBe(401)
    expect(await status({ ...headers, 'sec-fetch-site': 'same-site' })).toBe(403)
  })
})
