import { describe, expect, it } from 'vitest'
import { hashPassword } from '../../src/credentials.ts'
import { browser, call, change, codeOf, password, post, startTestApi } from '../api.ts'

const passwordHash = await hashPassword(password)

describe('a sign-in', () => {
  it('does not come through with a password that is replaced while it goes on', async () => {
    const api = await startTestApi()
    const { accountId } = await browser(api, 'owner', { username: 'ana', passwordHash })
    const { accounts, sessions } = api.kamihi.store
    const { create } = sessions
    sessions.create = async (...given) => {
      await accounts.setPassword(accountId, await hashPassword('another long password'), change)
      return create(...given)
    }
    const answer = await api.fetch('/api/v1/session', post({ username: 'ana', password }))
    expect([answer.status, await codeOf(answer)]).toEqual([401, 'invalid_credentials'])
    expect(answer.headers.get('set-cookie')).toBeNull()
  })

  it('with a name that nobody has leaves no trace of that name: it may be a password', async () => {
    const api = await startTestApi()
    const owner = await browser(api, 'owner')
    const typed = 'my secret, in the wrong field'
    const answer = await api.fetch('/api/v1/session', post({ username: typed, password }))
    expect(answer.status).toBe(401)
    const log = await (await call(api, owner, 'GET', '/audit')).text()
    expect(log).toContain('session.refused')
    expect(log).not.toContain(typed)
  })
})
