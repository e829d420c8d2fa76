import { userInfo } from 'node:os'
import { openStore, type Store } from '@kamihi/store'
import { describe, expect, it } from 'vitest'
import { json, kamihi, project } from './cli.ts'

const password = 'a long and odd password'
const change = { actor: { kind: 'cli', id: null, name: 'test' }, now: Date.now() } as const

async function withStore<T>(dir: string, work: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore({ url: `sqlite:///${dir}/kamihi.db` })
  try {
    return await work(store)
  } finally {
    await store.close()
  }
}

const create = (dir: string, name = 'ana', given = `${password}\n`) =>
  kamihi(dir, ['owner', 'create', name, '--password-stdin'], {}, given)

/** Signs the account in somewhere. */
const signIn = (dir: string, username: string) =>
  withStore(dir, async (store) => {
    const account = await store.accounts.getByUsername(username)
    const session = { id: 's', accountId: account?.id ?? '', ip: '', userAgent: '' }
    await store.sessions.create({ ...session, expiresAt: change.now + 3_600_000 }, change)
  })
const isSignedIn = (dir: string) =>
  withStore(dir, async (store) => (await store.sessions.find('s', change.now)) !== null)
const lastAudit = (dir: string) =>
  withStore(dir, async (store) => (await store.audit.list({ limit: 1 })).items[0])

describe('kamihi owner', () => {
  it('makes an owner from a password on standard input, which it does not print', async () => {
    const dir = project()
    const { code, stdout, stderr } = await create(dir)
    expect([code, stdout, stderr]).toEqual([0, 'Owner made: ana\n', ''])
    const account = await withStore(dir, (store) => store.accounts.getByUsername('ana'))
    expect(account).toMatchObject({ role: 'owner', passwordHash: expect.stringMatching(/^\$scrypt\$/) })
    const twice = await create(dir, 'ANA')
    expect([twice.code, twice.stderr]).toEqual([1, expect.stringContaining('kamihi owner reset ANA')])
  })

  it('refuses a weak password and says why', async () => {
    const { code, stderr } = await create(project(), 'ana', 'short')
    expect([code, stderr]).toEqual([1, expect.stringContaining('It has 5 characters')])
  })

  it('resets a password by a link that works once for half an hour, and ends the sessions', async () => {
    const dir = project({ 'kamihi.yaml': 'web: { public_url: "https://bot.example/" }' })
    await create(dir)
    await signIn(dir, 'ana')
    const link = await json<{ url: string; expiresAt: string; kind: string }>(dir, 'owner', 'reset', 'ana')
    expect(link.url).toMatch(/^https:\/\/bot\.example\/setup#reset=[\w-]{43}$/)
    expect(Math.round((Date.parse(link.expiresAt) - Date.now()) / 60_000)).toBeLessThanOrEqual(30)
    expect(await isSignedIn(dir)).toBe(false)
    expect(await lastAudit(dir)).toMatchObject({
      verb: 'account.link_created',
      actor: { kind: 'cli', name: userInfo().username },
      object: { label: 'ana' },
    })
  })

  it('resets a password by standard input, and ends the sessions', async () => {
    const dir = project()
    await create(dir)
    const before = await withStore(dir, (store) => store.accounts.getByUsername('ana'))
    await signIn(dir, 'ana')
    const given = 'another long and odd password'
    const { code } = await kamihi(dir, ['owner', 'reset', 'ana', '--password-stdin'], {}, given)
    expect(code).toBe(0)
    expect(await isSignedIn(dir)).toBe(false)
    const after = await withStore(dir, (store) => store.accounts.getByUsername('ana'))
    expect(after?.passwordHash).not.toBe(before?.passwordHash)
  })

  it('links an account to a user of the bot, and tells who is unknown', async () => {
    const dir = project()
    await create(dir)
    const { id } = await json<{ id: string }>(dir, 'user', 'add', '7')
    expect(await json(dir, 'owner', 'link', 'ana', '7')).toMatchObject({ telegramUserId: id })
    expect((await kamihi(dir, ['owner', 'link', 'ana', '8'])).stderr).toContain('kamihi user add 8')
    expect((await kamihi(dir, ['owner', 'reset', 'eve'])).stderr).toContain(
      'Unknown account: eve. There are: ana',
    )
  })
})

describe('kamihi token revoke', () => {
  it('ends the token that is meant, and asks for the id when two have the name', async () => {
    const dir = project()
    for (const name of ['ci', 'twin', 'twin']) await json(dir, 'token', 'create', name)
    expect(await json(dir, 'token', 'revoke', 'ci')).toMatchObject({ name: 'ci' })
    expect((await kamihi(dir, ['token', 'revoke', 'ci'])).stderr).toContain('No valid token is called ci')
    expect((await kamihi(dir, ['token', 'revoke', 'twin'])).stderr).toMatch(/2 tokens .* Give the id/)
    const { stdout } = await kamihi(dir, ['token', 'list'])
    expect(stdout.split('\n').find((line) => line.startsWith('ci'))).toContain('revoked')
  })
})
