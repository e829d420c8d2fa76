import { request } from 'node:http'
import { type AddressInfo, createServer } from 'node:net'
import { describe, expect, it } from 'vitest'
import { browser, call, codeOf, password, post, startTestApi, type TestApi } from '../api.ts'

/** A request as it is written, for what `fetch` refuses to send. */
function raw(
  api: TestApi,
  method: string,
  path: string,
  headers: Record<string, string> = {},
): Promise<{ status: number; headers: Record<string, unknown> }> {
  const { port } = new URL(api.url)
  return new Promise((resolve, reject) => {
    request({ port, host: '127.0.0.1', method, path, headers: { host: `localhost:${port}`, ...headers } })
      .on('response', (answer) => {
        answer.resume()
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers }))
      })
      .on('error', reject)
      .end()
  })
}

/** A port that nobody listens on. */
async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

describe('a cookie of a session', () => {
  const setUp = async (api: TestApi, url = api.url) => {
    const body = { token: api.setupToken, username: 'ana', password }
    return (await fetch(`${url}/api/v1/setup`, post(body))).headers.get('set-cookie') ?? ''
  }

  it('over http is named after the port, for this host and for no script', async () => {
    expect(await setUp(await startTestApi())).toMatch(
      /^kamihi_0=[\w-]{43}; Max-Age=1209600; Path=\/; HttpOnly; SameSite=Strict$/,
    )
  })

  const startBehindProxy = async () => {
    const port = await freePort()
    const web = { port, rateLimit: 0, publicUrl: 'https://bot.example', trustedProxies: ['127.0.0.1'] }
    return { api: await startTestApi({ web }), behindProxy: `http://127.0.0.1:${port}` }
  }

  it('over https is sent over https only, and cannot be set by other hosts', async () => {
    const { api, behindProxy } = await startBehindProxy()
    expect(await setUp(api, behindProxy)).toMatch(
      /^__Host-kamihi=[\w-]{43}; Max-Age=1209600; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
    )
    const { headers } = await fetch(`${behindProxy}/api/v1/jobs`)
    expect(headers.get('strict-transport-security')).toBe('max-age=31536000; includeSubDomains')
  })

  it('is taken away at sign-out with what the page has stored, and is worth nothing any more', async () => {
    const api = await startTestApi()
    const owner = await browser(api, 'owner')
    const { headers } = await call(api, owner, 'DELETE', '/session')
    expect(headers.get('set-cookie')).toMatch(/^kamihi_0=; .*Expires=Thu, 01 Jan 1970/)
    expect(headers.get('clear-site-data')).toBe('"storage"')
    expect((await call(api, owner, 'GET', '/session')).status).toBe(401)
    const { items } = await api.kamihi.store.audit.list({ verb: 'session.ended' })
    expect(items).toHaveLength(1)
  })

  it('over https is taken away as it was set, or browsers would keep it', async () => {
    const { api, behindProxy } = await startBehindProxy()
    const [cookie = ''] = (await setUp(api, behindProxy)).split(';')
    const answer = await fetch(`${behindProxy}/api/v1/session`, {
      method: 'DELETE',
      headers: { 'sec-fetch-site': 'same-origin', cookie },
    })
    expect(answer.headers.get('set-cookie')).toMatch(
      /^__Host-kamihi=; .*Path=\/; Expires=Thu, 01 Jan 1970 .*; HttpOnly; Secure; SameSite=Strict$/,
    )
  })

  it('that another name of a cookie holds signs nobody in', async () => {
    const api = await startTestApi()
    const { cookie } = await browser(api, 'owner')
    const other = cookie.replace('kamihi_0', 'kamihi_4242')
    expect((await call(api, { cookie: other }, 'GET', '/session')).status).toBe(401)
  })
})

