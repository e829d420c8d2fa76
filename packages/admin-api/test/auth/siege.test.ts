import { describe, expect, it, vi } from 'vitest'
import { createGuessing } from '../../src/auth/guessing.ts'
import { browser, change, post, startTestApi, type TestApi, valueIn } from '../api.ts'

const telegramId = 7
const isWarning = ({ from, text }: { from: string; text?: string | null }) =>
  from === 'bot' && /tries to sign in as "ana"/.test(text ?? '')

/** Of two owners one is on Telegram; `ana`, and a name that nobody has, were tried in vain 49 times. */
async function nearlyBesieged(): Promise<TestApi> {
  const api = await startTestApi()
  const { store, clock, telegram } = api.kamihi
  await api.emulator.control.addUser({ id: telegramId, firstName: 'Olga' })
  await api.emulator.control.say(telegramId, 'hello')
  const user = valueIn<{ id: string }>(await store.users.create({ telegramId, name: 'Olga' }, change))
  const olga = { username: 'olga', role: 'owner', passwordHash: 'x', telegramUserId: user.id } as const
  valueIn(await store.accounts.create(olga, change))
  await browser(api, 'owner', { username: 'otto' })
  await browser(api, 'viewer', { username: 'ana' })
  await expect.poll(() => telegram.state().state).toBe('connected')
  const guessing = createGuessing(store)
  for (const name of ['ana', 'nobody'])
    for (let n = 0; n < 49; n += 1) await guessing.record(name, `198.51.100.${n}`, false, clock.now())
  return api
}

const fail = async (api: TestApi, username: string) =>
  (await api.fetch('/api/v1/session', post({ username, password: 'a wrong password' }))).status

const entries = async ({ kamihi }: TestApi) =>
  (await kamihi.store.audit.list({ verb: 'account.besieged' })).items

describe('the fiftieth wrong try of one account in an hour', () => {
  it('is told to the owners who are on Telegram, and to the audit log, once', async () => {
    const api = await nearlyBesieged()
    expect([await fail(api, 'ana'), await fail(api, 'ana')]).toEqual([401, 401])
    const { text } = await api.emulator.control.waitForMessage(telegramId, isWarning)
    expect(text).toMatch(/50 wrong tries within an hour/)
    expect(await entries(api)).toMatchObject([
      {
        actor: { kind: 'system' },
        object: { kind: 'account', label: 'ana' },
        ip: '127.0.0.1',
        requestId: expect.any(String),
      },
    ])
    expect((await api.emulator.control.messages(telegramId)).filter(isWarning)).toHaveLength(1)
  })

  it('is told to nobody when there is no such account: strangers choose the names', async () => {
    const api = await nearlyBesieged()
    expect(await fail(api, 'nobody')).toBe(401)
    expect(await entries(api)).toEqual([])
  })

  it('is told to the log and the audit log while the bot is not connected', async () => {
    const api = await nearlyBesieged()
    const { telegram, logger } = api.kamihi
    vi.spyOn(telegram, 'state').mockReturnValue({ ...telegram.state(), state: 'unreachable' })
    const send = vi.spyOn(telegram, 'send')
    const warning = vi.spyOn(logger, 'warning')
    expect(await fail(api, 'ana')).toBe(401)
    expect(await entries(api)).toHaveLength(1)
    expect(warning).toHaveBeenCalledWith({ username: 'ana', told: 0 }, expect.stringMatching(/guess/))
    expect(send).not.toHaveBeenCalled()
  })
})
