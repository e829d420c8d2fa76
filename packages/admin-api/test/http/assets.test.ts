import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { startTestApi } from '../api.ts'

const page = '<!doctype html><title>Kamihi</title>'

async function startWithDashboard() {
  const outside = mkdtempSync(join(tmpdir(), 'kamihi-dist-'))
  const dashboard = join(outside, 'dist')
  mkdirSync(join(dashboard, 'assets'), { recursive: true })
  writeFileSync(join(outside, 'secret.txt'), 'outside')
  writeFileSync(join(dashboard, '.env'), 'hidden')
  writeFileSync(join(dashboard, 'index.html'), page)
  writeFileSync(join(dashboard, 'assets/index-a1b2.js'), 'export {}')
  return startTestApi({}, dashboard)
}

/** A request whose path is sent as it is. */
const get = (url: string, path: string, accept = 'text/html') =>
  new Promise<{ status: number | undefined; body: string; headers: Record<string, unknown> }>((resolve) => {
    const { port } = new URL(url)
    request({ port, host: '127.0.0.1', path, headers: { host: `localhost:${port}`, accept } }, (answer) => {
      let body = ''
      answer.on('data', (data) => {
        body += data
      })
      answer.on('end', () => resolve({ status: answer.statusCode, body, headers: answer.headers }))
    }).end()
  })

describe('the pages of the dashboard', () => {
  it('are answered for every address that a person may open, under a strict policy', async () => {
    const { url } = await startWithDashboard()
    for (const path of ['/', '/jobs', '/runs/0193?x=1']) {
      const { status, body, headers } = await get(url, path)
      expect([path, status, body]).toEqual([path, 200, page])
      expect(headers['content-security-policy']).toMatch(
        /default-src 'none';script-src 'self';style-src 'self'/,
      )
      expect(headers['x-frame-options']).toBe('DENY')
    }
  })

  it('are asked for anew, while files with a hash in their name are kept', async () => {
    const { url } = await startWithDashboard()
    expect((await get(url, '/jobs')).headers['cache-control']).toBe('no-cache')
    expect((await get(url, '/assets/index-a1b2.js')).headers['cache-control']).toContain('immutable')
  })

  it.each([
    '/../secret.txt',
    '/assets/../../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/assets/..%5c..%5csecret.txt',
    '//secret.txt',
    '/.env',
    '/assets/%00',
  ])('lead nowhere else: %s', async (path) => {
    const { url } = await startWithDashboard()
    const { body } = await get(url, path, '*/*')
    expect(body).not.toMatch(/outside|hidden/)
    expect(body).toContain('"status":4')
  })
})