describe('every answer', () => {
  it('of the API, refused or not, has the strict headers and is kept by nobody', async () => {
    const api = await startTestApi()
    const owner = await browser(api, 'owner')
    const answers = [
      await call(api, owner, 'GET', '/session'),
      await call(api, owner, 'GET', '/nothing'),
      await call(api, owner, 'POST', '/users', { nonsense: true }),
      await api.fetch('/api/v1/jobs'),
    ]
    expect(answers.map(({ status }) => status)).toEqual([200, 404, 422, 401])
    for (const { headers } of answers)
      expect(Object.fromEntries(headers)).toMatchObject({
        'cache-control': 'no-store',
        'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'permissions-policy':
          'camera=(), microphone=(), geolocation=(), payment=(), usb=(), clipboard-read=()',
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
      })
  })

  it('allows no other origin to read it, and OPTIONS and TRACE are answered by nothing', async () => {
    const api = await startTestApi()
    const owner = await browser(api, 'owner')
    const read = await raw(api, 'GET', '/api/v1/session', {
      cookie: owner.cookie,
      origin: 'http://evil.example',
    })
    const names = Object.keys(read.headers).filter((name) => name.startsWith('access-control'))
    expect([read.status, names]).toEqual([200, []])
    for (const method of ['OPTIONS', 'TRACE'])
      for (const path of ['/api/v1/session', '/', '/healthz'])
        expect([method, path, (await raw(api, method, path)).status]).toEqual([method, path, 404])
  })
})

describe('a request', () => {
  it('that is too large, too long or says something twice is refused', async () => {
    const api = await startTestApi()
    const owner = await browser(api, 'owner')
    const status = async (method: string, path: string, body?: unknown) =>
      (await call(api, owner, method, path, body)).status
    expect(await status('POST', '/users', { telegramId: 1, name: 'x'.repeat(300 * 1024) })).toBe(413)
    expect(await status('GET', `/users/${'x'.repeat(201)}`)).toBeGreaterThanOrEqual(400)
    expect(await status('GET', `/users?q=${'x'.repeat(201)}`)).toBe(422)
    expect(await status('GET', '/users?limit=201')).toBe(422)
    expect(await status('GET', '/users?q=a&q=b')).toBe(422)
    expect(await status('POST', '/users', { telegramId: 1, version: 9 })).toBe(422)
    expect((await raw(api, 'GET', '/api/v1/session', { 'x-long': 'x'.repeat(17 * 1024) })).status).toBe(431)
  })

  it('to run a job is answered 30 times a minute', async () => {
    const api = await startTestApi({ web: { port: 0, rateLimit: 300 } })
    const owner = await browser(api, 'owner')
    const run = () => call(api, owner, 'POST', '/jobs/unknown/run', {})
    const statuses = new Set<number>()
    for (let n = 0; n < 30; n += 1) statuses.add((await run()).status)
    expect(statuses).toEqual(new Set([404]))
    const last = await run()
    expect([last.status, await codeOf(last)]).toEqual([429, 'too_many_requests'])
    expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await call(api, owner, 'GET', '/session')).status).toBe(200)
  })

  it('before there is an owner is refused, also by what is public, but for set-up and health', async () => {
    const api = await startTestApi()
    for (const path of ['/session', '/session/bot', '/links', '/links/accept']) {
      const answer = await api.fetch(`/api/v1${path}`, post({ username: 'a', password: 'b', token: 'c' }))
      expect([path, answer.status, await codeOf(answer)]).toEqual([path, 401, 'setup_required'])
    }
  })
})

describe('twenty sessions of an account', () => {
  it('are the most: the oldest makes room', async () => {
    const api = await startTestApi()
    const first = await browser(api, 'owner', { ago: 60_000 })
    for (let n = 0; n < 20; n += 1) await browser(api, 'owner')
    expect((await call(api, first, 'GET', '/session')).status).toBe(401)
    const { store, clock } = api.kamihi
    expect(await store.sessions.list(first.accountId, clock.now())).toHaveLength(20)
  })
})
