import { request } from 'node:http'
import { describe, expect, it } from 'vitest'
import { browser, startTestApi, type TestApi } from '../api.ts'

interface Answer {
  status: number
  headers: Record<string, unknown>
  body: string
}

/** A request whose target is sent as it is written. */
function raw(
  api: TestApi,
  target: string,
  { method = 'GET', headers = {}, body = '' } = {},
): Promise<Answer> {
  const { port } = new URL(api.url)
  const given = { host: `localhost:${port}`, 'sec-fetch-site': 'same-origin', ...headers }
  return new Promise((resolve, reject) => {
    request({ port, host: '127.0.0.1', method, path: target, headers: given })
      .on('response', (answer) => {
        let text = ''
        answer.on('data', (chunk) => {
          text += String(chunk)
        })
        answer.on('end', () =>
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: text }),
        )
      })
      .on('error', reject)
      .end(body)
  })
}

const otherwise = (api: TestApi, path: string) => [
  path.replace('/api/', '/%61pi/'),
  path.replace('/api/', '/ap%69/'),
  `${api.url}${path}`,
  `http://evil.example${path}`,
]

describe('a path of the API that is written in another way', () => {
  it('is answered as the API answers, and counts for the limit of requests', async () => {
    const api = await startTestApi({ web: { port: 0, rateLimit: 4 } })
    await browser(api, 'owner')
    const headers = { authorization: `Bearer ${await api.token('viewer')}` }
    for (const target of otherwise(api, '/api/v1/session')) {
      const answer = await raw(api, target, { headers })
      expect([target, answer.status, answer.headers['cache-control']]).toEqual([target, 200, 'no-store'])
      expect(answer.headers['content-security-policy']).toBe("default-src 'none'; frame-ancestors 'none'")
    }
    expect((await raw(api, '/%61pi/v1/session', { headers })).status).toBe(429)
  })

  it('says before there is an owner that there has to be one first', async () => {
    const api = await startTestApi()
    for (const target of otherwise(api, '/api/v1/session')) {
      const body = JSON.stringify({ username: 'ana', password: 'x' })
      const headers = { 'content-type': 'application/json' }
      const answer = await raw(api, target, { method: 'POST', headers, body })
      expect([target, answer.status, answer.body]).toEqual([
        target,
        401,
        expect.stringContaining('setup_required'),
      ])
    }
  })

  it('where nothing is, is nothing of the dashboard', async () => {
    const api = await startTestApi()
    await browser(api, 'owner')
    for (const target of otherwise(api, '/api/v1/nothing'))
      expect(await raw(api, target)).toMatchObject({ status: 401, headers: { 'cache-control': 'no-store' } })
  })
})
