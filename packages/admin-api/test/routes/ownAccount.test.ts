import { describe, expect, it } from 'vitest'
import { hashPassword } from '../../src/credentials.ts'
import {
  type Browser,
  browser,
  call,
  codeOf,
  cookieIn,
  password,
  startTestApi,
  type TestApi,
} from '../api.ts'

const next = 'a longer and odder password'
const passwordHash = await hashPassword(password)

const isIn = async (api: TestApi, who: { cookie: string }) =>
  (await call(api, who, 'GET', '/session')).status === 200

describe('changing the own password', () => {
  it('gives this browser a new session and ends all others', async () => {
    const api = await startTestApi()
    const here = await browser(api, 'owner', { passwordHash })
    const there = await browser(api, 'owner')
    const body = { currentPassword: password, newPassword: next }
    const changed = await call(api, here, 'PATCH', '/account', body)
    expect(changed.status).toBe(200)
    expect(await isIn(api, { cookie: cookieIn(changed) })).toBe(true)
    expect([await isIn(api, here), await isIn(api, there)]).toEqual([false, false])
    const account = await api.kamihi.store.accounts.get(here.accountId)
    expect(account?.passwordHash).toMatch(/^\$scrypt\$ln=15,r=8,p=3\$/)
    expect(account?.passwordHash).not.toBe(passwordHash)
  })

  it('needs the current one, and a good new one', async () => {
    const api = await startTestApi()
    const owner = await browser(api, 'owner', { passwordHash })
    const change = (currentPassword: string, newPassword: string) =>
      call(api, owner, 'PATCH', '/account', { currentPassword, newPassword })
    const wrong = await change('not my password', next)
    expect([wrong.status, await codeOf(wrong)]).toEqual([422, 'wrong_password'])
    expect(await codeOf(await change(password, 'qwerty123456'))).toBe('weak_password')
    expect(await isIn(api, owner)).toBe(true)
  })
})

describe('showing again who one is', () => {
  it('makes the sign-in fresh, under a new id that lasts no longer than the old one', async () => {
    const api = await startTestApi()
    const owner = await browser(api, 'owner', { passwordHash, ago: 20 * 60_000 })
    const invite = (who: Pick<Browser, 'cookie'>) =>
      call(api, who, 'POST', '/accounts', { username: 'eve', role: 'viewer' })
    expect(await codeOf(await invite(owner))).toBe('reauth_required')
    const { expiresAt } = (await (await call(api, owner, 'GET', '/session')).json()) as { expiresAt: string }
    const again = await call(api, owner, 'POST', '/session/reauth', { password })
    const session = (await again.json()) as { expiresAt: string; freshUntil: string }
    expect(session.expiresAt).toBe(expiresAt)
    expect(Date.parse(session.freshUntil)).toBeGreaterThan(api.kamihi.clock.now())
    expect((await invite({ cookie: cookieIn(again) })).status).toBe(201)
    expect(await isIn(api, owner)).toBe(false)
  })

  it('is refused with a wrong password, which counts as guessing', async () => {
    const api = await startTestApi()
    const owner = await browser(api, 'owner', { passwordHash })
    const statuses = []
    for (let n = 0; n < 6; n += 1)
      statuses.push((await call(api, owner, 'POST', '/session/reauth', { password: `wrong ${n}` })).status)
    expect(statuses).toEqual([422, 422, 422, 422, 422, 429])
  })
})

describe('the own sessions', () => {
  it('are listed, the one that asks is marked, and others can be ended one by one or all at once', async () => {
    const api = await startTestApi()
    const here = await browser(api, 'viewer')
    await browser(api, 'owner')
    const [second, third] = [await browser(api, 'viewer'), await browser(api, 'viewer')]
    const { items } = (await (await call(api, here, 'GET', '/account/sessions')).json()) as {
      items: { id: string; current: boolean }[]
    }
    expect(items.filter(({ current }) => current).map(({ id }) => id)).toEqual([here.sessionId])
    expect(items).toHaveLength(3)
    expect((await call(api, here, 'DELETE', `/account/sessions/${second.sessionId}`)).status).toBe(204)
    expect([await isIn(api, second), await isIn(api, third)]).toEqual([false, true])
    expect(await (await call(api, here, 'DELETE', '/account/sessions')).json()).toEqual({ ended: 1 })
    expect([await isIn(api, third), await isIn(api, here)]).toEqual([false, true])
  })

  it('of somebody else cannot be ended', async () => {
    const api = await startTestApi()
    const owner = await browser(api, 'owner')
    const eve = await browser(api, 'viewer', { username: 'eve' })
    expect((await call(api, eve, 'DELETE', `/account/sessions/${owner.sessionId}`)).status).toBe(404)
    expect(await isIn(api, owner)).toBe(true)
  })
})

it('shows the own account without its hash', async () => {
  const api = await startTestApi()
  const owner = await browser(api, 'owner')
  const body = await (await call(api, owner, 'GET', '/account')).json()
  expect(body).toMatchObject({ username: 'owner', role: 'owner', hasPassword: true })
  expect(body).not.toHaveProperty('passwordHash')
})
