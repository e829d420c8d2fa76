import { request } from 'node:http'
import { describe, expect, it } from 'vitest'
import { browser, codeOf, samePage, startTestApi, type TestApi } from '../api.ts'

const forwarded = {
  'x-forwarded-for': '203.0.113.7',
  'x-forwarded-host': 'evil.example',
  'x-forwarded-proto': 'https',
}

const startWith = async (trustedProxies: string[]): Promise<TestApi> => {
  const api = await startTestApi({ web: { port: 0, rateLimit: 0, trustedProxies } })
  await browser(api, 'owner', { username: 'ana' })
  return api
}

const signIn = (api: TestApi, headers: object) =>
  api.fetch('/api/v1/session', {
    method: 'POST',
    headers: { ...samePage, ...headers },
    body: JSON.stringify({ username: 'ana', password: 'a wrong password' }),
  })

/** Where the audit log says that tries to sign in came from. */
const placesOf = async (api: TestApi) =>
  (await api.kamihi.store.audit.list({ verb: 'session.refused' })).items.map(({ ip }) => ip)

describe('what a request says about who has forwarded it', () => {
  it.each([
    ['without web.trusted_proxies', []],
    ['from another address than those of web.trusted_proxies', ['192.0.2.1', '198.51.100.0/24']],
  ])('is not believed %s', async (_, trusted) => {
    const api = await startWith(trusted)
    expect((await signIn(api, forwarded)).status).toBe(401)
    expect(await placesOf(api)).toEqual(['127.0.0.1'])
  })

  it.each([['127.0.0.1'], ['127.0.0.0/8']])('is believed from web.trusted_proxies: [%s]', async (trusted) => {
    const api = await startWith([trusted])
    expect((await signIn(api, forwarded)).status).toBe(401)
    const behindTwo = { 'x-forwarded-for': '203.0.113.8, 198.51.100.9' }
    expect((await signIn(api, behindTwo)).status).toBe(401)
    // Whoever asks can write what they like before the address that the proxy has seen.
    expect(await placesOf(api)).toEqual(['198.51.100.9', '203.0.113.7'])
  })

  it('gives nobody who guesses another address, and so no further tries', async () => {
    const api = await startWith([])
    const statuses = []
    for (let n = 0; n < 7; n += 1)
      statuses.push((await signIn(api, { 'x-forwarded-for': `203.0.113.${n}` })).status)
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429, 429])
  })

  it.each([[[]], [['127.0.0.1']]])(
    'never says which host is ours (web.trusted_proxies: %j)',
    async (trusted) => {
      const api = await startWith(trusted)
      const { port } = new URL(api.url)
      const status = (headers: Record<string, string>) =>
        new Promise((resolve) => {
          request({ port, host: '127.0.0.1', path: '/api/v1/session', headers }, (answer) => {
            answer.resume()
            answer.on('end', () => resolve(answer.statusCode))
          }).end()
        })
      const ours = `localhost:${port}`
      expect(await status({ host: 'evil.example', 'x-forwarded-host': ours })).toBe(421)
      expect(await status({ host: ours, 'x-forwarded-host': 'evil.example' })).toBe(401)
      const foreign = { origin: 'https://evil.example', 'content-type': 'application/json', ...forwarded }
      const answer = await api.fetch('/api/v1/session', { method: 'POST', headers: foreign, body: '{}' })
      expect([answer.status, await codeOf(answer)]).toEqual([403, 'csrf'])
    },
  )
})
