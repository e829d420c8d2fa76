import { describe, expect, it } from 'vitest'
import { hashPassword } from '../../src/credentials.ts'
import {
  browser,
  call,
  change,
  codeOf,
  cookieIn,
  password,
  post,
  startTestApi,
  type TestApi,
  valueIn,
} from '../api.ts'

const passwordHash = await hashPassword(password)
const telegramId = 7
const auth = (settings: object) => ({
  web: { port: 0, rateLimit: 0, trustedProxies: ['127.0.0.1'], auth: settings },
})

/** A bot whose owner `ana` is linked to somebody on Telegram. */
async function linked(settings: object = {}): Promise<TestApi> {
  const api = await startTestApi(auth(settings))
  await api.emulator.control.addUser({ id: telegramId, firstName: 'Ana' })
  await api.emulator.control.say(telegramId, 'hello')
  const { store } = api.kamihi
  const user = valueIn<{ id: string }>(await store.users.create({ telegramId, name: 'Ana' }, change))
  const account = { username: 'ana', role: 'owner', passwordHash, telegramUserId: user.id } as const
  valueIn(await store.accounts.create(account, change))
  await expect.poll(() => api.kamihi.telegram.state().state).toBe('connected')
  return api
}

const ask = (api: TestApi, username: string, from = '198.51.100.1') =>
  api.fetch('/api/v1/session/bot', {
    ...post({ username }),
    headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin', 'x-forwarded-for': from },
  })
const verify = (api: TestApi, cookie: string, code: string) =>
  call(api, { cookie }, 'POST', '/session/bot/verify', { code })

const isCode = ({ from, text }: { from: string; text?: string | null }) =>
  from === 'bot' && /^Code to sign in/.test(text ?? '')
async function codeSent(api: TestApi): Promise<{ code: string; text: string }> {
  const { text } = await api.emulator.control.waitForMessage(telegramId, isCode)
  return { code: /: (\S{4}-\S{4})/.exec(text ?? '')?.[1] ?? '', text: text ?? '' }
}
const codesSent = async (api: TestApi) =>
  (await api.emulator.control.messages(telegramId)).filter(isCode).length

