import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AccessRole } from '@kamihi/contracts'
import { type Client, createClient } from '@kamihi/contracts/client'
import { ask, createKamihi, defineAction, type Kamihi, loadConfig, silentLogger } from '@kamihi/core'
import { createJobs } from '@kamihi/jobs'
import type { Change } from '@kamihi/store'
import { createEmulator, type Emulator } from '@kamihi/telegram-emulator'
import { onTestFinished } from 'vitest'
import { createAdminApi, newApiToken, sha256 } from '../src/index.ts'

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
  /** A client with a token of that role. */
  as(role: AccessRole): Promise<Client>
  token(role: AccessRole): Promise<string>
  fetch(path: string, init?: RequestInit): Promise<Response>
}

/** The whole API over HTTP on a bot with jobs on; `dashboard` is a folder with its files, default none. */
export async function startTestApi(
  overrides: object = {},
  dashboard: string | null = null,
): Promise<TestApi> {
  const emulator = await createEmulator({ port: 0, limits: false })
  const cwd = mkdtempSync(join(tmpdir(), 'kamihi-api-'))
  const base = {
    db: { url: `sqlite:///${join(cwd, 'kamihi.db')}` },
    jobs: { enabled: true },
    web: { port: 0, rateLimit: 0 },
  }
  const { config } = await loadConfig({ cwd, overrides: { ...base, ...overrides } })
  const kamihi = await createKamihi({
    config,
    actions: [report, weather],
    logger: silentLogger(),
    emulator: { apiRoot: emulator.url, token: emulator.token, pageUrl: emulator.pageUrl },
  })
  const jobs = createJobs({ kamihi })
  const api = createAdminApi({ kamihi, jobs, version: '0.0.0-test', dashboard })
  kamihi.use(jobs)
  kamihi.use(api)
  await kamihi.start()
  onTestFinished(async () => {
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
    token,
    as: async (role) => createClient({ baseUrl: api.url(), token: await token(role) }),
    fetch: (path, init) => fetch(`${api.url()}${path}`, init),
  }
}

/** Headers of a request that a page of ours makes. */
export const samePage = { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' }

export const post = (body: unknown, headers: Record<string, string> = samePage): RequestInit => ({
  method: 'POST',
  headers,
  body: JSON.stringify(body),
})
