import { eventsPath } from '@kamihi/contracts'
import { describe, expect, it } from 'vitest'
import { type Browser, browser, call, codeOf, password, post, startTestApi, type TestApi } from '../api.ts'

const asJson = async <T>(answer: Response): Promise<T> => (await answer.json()) as T
interface Created {
  account: { id: string; username: string; version: number; hasPassword: boolean }
  link: { kind: string; url: string }
}
const secretIn = (url: string) => url.split('=')[1] ?? ''

const invite = async (api: TestApi, owner: Browser, username = 'eve', role = 'viewer') =>
  asJson<Created>(await call(api, owner, 'POST', '/accounts', { username, role }))
const accept = (api: TestApi, url: string, chosen = password) =>
  api.fetch('/api/v1/links/accept', post({ token: secretIn(url), password: chosen }))
const signIn = (api: TestApi, username: string, given = password) =>
  api.fetch('/api/v1/session', post({ username, password: given }))

/** Verbs of the audit log, the newest first. */
const verbs = async (api: TestApi, id: string) =>
  (await api.kamihi.store.audit.list({ objectKind: 'account', objectId: id })).items.map(({ verb }) => verb)

describe('an invitation', () => {
  it('lets its holder choose the password, once, and sign in', async () => {
    const api = await startTestApi()
    const owner = await browser(api, 'owner')
    const { account, link } = await invite(api, owner)
    expect(account).toMatchObject({ username: 'eve', role: 'viewer', hasPassword: false })
    expect(link).toMatchObject({ kind: 'invite' })
    expect(link.url).toMatch(new RegExp(`^${api.url}/setup#invite=[\\w-]{43}$`))
    const look = await api.fetch('/api/v1/links', post({ token: secretIn(link.url) }))
    expect(await look.json()).toMatchObject({ kind: 'invite', username: 'eve' })
    expect(await asJson(await accept(api, link.url))).toEqual({ username: 'eve' })
    const again = await accept(api, link.url, 'another long and odd one')
    expect([again.status, await codeOf(again)]).toEqual([403, 'link_invalid'])
    expect((await signIn(api, 'EVE')).status).toBe(200)
    expect(await verbs(api, account.id)).toEqual([
      'session.created',
      'account.link_accepted',
      'account.link_created',
      'account.created',
    ])
  })

  it('is void when a newer one was made, when it has expired, and for a weak password', async () => {
    const api = await startTestApi()
    const owner = await browser(api, 'owner')
    const { account, link } = await invite(api, owner)
    const newer = await asJson<Created['link']>(
      await call(api, owner, 'POST', `/accounts/${account.id}/link`, {}),
    )
    expect(await codeOf(await accept(api, link.url))).toBe('link_invalid')
    expect(await codeOf(await accept(api, newer.url, 'eve-eve-eve-eve'))).toBe('weak_password')
    const { store, clock } = api.kamihi
    const hash = 'h'.repeat(64)
    const before = { actor: { kind: 'cli', id: null, name: 'x' }, now: clock.now() - 1000 } as const
    await store.accountLinks.create(account.id, { hash, kind: 'invite', expiresAt: clock.now() }, before)
    expect(await store.accountLinks.find(hash, clock.now())).toBeNull()
  })

  it('is not for guessing: after ten tries an address has to wait', async () => {
    const api = await startTestApi()
    await browser(api, 'owner')
    const statuses = []
    for (let n = 0; n < 11; n += 1)
      statuses.push((await api.fetch('/api/v1/links', post({ token: `wrong${n}` }))).status)
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 403), 429])
  })

  it('never stores its secret, and no password opens the account before it is accepted', async () => {
    const api = await startTestApi()
    const owner = await browser(api, 'owner')
    const { account, link } = await invite(api, owner)
    expect((await signIn(api, 'eve', secretIn(link.url))).status).toBe(401)
    expect((await signIn(api, 'eve', ' ')).status).toBe(401)
    expect(JSON.stringify(await api.kamihi.store.accounts.get(account.id))).not.toContain(secretIn(link.url))
    const audit = JSON.stringify((await api.kamihi.store.audit.list({})).items)
    expect(audit).not.toContain(secretIn(link.url))
  })
})

describe('a link for a new password', () => {
  it('ends all sessions of the account when it is made', async () => {
    const api = await startTestApi()
    const owner = await browser(api, 'owner')
    const eve = await browser(api, 'viewer', { username: 'eve' })
    const link = await asJson<Created['link']>(
      await call(api, owner, 'POST', `/accounts/${eve.accountId}/link`, {}),
    )
    expect(link.kind).toBe('reset')
    expect((await call(api, eve, 'GET', '/session')).status).toBe(401)
    expect((await accept(api, link.url)).status).toBe(200)
    expect((await signIn(api, 'eve')).status).toBe(200)
  })
})

