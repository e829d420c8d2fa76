import { request } from 'node:http'
import { connect } from 'node:net'
import { api as table } from '@kamihi/contracts'
import { describe, expect, it } from 'vitest'
import { browser, post, startTestApi } from './api.ts'

describe('every endpoint', () => {
  it('is in the OpenAPI document', async () => {
    const api = await startTestApi()
    const document = (await (await api.as('viewer')).openApi()) as {
      openapi: string
      paths: Record<string, Record<string, unknown>>
    }
    expect(document.openapi).toBe('3.1.0')
    for (const endpoint of Object.values(table)) {
      expect(document.paths[endpoint.path.replace(/:(\w+)/g, '{$1}')]).toHaveProperty(
        endpoint.method.toLowerCase(),
      )
    }
  })
})

describe('a request', () => {
  it('for another host name is refused before anything else', async () => {
    const api = await startTestApi()
    const status = await new Promise((resolve) => {
      const { port } = new URL(api.url)
      request(
        { port, host: '127.0.0.1', path: '/api/v1/jobs', headers: { host: 'evil.example' } },
        (answer) => resolve(answer.statusCode),
      ).end()
    })
    expect(status).toBe(421)
  })

  it('that names two hosts is refused, whichever of them is ours', async () => {
    const api = await startTestApi()
    const { host, port } = new URL(api.url)
    const answer = await new Promise<string>((resolve) => {
      const socket = connect(Number(port), '127.0.0.1')
      socket.on('data', (data) => resolve(String(data)))
      socket.write(
        `GET /api/v1/jobs HTTP/1.1\r\nHost: ${host}\r\nHost: evil.example\r\nConnection: close\r\n\r\n`,
      )
    })
    expect(answer).toMatch(/^HTTP\/1\.1 421/)
  })

  it.each([
    ['another site', { 'sec-fetch-site': 'cross-site' }],
    ['another port of this machine', { 'sec-fetch-site': 'same-site' }],
    ['another origin', { origin: 'http://evil.example' }],
    ['nowhere', {}],
  ])('that changes something and comes from %s is refused', async (_, headers: Record<string, string>) => {
    const api = await startTestApi()
    const answer = await api.fetch(
      '/api/v1/session',
      post({ username: 'a', password: 'b' }, { 'content-type': 'application/json', ...headers }),
    )
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([403, 'csrf'])
  })

  it('with a form or plain text is refused', async () => {
    const api = await startTestApi()
    await browser(api, 'owner')
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
    ]) {
      const answer = await api.fetch('/api/v1/session', {
        method: 'POST',
        headers: { 'content-type': type, 'sec-fetch-site': 'same-origin' },
        body: 'x',
      })
      expect(answer.status).toBe(415)
    }
  })

  it('with a token in its address is refused', async () => {
    const api = await startTestApi()
    expect((await api.fetch(`/api/v1/jobs?token=${await api.token('owner')}`)).status).toBe(400)
  })

  it('is answered with strict headers', async () => {
    const api = await startTestApi()
    const { headers } = await api.fetch('/api/v1/jobs')
    expect(headers.get('content-security-policy')).toBe("default-src 'none'; frame-ancestors 'none'")
    expect([
      headers.get('cache-control'),
      headers.get('x-content-type-options'),
      headers.get('strict-transport-security'),
      headers.get('access-control-allow-origin'),
    ]).toEqual(['no-store', 'nosniff', null, null])
    expect(Math.abs(Number(headers.get('x-kamihi-time')) - api.kamihi.clock.now())).toBeLessThan(60_000)
  })
})
