import { describe, expect, it } from 'vitest'
import { browser, password, post, samePage, startTestApi } from '../api.ts'

const owner = (token: string, username = 'ana') => post({ token, username, password })

describe('set-up', () => {
  it('makes the first owner once, of two that try at the same time', async () => {
    const api = await startTestApi()
    const answers = await Promise.all(
      ['ana', 'eve'].map((name) => api.fetch('/api/v1/setup', owner(api.setupToken, name))),
    )
    expect(answers.map((answer) => answer.status).sort()).toEqual([201, 409])
    expect((await api.fetch('/api/v1/setup', owner(api.setupToken))).status).toBe(409)
  })

  it('is all that answers before there is an owner, with health', async () => {
    const api = await startTestApi()
    const jobs = await api.fetch('/api/v1/jobs')
    expect([jobs.status, ((await jobs.json()) as { code: string }).code]).toEqual([401, 'setup_required'])
    expect((await api.fetch('/healthz')).status).toBe(200)
  })

  it('is told to who opens the dashboard, then that nobody is signed in, and then who is', async () => {
    const api = await startTestApi()
    const entrance = async (headers = {}) => {
      const answer = await api.fetch('/api/v1/session/entrance', { headers })
      return [answer.status, await answer.json()]
    }
    expect(await entrance()).toEqual([200, { isSetUp: false, session: null }])
    const { headers } = await browser(api, 'owner', { username: 'ana' })
    expect(await entrance()).toEqual([200, { isSetUp: true, session: null }])
    expect(await entrance({ cookie: 'kamihi_0=made-up' })).toEqual([200, { isSetUp: true, session: null }])
    const session = await (await api.fetch('/api/v1/session', { headers })).json()
    expect(await entrance(headers)).toEqual([200, { isSetUp: true, session }])
    const [status, problem] = await entrance({ authorization: 'Bearer kam_made-up' })
    expect([status, problem]).toEqual([401, expect.objectContaining({ code: 'unauthenticated' })])
  })

  it('tells who is in, however often strangers of the same address ask', async () => {
    const api = await startTestApi({ web: { port: 0, rateLimit: 5 } })
    const { headers } = await browser(api, 'owner')
    const ask = async (given = {}) => (await api.fetch('/api/v1/session/entrance', { headers: given })).status
    for (let n = 0; n < 20; n += 1) await ask()
    expect(await ask()).toBe(429)
    expect(await ask(headers)).toBe(200)
  })

  it('refuses a wrong token, and all of them after five tries a minute', async () => {
    const api = await startTestApi()
    const statuses = []
    for (let n = 0; n < 6; n += 1) statuses.push((await api.fetch('/api/v1/setup', owner('wrong'))).status)
    expect(statuses).toEqual([403, 403, 403, 403, 403, 429])
  })

  it('goes on for others while one place has tried too often', async () => {
    const api = await startTestApi({ web: { port: 0, rateLimit: 0, trustedProxies: ['127.0.0.1'] } })
    const from = (address: string, token: string) => {
      const request = owner(token)
      return api.fetch('/api/v1/setup', {
        ...request,
        headers: { ...samePage, 'x-forwarded-for': address },
      })
    }
    for (let n = 0; n < 6; n += 1) await from('198.51.100.1', 'wrong')
    expect((await from('198.51.100.1', api.setupToken)).status).toBe(429)
    expect((await from('198.51.100.2', api.setupToken)).status).toBe(201)
  })

  it('refuses a name that an invitation would refuse too, and says which names are good', async () => {
    const api = await startTestApi()
    const answer = await api.fetch('/api/v1/setup', owner(api.setupToken, 'op er!'))
    const { errors } = (await answer.json()) as {
      errors: { path: string; issue: unknown; message: string }[]
    }
    expect([answer.status, errors[0]?.path, errors[0]?.issue]).toEqual([
      422,
      '/username',
      { kind: 'username' },
    ])
    expect(errors[0]?.message).toMatch(/letters, digits/)
  })

  it.each([
    ['short', /at least 12/],
    ['aaaaaaaaaaaaaaaa', /repeats/],
    ['ana-ana-ana-bo', /user name/],
  ])('refuses the password %j and says why', async (weak, reason) => {
    const api = await startTestApi()
    const answer = await api.fetch(
      '/api/v1/setup',
      post({ token: api.setupToken, username: 'ana', password: weak }),
    )
    expect(answer.status).toBe(422)
    expect(JSON.stringify(await answer.json())).toMatch(weak === 'short' ? /fewer than 12|12/ : reason)
  })
})

describe('a session', () => {
  it('begins with set-up, ends with sign-out and is a cookie that scripts cannot read', async () => {
    const api = await startTestApi()
    const made = await api.fetch('/api/v1/setup', owner(api.setupToken))
    const cookie = made.headers.get('set-cookie') ?? ''
    expect(cookie).toMatch(/HttpOnly; SameSite=Strict/)
    const headers = { ...samePage, cookie: cookie.split(';')[0] ?? '' }
    expect(await (await api.fetch('/api/v1/session', { headers })).json()).toMatchObject({
      account: { username: 'ana', role: 'owner' },
      instance: { jobsEnabled: true },
    })
    expect(
      (
        await api.fetch('/api/v1/session', {
          method: 'DELETE',
          headers: { cookie: headers.cookie, 'sec-fetch-site': 'same-origin' },
        })
      ).status,
    ).toBe(204)
    expect((await api.fetch('/api/v1/session', { headers })).status).toBe(401)
  })

  it('is not given for a wrong password, an unknown name looks the same, and guessing has to wait', async () => {
    const api = await startTestApi()
    await api.fetch('/api/v1/setup', owner(api.setupToken))
    const signIn = (username: string, given: string) =>
      api.fetch('/api/v1/session', post({ username, password: given }))
    const [wrong, unknown] = await Promise.all([signIn('ana', 'x'), signIn('nobody', 'x')])
    const bodies = await Promise.all(
      [wrong, unknown].map(async (answer) => ({ ...((await answer.json()) as object), requestId: '' })),
    )
    expect([wrong.status, unknown.status]).toEqual([401, 401])
    expect(bodies[0]).toEqual(bodies[1])
    for (let n = 0; n < 4; n += 1) await signIn('ana', 'x')
    const late = await signIn('ana', password)
    expect(late.status).toBe(429)
    expect(Number(late.headers.get('retry-after'))).toBeGreaterThan(30)
  })
})
