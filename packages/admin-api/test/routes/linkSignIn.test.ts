import { describe, expect, it, vi } from 'vitest'
import type { SentTo } from '../../src/auth/sentTo.ts'
import { createSignInLinks } from '../../src/auth/signInLinks.ts'
import { browser, call, change, codeOf, cookieIn, post, startTestApi, type TestApi, valueIn } from '../api.ts'

const [ana, stranger, other] = [7, 9, 10]

/** A bot whose owner `ana` is linked to somebody on Telegram. */
async function linked(settings: object = {}): Promise<TestApi & { accountId: string }> {
  const api = await startTestApi({ web: { port: 0, rateLimit: 0, auth: settings } })
  await api.emulator.control.addUser({ id: ana, firstName: 'Ana' })
  await api.emulator.control.addUser({ id: stranger, firstName: 'Eve' })
  await api.emulator.control.addUser({ id: other, firstName: 'Eva' })
  const { store, telegram } = api.kamihi
  const user = valueIn<{ id: string }>(await store.users.create({ telegramId: ana, name: 'Ana' }, change))
  const { accountId } = await browser(api, 'owner', { username: 'ana' })
  const version = (await store.accounts.get(accountId))?.version ?? 0
  await store.accounts.update(accountId, version, { telegramUserId: user.id }, change)
  await expect.poll(() => telegram.state().state).toBe('connected')
  return { ...api, accountId }
}

async function say({ emulator }: TestApi, userId: number, text: string): Promise<string> {
  const { messageId } = await emulator.control.say(userId, text)
  const isAnswer = ({ from }: { from: string }) => from === 'bot'
  const answer = await emulator.control.waitForMessage(userId, isAnswer, { afterMessageId: messageId })
  return answer.text ?? ''
}

const secretIn = (text: string): string => /\/setup#signin=([\w-]{43})\n/.exec(text)?.[1] ?? ''
const signIn = (api: TestApi, token: string) => api.fetch('/api/v1/session/link', post({ token }))

describe('/admin, written to the bot alone', () => {
  it('is answered by a link without a preview, which signs in once', async () => {
    const api = await linked()
    const send = vi.spyOn(api.kamihi.telegram, 'send')
    const text = await say(api, ana, '/admin')
    expect(text).toContain(`Sign in as ana: ${api.url}/setup#signin=`)
    expect(send.mock.calls.map(([, part]) => part)).toMatchObject([{ kind: 'text', linkPreview: false }])
    const answer = await signIn(api, secretIn(text))
    expect([answer.status, await answer.json()]).toMatchObject([
      200,
      { account: { username: 'ana', role: 'owner' }, freshUntil: expect.any(String) },
    ])
    expect((await call(api, { cookie: cookieIn(answer) }, 'GET', '/accounts')).status).toBe(200)
    const again = await signIn(api, secretIn(text))
    expect([again.status, await codeOf(again)]).toEqual([403, 'link_invalid'])
  })

  it('gives a link that no look at it uses up', async () => {
    const api = await linked()
    const secret = secretIn(await say(api, ana, '/admin'))
    const looked = await api.fetch(`/api/v1/session/link?secret=${secret}`)
    expect(looked.headers.get('set-cookie')).toBeNull()
    const foreign = { ...post({ token: secret }), headers: { 'content-type': 'application/json' } }
    expect((await api.fetch('/api/v1/session/link', foreign)).status).toBe(403)
    expect((await signIn(api, secret)).status).toBe(200)
  })

  it('is unknown to people without an account, or with one that is disabled', async () => {
    const api = await linked()
    const unknown = await say(api, stranger, '/nothing')
    expect(await say(api, other, '/admin')).toBe(unknown)
    const secret = secretIn(await say(api, ana, '/admin'))
    await browser(api, 'owner', { username: 'otto' })
    const { accounts } = api.kamihi.store
    const version = (await accounts.get(api.accountId))?.version ?? 0
    await accounts.update(api.accountId, version, { disabled: true }, change)
    expect(await codeOf(await signIn(api, secret))).toBe('link_invalid')
    expect(await say(api, ana, '/admin')).toBe(unknown)
  })

  it.each([
    ['the account is linked to nobody any more', { telegramUserId: null }],
    ['the account has another role', { role: 'viewer' as const }],
  ])('gives a link that is void once %s', async (_, patch) => {
    const api = await linked()
    await browser(api, 'owner', { username: 'otto' })
    const secret = secretIn(await say(api, ana, '/admin'))
    const { accounts } = api.kamihi.store
    await accounts.update(api.accountId, (await accounts.get(api.accountId))?.version ?? 0, patch, change)
    expect(await codeOf(await signIn(api, secret))).toBe('link_invalid')
  })

  it('gives a link that is void once all sessions of the account were ended', async () => {
    const api = await linked()
    const otto = await browser(api, 'owner', { username: 'otto' })
    const secret = secretIn(await say(api, ana, '/admin'))
    expect((await call(api, otto, 'DELETE', `/accounts/${api.accountId}/sessions`)).status).toBe(200)
    expect(await codeOf(await signIn(api, secret))).toBe('link_invalid')
  })

  it.each([{ require: 'password+bot' }, { botCode: false }])(
    'is unknown where a code of the bot does not sign in by itself: %o',
    async (settings) => {
      const api = await linked(settings)
      expect(await say(api, ana, '/admin')).toBe(await say(api, stranger, '/nothing'))
    },
  )
})

describe('a link to sign in', () => {
  const now = Date.UTC(2026, 10, 24)

  it('is worth nothing after five minutes, or when there is a newer one', () => {
    const links = createSignInLinks()
    const [one, two] = ['1', '2'].map((accountId) => ({ accountId, version: 1, chatId: ana })) as [
      SentTo,
      SentTo,
    ]
    const late = links.issue(one, now)
    expect(links.use(late, now + 5 * 60_000)).toBeNull()
    const [older, newer] = [links.issue(one, now), links.issue(one, now + 1)]
    const other = links.issue(two, now)
    expect([older, newer, newer, other].map((secret) => links.use(secret, now + 2))).toEqual([
      null,
      one,
      null,
      two,
    ])
  })
})
