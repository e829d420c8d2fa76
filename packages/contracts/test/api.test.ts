import type { TSchema } from '@sinclair/typebox'
import { describe, expect, it } from 'vitest'
import { api } from '../src/api.ts'
import { createClient } from '../src/client.ts'
import { Download } from '../src/endpoint.ts'

describe('the endpoint table', () => {
  it('names each method and path once', () => {
    const keys = Object.values(api).map((e) => `${e.method} ${e.path}`)
    expect(new Set(keys).size).toBe(keys.length)
  })

  it('lets only liveness, readiness, set-up, sign-in, the way in and one-time links through without credentials', () => {
    const open = Object.entries(api)
      .filter(([, e]) => e.role === 'public')
      .map(([name]) => name)
    expect(open).toEqual([
      'live',
      'ready',
      'setUp',
      'signIn',
      'signInOptions',
      'requestBotCode',
      'signInWithBotCode',
      'signInWithLink',
      'getEntrance',
      'lookAtLink',
      'acceptLink',
    ])
  })

  it('asks for more than a viewer wherever something is written, but for what is their own', () => {
    const weak = Object.entries(api)
      .filter(([, e]) => e.method !== 'GET' && e.role === 'viewer' && e.response !== Download)
      .map(([name]) => name)
    expect(weak).toEqual([
      'reauthenticate',
      'signOut',
      'changeOwnPassword',
      'endOtherSessions',
      'endOwnSession',
      'previewJob',
    ])
  })

  it('has no default in a change, which would undo what is not given', () => {
    const withDefaults = Object.entries(api).flatMap(([name, { method, body }]) =>
      method === 'PATCH'
        ? Object.entries<TSchema>(body?.properties ?? {})
            .filter(([, schema]) => 'default' in schema)
            .map(([field]) => `${name}: ${field}`)
        : [],
    )
    expect(withDefaults).toEqual([])
  })
})

/** The body of an answer that breaks off. */
const breaking = (reason: unknown = new Error('reset')) =>
  new ReadableStream({ pull: (controller) => controller.error(reason) })

describe('the client', () => {
  it('fills path, query, body and token', async () => {
    const seen: { url: string; init: RequestInit }[] = []
    const client = createClient({
      baseUrl: 'http://bot',
      token: 'kmh_x',
      fetch: async (url, init) => {
        seen.push({ url: String(url), init: init ?? {} })
        return Response.json({ runId: 'r' }, { status: 202 })
      },
    })
    await client.runJob({
      params: { id: 'a/b' },
      body: { dryRun: true },
      headers: { 'idempotency-key': 'k' },
    })
    expect(seen[0]?.url).toBe('http://bot/api/v1/jobs/a%2Fb/run')
    expect(seen[0]?.init.body).toBe('{"dryRun":true}')
    expect(seen[0]?.init.headers).toMatchObject({ authorization: 'Bearer kmh_x', 'idempotency-key': 'k' })
  })

  it('gives a file with the name that the server gave it', async () => {
    const headers = { 'content-disposition': 'attachment; filename="roles-2026-11-24.csv"' }
    const client = createClient({ fetch: async () => new Response('id,name', { headers }) })
    const { name, blob } = await client.exportRoles({ body: { format: 'csv' } })
    expect([name, await blob.text()]).toEqual(['roles-2026-11-24.csv', 'id,name'])
  })

  it('takes a file that breaks off for no file', async () => {
    const headers = { 'content-disposition': 'attachment; filename="roles.csv"' }
    const client = createClient({ fetch: async () => new Response(breaking(), { headers }) })
    await expect(client.exportRoles({ body: { format: 'csv' } })).rejects.toMatchObject({
      name: 'ConnectionError',
    })
  })

  it.each([
    ['an answer that breaks off', () => new Response(breaking())],
    ['the page of a proxy', () => new Response('<html>Welcome</html>')],
  ])('takes %s for no answer of the server', async (_, answer) => {
    const client = createClient({ fetch: async () => answer() })
    await expect(client.listJobs()).rejects.toMatchObject({ name: 'ConnectionError' })
  })

  it('lets whoever gives up while an answer comes know that they did', async () => {
    const abort = new AbortController()
    const client = createClient({
      fetch: async () => {
        abort.abort()
        return new Response(breaking(abort.signal.reason))
      },
    })
    await expect(client.listJobs({ signal: abort.signal })).rejects.toMatchObject({ name: 'AbortError' })
  })

  it.each([
    ['a page', () => new Response('<html>Bad gateway</html>', { status: 502 })],
    ['JSON that is no problem of ours', () => Response.json({ message: 'Bad gateway' }, { status: 502 })],
    ['null', () => Response.json(null, { status: 502 })],
  ])('throws a refusal of a proxy, which says %s, with its status', async (_, answer) => {
    const client = createClient({ fetch: async () => answer() })
    await expect(client.listJobs()).rejects.toMatchObject({
      name: 'ApiError',
      problem: { code: 'internal', status: 502, title: 'HTTP 502' },
    })
  })

  it('throws what the server says of a refusal', async () => {
    const client = createClient({
      fetch: async () =>
        Response.json({ type: 'about:blank', title: 'x', status: 409, code: 'overlap' }, { status: 409 }),
    })
    await expect(client.listJobs()).rejects.toMatchObject({ name: 'ApiError', problem: { code: 'overlap' } })
  })

  it('tells a server that is away from one that refuses', async () => {
    const client = createClient({ fetch: () => Promise.reject(new TypeError('refused')) })
    await expect(client.listJobs({ query: { limit: 5 } })).rejects.toMatchObject({ name: 'ConnectionError' })
  })
})
