import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type Browser, browser, startTestApi, type TestApi } from '../api.ts'

const pagePolicy =
  "default-src 'none';script-src 'self';style-src 'self';img-src 'self' data: blob:;font-src 'self';connect-src 'self';" +
  "manifest-src 'self';worker-src 'self';base-uri 'none';form-action 'self';frame-ancestors 'none';" +
  "require-trusted-types-for 'script';trusted-types svelte-trusted-html"

const everywhere = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'origin-agent-cluster': '?1',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=(), clipboard-read=()',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-dns-prefetch-control': 'off',
  'x-download-options': 'noopen',
  'x-frame-options': 'DENY',
  'x-permitted-cross-domain-policies': 'none',
  'x-xss-protection': '0',
}
const page = { ...everywhere, 'content-security-policy': pagePolicy, 'cache-control': 'no-cache' }
const kept = { ...page, 'cache-control': 'public, max-age=31536000, immutable' }
const notKept = {
  ...everywhere,
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cache-control': 'no-store',
  'x-kamihi-time': expect.stringMatching(/^\d+$/),
}
const { 'x-kamihi-time': _time, ...stream } = { ...notKept, 'x-accel-buffering': 'no' }
const { 'cache-control': _, ...nothing } = page

/** They tell what the content is and how it travels. */
const ofTheContent = [
  'accept-ranges',
  'connection',
  'content-length',
  'content-type',
  'date',
  'etag',
  'keep-alive',
  'last-modified',
  'transfer-encoding',
]

function dashboardFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'kamihi-pages-'))
  mkdirSync(join(folder, 'assets'))
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Kamihi</title>')
  writeFileSync(join(folder, 'favicon.svg'), '<svg/>')
  writeFileSync(join(folder, 'assets/index-a1b2.js'), 'export {}')
  return folder
}

async function get(api: TestApi, owner: Browser, path: string) {
  const answer = await api.fetch(path, { headers: { cookie: owner.cookie, accept: 'text/html, */*' } })
  const headers = Object.fromEntries(answer.headers)
  for (const name of ofTheContent) delete headers[name]
  const isStream = answer.headers.get('content-type')?.startsWith('text/event-stream')
  if (isStream) await answer.body?.cancel()
  const body = isStream ? '' : await answer.text()
  return { status: answer.status, headers, body }
}

const answers = [
  ['a page', '/jobs', 200, page],
  ['the first page', '/', 200, page],
  ['the page of set-up', '/setup', 200, page],
  ['a file with a hash in its name', '/assets/index-a1b2.js', 200, kept],
  ['another file', '/favicon.svg', 200, page],
  ['a file that is not there', '/assets/gone.js', 404, nothing],
  ['the API', '/api/v1/session', 200, notKept],
  ['the API where nothing is', '/api/v1/nothing', 404, notKept],
  ['the API that fails', '/api/v1/roles', 500, notKept],
  ['live events', '/api/v1/events', 200, stream],
  ['the reference of the API', '/api/docs', 200, page],
  ['the script of that reference', '/api/docs/reference.js', 200, page],
  ['health', '/healthz', 200, nothing],
] as const

const shared: { get: ((path: string) => ReturnType<typeof get>) | null } = { get: null }

beforeAll(async () => {
  const api = await startTestApi({}, dashboardFolder(), { close: (work) => afterAll(work) })
  const owner = await browser(api, 'owner')
  vi.spyOn(api.kamihi.store.roles, 'list').mockRejectedValue(new Error('select secret from /var/lib'))
  shared.get = (path) => get(api, owner, path)
})

describe('an answer', () => {
  it.each(answers)('of %s (%s) has exactly these headers', async (_what, path, status, headers) => {
    const answer = await shared.get?.(path)
    expect({ status: answer?.status, headers: answer?.headers }).toEqual({ status, headers })
    expect(answer?.body).not.toMatch(/secret|var\/lib/)
  })
})
