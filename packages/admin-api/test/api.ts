import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AccessRole } from '@kamihi/contracts'
import { type Client, createClient } from '@kamihi/contracts/client'
import { ask, createKamihi, defineAction, type Kamihi, loadConfig, silentLogger } from '@kamihi/core'
import { createJobs } from '@kamihi/jobs'
import type { Change, Saved } from '@kamihi/store'
import { createEmulator, type Emulator } from '@kamihi/telegram-emulator'
import { onTestFinished } from 'vitest'
import { newApiToken, sha256 } from '../src/credentials.ts'
import { createAdminApi } from '../src/index.ts'
import { checkedFetch } from './checkedFetch.ts'

export const change: Change = { actor: { kind: 'cli', id: null, name: 'test' }, now: Date.now() }
export const password = 'a long and odd password'

const report = defineAction({
  name: 'report',
  description: 'A report',
  run({ user, logger }) {
    logger.info({ name: user?.name ?? null }, 'reporting')
    return `Report for ${user?.name ?? 'all'}`
  },
})
const weather = defineAction({
  name: 'weather',
  args: { city: ask.choice('Which city?', ['Paris', 'Madrid']) },
  run: ({ args }) => args.city,
})

export interface TestApi {
  url: string
  kamihi: Kamihi
  emulator: Emulator
  /** Secret of the set-up link. */
  setupToken: string
  setupLink(): string | null
  /** A client with a token of that role. */
  as(role: AccessRole): Promise<Client>
  token(role: AccessRole): Promise<string>
  fetch(path: string, init?: RequestInit): Promise<Response>
}

/** The whole API over HTTP on a bot with jobs on, until the test has ended; `dashboard` is a folder with its files, default none. */
export async function startTestApi(
  overrides: object = {},
  dashboard: string | null = null,
  { close = onTestFinished } = {} as { close?: (work: () => Promise<void>) => void },
): Promise<TestApi> {
  const emulator = await createEmulator({ port: 0, limits: false })
  const cwd = mkdtempSync(join(tmpdir(), 'kamihi-api-'))
  const base = {
    db: { url: `sqlite:///${join(cwd, 'kamihi.db')}` },
    jobs: { enabled: true },
    web: { port: 0, rateLimit: 0 },
  }
  const loaded = await loadConfig({ cwd, overrides: { ...base, ...overrides } })
  const { config } = loaded
  const kamihi = await createKamihi({
    config,
    actions: [report, weather],
    logger: silentLogger(),
    emulator: { apiRoot: emulator.url, token: emulator.token, pageUrl: emulator.pageUrl },
  })
  const jobs = createJobs({ kamihi })
  const api = createAdminApi({ kamihi, jobs, version: '0.0.0-test', configSources: loaded, dashboard })
  kamihi.use(jobs)
  kamihi.use(api)
  await kamihi.start()
  close(async () => {
    await kamihi.stop()
    await emulator.close()
  })
  const token = async (role: AccessRole) => {
    const secret = newApiToken()
    await kamihi.store.tokens.create(
      { name: role, role, prefix: secret.slice(0, 8), hash: sha256(secret), expiresAt: null },
      change,
    )
    return secret
  }
  return {
    url: api.url(),
    kamihi,
    emulator,
    setupToken: (api.setupLink() ?? '').split('token=')[1] ?? '',
    setupLink: api.setupLink,
    token,
    as: async (role) => createClient({ baseUrl: api.url(), token: await token(role), fetch: checkedFetch }),
    fetch: (path, init) => checkedFetch(`${api.url()}${path}`, init),
  }
}

/** Somebody who is signed in in a browser; `ago`: ms since they showed who they are. */
export interface Browser {
  accountId: string
  sessionId: string
  cookie: string
  headers: Record<string, string>
}

/** Signs in without a password, which would take its time. */
export async function browser(
  { kamihi }: TestApi,
  role: AccessRole,
  { username = role as string, ago = 0, lasts = 3_600_000, passwordHash = 'x' } = {},
): Promise<Browser> {
  const at = { ...change, now: kamihi.clock.now() - ago }
  const known = await kamihi.store.accounts.getByUsername(username)
  const made = known ?? valueIn(await kamihi.store.accounts.create({ username, role, passwordHash }, at))
  const secret = newApiToken()
  const sessionId = sha256(secret)
  const session = { id: sessionId, accountId: made.id, ip: '203.0.113.9', userAgent: 'Test' }
  await kamihi.store.sessions.create({ ...session, expiresAt: at.now + lasts }, at)
  const cookie = `kamihi_0=${secret}`
  return { accountId: made.id, sessionId, cookie, headers: { ...samePage, cookie } }
}

/** Asks as somebody who is signed in. */
export const call = (
  api: TestApi,
  { cookie }: Pick<Browser, 'cookie'>,
  method: string,
  path: string,
  body?: unknown,
): Promise<Response> =>
  api.fetch(`/api/v1${path}`, {
    method,
    headers: body === undefined ? { 'sec-fetch-site': 'same-origin', cookie } : { ...samePage, cookie },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })

/** The cookie that an answer has set. */
export const cookieIn = (answer: Response): string =>
  (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? ''

export function valueIn<T>(saved: Saved<T> | { kind: string }): T {
  if (saved.kind !== 'saved') throw new Error(`not saved: ${JSON.stringify(saved)}`)
  return (saved as { value: T }).value
}

export const codeOf = async (answer: Response): Promise<string | null> =>
  ((await answer.json().catch(() => null)) as { code?: string } | null)?.code ?? null

/** Headers of a request that a page of ours makes. */
export const samePage = { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' }

export const post = (body: unknown, headers: Record<string, string> = samePage): RequestInit => ({
  method: 'POST',
  headers,
  body: JSON.stringify(body),
})
