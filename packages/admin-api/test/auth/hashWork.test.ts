import crypto, { type ScryptOptions, scryptSync } from 'node:crypto'
import { syncBuiltinESMExports } from 'node:module'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { hashPassword } from '../../src/auth/passwords.ts'
import { browser, change, password, samePage, startTestApi, type TestApi, valueIn } from '../api.ts'

type Done = (error: Error | null, key: Buffer) => void
const work = { done: [] as object[], running: 0, most: 0, may: Promise.resolve() }
const { scrypt } = crypto

/** The real scrypt, whose work is written down, and which begins when it may. */
function countedScrypt(given: string, salt: Buffer, bytes: number, options: ScryptOptions, done: Done): void {
  const { N, r, p } = options
  work.done.push({ N, r, p, bytes })
  work.running += 1
  work.most = Math.max(work.most, work.running)
  const end: Done = (error, key) => {
    work.running -= 1
    done(error, key)
  }
  void work.may.then(() => scrypt(given, salt, bytes, options, end))
}
function useScrypt(used: unknown): void {
  Object.assign(crypto, { scrypt: used })
  syncBuiltinESMExports()
}
beforeAll(() => useScrypt(countedScrypt))
afterAll(() => useScrypt(scrypt))
beforeEach(() => Object.assign(work, { done: [], most: 0 }))

const behindProxy = { web: { port: 0, rateLimit: 0, trustedProxies: ['127.0.0.1'] } }
const once = [{ N: 2 ** 15, r: 8, p: 3, bytes: 32 }]

/** A try to sign in, each from an address of its own. */
const signIn = (api: TestApi, n: number, username: string, given = password) =>
  api.fetch('/api/v1/session', {
    method: 'POST',
    headers: { ...samePage, 'x-forwarded-for': `198.51.100.${n}` },
    body: JSON.stringify({ username, password: given }),
  })

async function withPeople(passwordHash: string): Promise<TestApi> {
  const api = await startTestApi(behindProxy)
  const { store } = api.kamihi
  await browser(api, 'owner', { username: 'ana', passwordHash })
  const { accountId } = await browser(api, 'viewer', { username: 'gone', passwordHash })
  await store.accounts.update(accountId, 1, { disabled: true }, change)
  valueIn(await store.accounts.create({ username: 'invited', role: 'viewer', passwordHash: null }, change))
  return api
}

describe('a try to sign in that fails', () => {
  it('costs one hash of the same work and is answered alike, whatever is wrong, from the first try on', async () => {
    const api = await withPeople(await hashPassword(password))
    const tries = [
      ['nobody', password],
      ['ana', 'a wrong password'],
      ['gone', password],
      ['gone', 'a wrong password'],
      ['invited', password],
    ] as const
    const answers: unknown[] = []
    for (const [n, [username, given]] of tries.entries()) {
      work.done = []
      const answer = await signIn(api, n, username, given)
      const body = { ...((await answer.json()) as object), requestId: null }
      const headers = [...answer.headers.keys()].sort()
      expect([username, given, work.done]).toEqual([username, given, once])
      answers.push({ status: answer.status, headers, body })
    }
    expect(answers[0]).toMatchObject({ status: 401, body: { code: 'invalid_credentials' } })
    for (const answer of answers) expect(answer).toEqual(answers[0])
  })
})

describe('twenty tries to sign in at once', () => {
  it('take the memory of two hashes: sixteen wait, and the others are told to come again in a second', async () => {
    const api = await withPeople(await hashPassword(password))
    const hold = { end: () => {} }
    work.may = new Promise((resolve) => {
      hold.end = resolve
    })
    const early: Response[] = []
    const tries = Array.from({ length: 20 }, async (_, n) => {
      const answer = await signIn(api, n, n % 2 ? 'ana' : 'nobody', 'a wrong password')
      early.push(answer)
      return answer
    })
    await expect.poll(() => early.length, { timeout: 30_000 }).toBe(2)
    expect(work.running).toBe(2)
    hold.end()
    const answers = await Promise.all(tries)
    expect(early.slice(0, 2).map(({ status }) => status)).toEqual([503, 503])
    const statuses = answers.map(({ status }) => status)
    expect(statuses.filter((status) => status === 401)).toHaveLength(18)
    const refused = answers.filter(({ status }) => status === 503)
    expect(refused.map(({ headers }) => headers.get('retry-after'))).toEqual(['1', '1'])
    expect(work.most).toBe(2)
    expect((await signIn(api, 30, 'ana')).status).toBe(200)
  })
})

describe('a password that was hashed with less work than today', () => {
  const salt = Buffer.alloc(16, 7)
  const weak = `$scrypt$ln=14,r=8,p=1$${salt.toString('base64')}$${scryptSync(password, salt, 32).toString('base64')}`

  it('is hashed anew when its holder signs in, and by nobody else', async () => {
    const api = await withPeople(weak)
    const stored = async () => (await api.kamihi.store.accounts.getByUsername('ana'))?.passwordHash ?? ''
    expect((await signIn(api, 1, 'ana', 'a wrong password')).status).toBe(401)
    expect(await stored()).toBe(weak)
    const first = await signIn(api, 2, 'ana')
    expect(first.status).toBe(200)
    const anew = await stored()
    expect(anew).toMatch(/^\$scrypt\$ln=15,r=8,p=3\$/)
    expect((await signIn(api, 3, 'ana')).status).toBe(200)
    expect(await stored()).toBe(anew)
    const cookie = first.headers.get('set-cookie')?.split(';')[0] ?? ''
    expect((await api.fetch('/api/v1/session', { headers: { cookie } })).status).toBe(200)
  })

  it('stays as it is when it was changed meanwhile', async () => {
    const api = await withPeople(weak)
    const { accounts } = api.kamihi.store
    const id = (await accounts.getByUsername('ana'))?.id ?? ''
    await accounts.setPassword(id, 'the hash of another one', change)
    await accounts.rehash(id, weak, 'the hash of the old one')
    expect((await accounts.get(id))?.passwordHash).toBe('the hash of another one')
  })
})