describe('the last owner', () => {
  it.each([
    ['demoted', (id: string) => ['PATCH', `/accounts/${id}`, { version: 1, role: 'operator' }] as const],
    ['disabled', (id: string) => ['PATCH', `/accounts/${id}`, { version: 1, disabled: true }] as const],
  ])('cannot be %s, not even beside an owner who never accepted', async (_, of) => {
    const api = await startTestApi()
    const owner = await browser(api, 'owner')
    await invite(api, owner, 'bea', 'owner')
    const [method, path, body] = of(owner.accountId)
    const answer = await call(api, owner, method, path, body)
    expect([answer.status, await codeOf(answer)]).toEqual([409, 'last_owner'])
  })

  it('cannot be deleted, but may go once there is another one', async () => {
    const api = await startTestApi()
    const owner = await browser(api, 'owner')
    const refused = await call(api, owner, 'DELETE', `/accounts/${owner.accountId}`)
    expect([refused.status, await codeOf(refused)]).toEqual([409, 'last_owner'])
    const other = await browser(api, 'owner', { username: 'bea' })
    expect((await call(api, other, 'DELETE', `/accounts/${owner.accountId}`)).status).toBe(204)
    expect((await call(api, owner, 'GET', '/session')).status).toBe(401)
  })
})

describe('an account', () => {
  it('is refused with a name that somebody has in other letters, or with a user who is unknown', async () => {
    const api = await startTestApi()
    const owner = await browser(api, 'owner')
    await invite(api, owner)
    const twice = await call(api, owner, 'POST', '/accounts', { username: 'EVE', role: 'viewer' })
    expect([twice.status, await codeOf(twice)]).toEqual([409, 'duplicate'])
    const body = { username: 'bob', role: 'viewer', telegramUserId: 'nobody' }
    const unknown = await call(api, owner, 'POST', '/accounts', body)
    expect([unknown.status, await codeOf(unknown)]).toEqual([422, 'unknown_reference'])
    const extra = await call(api, owner, 'POST', '/accounts', { ...body, passwordHash: 'x' })
    expect(extra.status).toBe(422)
  })

  it('acts with its new role from the next request on', async () => {
    const api = await startTestApi()
    const owner = await browser(api, 'owner')
    const eve = await browser(api, 'viewer', { username: 'eve' })
    const addUser = () => call(api, eve, 'POST', '/users', { telegramId: 5 })
    expect((await addUser()).status).toBe(403)
    const patch = { version: 1, role: 'operator' }
    expect((await call(api, owner, 'PATCH', `/accounts/${eve.accountId}`, patch)).status).toBe(200)
    expect((await addUser()).status).toBe(201)
    const stale = await call(api, owner, 'PATCH', `/accounts/${eve.accountId}`, patch)
    expect(await codeOf(stale)).toBe('version_conflict')
  })

  it('that is disabled or deleted is signed out at once, its open stream too, and its tokens end', async () => {
    const api = await startTestApi()
    const owner = await browser(api, 'owner')
    for (const act of ['disable', 'delete']) {
      const eve = await browser(api, 'owner', { username: `eve-${act}` })
      const made = await asJson<{ secret: string }>(
        await call(api, eve, 'POST', '/tokens', { name: 'ci', role: 'viewer' }),
      )
      const bearer = { headers: { authorization: `Bearer ${made.secret}` } }
      expect((await api.fetch('/api/v1/jobs', bearer)).status).toBe(200)
      const stream = await api.fetch(eventsPath, { headers: eve.headers })
      const path = `/accounts/${eve.accountId}`
      const done =
        act === 'delete'
          ? await call(api, owner, 'DELETE', path)
          : await call(api, owner, 'PATCH', path, { version: 1, disabled: true })
      expect(done.ok).toBe(true)
      // Read to its end, which comes by itself long before the next heartbeat.
      expect(await stream.text()).toContain('retry')
      expect((await call(api, eve, 'GET', '/session')).status).toBe(401)
      expect((await api.fetch('/api/v1/jobs', bearer)).status).toBe(401)
    }
  })

  it('shows owners where others are signed in, and lets them end that', async () => {
    const api = await startTestApi()
    const owner = await browser(api, 'owner')
    const eve = await browser(api, 'viewer', { username: 'eve' })
    await browser(api, 'viewer', { username: 'eve' })
    const path = `/accounts/${eve.accountId}/sessions`
    const { items } = await asJson<{ items: unknown[] }>(await call(api, owner, 'GET', path))
    expect(items).toHaveLength(2)
    expect(items[0]).toMatchObject({ ip: '203.0.113.9', userAgent: 'Test', current: false })
    expect((await call(api, owner, 'DELETE', `${path}/${eve.sessionId}`)).status).toBe(204)
    expect((await call(api, eve, 'GET', '/session')).status).toBe(401)
    expect(await asJson(await call(api, owner, 'DELETE', path))).toEqual({ ended: 1 })
  })
})

describe('what a role does not allow', () => {
  it('is written into the audit log, once a minute for the same thing', async () => {
    const api = await startTestApi()
    const eve = await browser(api, 'viewer', { username: 'eve' })
    await browser(api, 'owner')
    for (let n = 0; n < 3; n += 1) await call(api, eve, 'GET', '/accounts')
    const { items } = await api.kamihi.store.audit.list({ verb: 'request.refused' })
    expect(items.map(({ actor, object }) => [actor.name, object.label])).toEqual([
      ['eve', 'GET /api/v1/accounts'],
    ])
  })
})