describe('a code of the bot', () => {
  it('signs in the browser that asked for it, once, and says where it was asked for', async () => {
    const api = await linked()
    const asked = await ask(api, 'ANA')
    expect(asked.status).toBe(204)
    expect(asked.headers.get('set-cookie')).toMatch(/^kamihi_otp_0=.*Max-Age=300;.*HttpOnly; SameSite=Strict/)
    const { code, text } = await codeSent(api)
    expect(text).toMatch(/as ana: [0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}/)
    expect(text).toMatch(/UTC from 198\.51\.100\.1, with .*Do not pass it on/s)
    const elsewhere = await verify(api, 'kamihi_otp_0=other', code)
    expect([elsewhere.status, await codeOf(elsewhere)]).toEqual([401, 'bot_code_invalid'])
    const typed = code.toLowerCase().replace('-', ' ')
    const signedIn = await verify(api, cookieIn(asked), typed)
    expect(await signedIn.json()).toMatchObject({ account: { username: 'ana', role: 'owner' } })
    const session = signedIn.headers.getSetCookie().find((cookie) => cookie.startsWith('kamihi_0=')) ?? ''
    expect((await call(api, { cookie: session.split(';')[0] ?? '' }, 'GET', '/accounts')).status).toBe(200)
    expect((await verify(api, cookieIn(asked), code)).status).toBe(401)
  })

  it('is void after five wrong tries', async () => {
    const api = await linked()
    const cookie = cookieIn(await ask(api, 'ana'))
    const { code } = await codeSent(api)
    for (let n = 0; n < 5; n += 1) expect((await verify(api, cookie, 'wrong')).status).toBe(401)
    expect((await verify(api, cookie, code)).status).toBe(401)
  })

  it('is sent for three askings in a quarter of an hour', async () => {
    const api = await linked()
    const statuses = []
    for (let n = 0; n < 4; n += 1) statuses.push((await ask(api, 'ana')).status)
    expect(statuses).toEqual([204, 204, 204, 429])
  })

  it('is sent five times in a quarter of an hour to strangers, wherever they ask from', async () => {
    const api = await linked()
    const statuses = []
    for (let n = 1; n <= 6; n += 1) statuses.push((await ask(api, 'ana', `198.51.100.${n}`)).status)
    expect(statuses).toEqual([204, 204, 204, 204, 204, 429])
    expect((await ask(api, 'ana', '127.0.0.1')).status).toBe(204)
  })

  it('comes without a word of whoever asked for it', async () => {
    const api = await linked()
    const headers = { 'user-agent': 'Firefox/1.0 SECURITY ALERT confirm at https://evil.example (Linux)' }
    const body = post({ username: 'ana' })
    await api.fetch('/api/v1/session/bot', { ...body, headers: { ...body.headers, ...headers } })
    const { text } = await codeSent(api)
    expect(text).toContain(', with Firefox on Linux.')
    expect(text).not.toContain('evil')
  })

  it('is void once the account was changed', async () => {
    const api = await linked()
    const cookie = cookieIn(await ask(api, 'ana'))
    const { code } = await codeSent(api)
    const { accounts } = api.kamihi.store
    const [account] = (await accounts.list({})).items
    await accounts.setPassword(account?.id ?? '', passwordHash, change)
    expect((await verify(api, cookie, code)).status).toBe(401)
  })

  it('is asked for alike by a name that nobody has, one without Telegram and a disabled one, and nothing is sent', async () => {
    const api = await linked()
    await browser(api, 'viewer', { username: 'unlinked' })
    const { store } = api.kamihi
    const telegramUserId = (await store.users.getByTelegramId(telegramId))?.id ?? null
    const gone = { username: 'gone', role: 'viewer', passwordHash, telegramUserId } as const
    const { id } = valueIn<{ id: string }>(await store.accounts.create(gone, change))
    await store.accounts.update(id, 1, { disabled: true }, change)
    const answers = await Promise.all(['nobody', 'unlinked', 'gone'].map((name) => ask(api, name)))
    const shape = (answer: Response) => [
      answer.status,
      answer.headers.get('set-cookie')?.replace(/=[^;]+;/, '=…;'),
    ]
    const real = await ask(api, 'ana')
    for (const answer of answers) expect(shape(answer)).toEqual(shape(real))
    const refused = await verify(api, cookieIn(answers[0] as Response), 'AAAA-AAAA')
    expect([refused.status, await codeOf(refused)]).toEqual([401, 'bot_code_invalid'])
    await codeSent(api)
    expect(await codesSent(api)).toBe(1)
  })

  it('is not sent when it is switched off', async () => {
    const api = await linked({ botCode: false })
    const answer = await ask(api, 'ana')
    expect([answer.status, await codeOf(answer)]).toEqual([403, 'bot_code_off'])
    expect(await (await api.fetch('/api/v1/session/options')).json()).toEqual({
      require: 'password',
      botCode: false,
    })
  })
})

describe('web.auth.require: password+bot', () => {
  it('asks for the code after the right password only', async () => {
    const api = await linked({ require: 'password+bot' })
    const signIn = (given: string) => api.fetch('/api/v1/session', post({ username: 'ana', password: given }))
    expect(await codeOf(await ask(api, 'ana'))).toBe('bot_code_off')
    expect(await codeOf(await signIn('wrong'))).toBe('invalid_credentials')
    const first = await signIn(password)
    expect([first.status, await codeOf(first)]).toEqual([401, 'bot_code_required'])
    expect(first.headers.get('set-cookie')).not.toContain('kamihi_0=')
    const { code } = await codeSent(api)
    expect((await verify(api, cookieIn(first), code)).status).toBe(200)
    expect(await codesSent(api)).toBe(1)
  })

  it('tells an account without Telegram what to do', async () => {
    const api = await linked({ require: 'password+bot' })
    await browser(api, 'viewer', { username: 'eve', passwordHash })
    const answer = await api.fetch('/api/v1/session', post({ username: 'eve', password }))
    expect(await answer.json()).toMatchObject({
      status: 403,
      code: 'telegram_not_linked',
      detail: expect.stringContaining('kamihi owner link eve'),
    })
  })
})

describe('web.auth.require: bot', () => {
  it('refuses passwords', async () => {
    const api = await linked({ require: 'bot' })
    const answer = await api.fetch('/api/v1/session', post({ username: 'ana', password }))
    expect([answer.status, await codeOf(answer)]).toEqual([403, 'password_off'])
    const asked = await ask(api, 'ana')
    const { code } = await codeSent(api)
    expect((await verify(api, cookieIn(asked), code)).status).toBe(200)
  })
})
