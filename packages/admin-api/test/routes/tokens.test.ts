import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type Browser, browser, change, codeOf, startTestApi, type TestApi } from '../api.ts'

interface Made {
  token: { id: string; prefix: string; expiresAt: string | null }
  secret: string
}
const make = async (api: TestApi, owner: Browser, body: object): Promise<Made> => {
  const answer = await api.fetch('/api/v1/tokens', {
    method: 'POST',
    headers: owner.headers,
    body: JSON.stringify(body),
  })
  expect(answer.status).toBe(201)
  return (await answer.json()) as Made
}
const ask = (api: TestApi, secret: string, path = '/api/v1/jobs', init: RequestInit = {}) =>
  api.fetch(path, { ...init, headers: { authorization: `Bearer ${secret}` } })

describe('an API token', () => {
  it('is shown once; only its hash is stored', async () => {
    const api = await startTestApi()
    const owner = await browser(api, 'owner')
    const { token, secret } = await make(api, owner, { name: 'ci', role: 'operator' })
    expect(secret).toMatch(/^kmh_[0-9A-Za-z]{38}$/)
    expect(secret.slice(0, 8)).toBe(token.prefix)
    const list = await (await api.fetch('/api/v1/tokens', { headers: owner.headers })).text()
    expect(list).toContain(token.id)
    expect(list).not.toContain(secret)
    const { path } = await api.kamihi.store.info()
    for (const file of [path, `${path}-wal`]) expect(readFileSync(file).includes(secret)).toBe(false)
  })

  it('is valid for a year, for so many days, or until it is revoked', async () => {
    const api = await startTestApi()
    const owner = await browser(api, 'owner')
    const daysOf = ({ token: { expiresAt } }: Made) =>
      expiresAt === null ? null : Math.round((Date.parse(expiresAt) - api.kamihi.clock.now()) / 86_400_000)
    const body = { name: 'ci', role: 'viewer' }
    expect(daysOf(await make(api, owner, body))).toBe(365)
    expect(daysOf(await make(api, owner, { ...body, expiresInDays: 30 }))).toBe(30)
    expect(daysOf(await make(api, owner, { ...body, expiresInDays: null }))).toBeNull()
  })

  it('tells when it was last used, and from where', async () => {
    const api = await startTestApi()
    const { secret, token } = await make(api, await browser(api, 'owner'), { name: 'ci', role: 'viewer' })
    await ask(api, secret)
    const { items } = await api.kamihi.store.tokens.list({})
    expect(items.find(({ id }) => id === token.id)).toMatchObject({
      lastUsedAt: expect.any(String),
      lastUsedFrom: '127.0.0.1',
    })
  })

  it('ends when it is revoked, which can be done once', async () => {
    const api = await startTestApi()
    const owner = await browser(api, 'owner')
    const { secret, token } = await make(api, owner, { name: 'ci', role: 'viewer' })
    const revoke = () =>
      api.fetch(`/api/v1/tokens/${token.id}`, {
        method: 'DELETE',
        headers: { cookie: owner.cookie, 'sec-fetch-site': 'same-origin' },
      })
    expect([(await revoke()).status, (await revoke()).status]).toEqual([204, 404])
    expect((await ask(api, secret)).status).toBe(401)
  })

  it('ends together with others that a search finds, and those that had ended stay so', async () => {
    const api = await startTestApi()
    const owner = await browser(api, 'owner')
    const made = [
      await make(api, owner, { name: 'ci one', role: 'viewer' }),
      await make(api, owner, { name: 'ci two', role: 'viewer' }),
      await make(api, owner, { name: 'backup', role: 'viewer' }),
    ]
    const [first] = made
    const revoke = async (target: object) => {
      const body = JSON.stringify({ verb: 'revoke', ...target })
      const answer = await api.fetch('/api/v1/tokens/bulk', { method: 'POST', headers: owner.headers, body })
      return answer.json()
    }
    expect(await revoke({ ids: [first?.token.id] })).toMatchObject({ changed: 1, unchanged: 0 })
    expect(await revoke({ filter: { q: 'ci' } })).toMatchObject({ matched: 2, changed: 1, unchanged: 1 })
    const statuses = []
    for (const { secret } of made) statuses.push((await ask(api, secret)).status)
    expect(statuses).toEqual([401, 401, 200])
  })

  it('never does more than the account that made it', async () => {
    const api = await startTestApi()
    const owner = await browser(api, 'owner')
    const eve = await browser(api, 'owner', { username: 'eve' })
    const { secret } = await make(api, eve, { name: 'ci', role: 'owner' })
    const write = () =>
      api.fetch('/api/v1/roles', {
        method: 'POST',
        headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
        body: JSON.stringify({ name: 'Sales' }),
      })
    const { store } = api.kamihi
    await store.accounts.update(eve.accountId, 1, { role: 'viewer' }, change)
    expect([(await write()).status, (await ask(api, secret)).status]).toEqual([403, 200])
    await store.accounts.update(eve.accountId, 2, { role: 'owner' }, change)
    expect((await write()).status).toBe(201)
    expect(owner.accountId).not.toBe(eve.accountId)
  })

  it('that is wrong counts as guessing, also one that cannot be a token', async () => {
    const api = await startTestApi()
    await browser(api, 'owner')
    const statuses = []
    for (let n = 0; n < 11; n += 1) statuses.push((await ask(api, `kmh_${n}`)).status)
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 401), 429])
  })

  it('in the address is refused; with one in the header the cookie is not looked at', async () => {
    const api = await startTestApi()
    const owner = await browser(api, 'owner')
    const { secret } = await make(api, owner, { name: 'ci', role: 'viewer' })
    const inUrl = await api.fetch(`/api/v1/jobs?token=${secret}`)
    expect([inUrl.status, await codeOf(inUrl)]).toEqual([400, 'token_in_query'])
    const both = await api.fetch('/api/v1/session', {
      headers: { cookie: owner.cookie, authorization: `Bearer ${secret}` },
    })
    expect(await both.json()).toMatchObject({ account: { username: 'ci', role: 'viewer' }, freshUntil: null })
  })
})
