import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { change, newFile, now, value, withUsers } from './fixtures.ts'

const day = 86_400_000
const later = (ms: number) => ({ ...change, now: now + ms })

async function withOwner() {
  const file = newFile()
  const store = await file.open()
  const owner = value(
    await store.accounts.create({ username: 'ana', role: 'owner', passwordHash: 'x' }, change),
  )
  const signIn = (id: string, ms = 0, lasts = 14 * day) => {
    const session = { id, accountId: owner.id, ip: '198.51.100.1', userAgent: 'Test' }
    return store.sessions.create({ ...session, expiresAt: now + ms + lasts }, later(ms))
  }
  return { ...file, store, owner, signIn }
}

describe('a session', () => {
  it('that is looked at is not used, and its last use is written once a minute', async () => {
    const { store, signIn } = await withOwner()
    await signIn('s')
    const lastSeen = async () => (await store.sessions.find('s', now + 61_000))?.lastSeenAt
    await store.sessions.use('s', now + 59_000)
    await store.sessions.find('s', now + 61_000)
    expect(await lastSeen()).toBe(now)
    await store.sessions.use('s', now + 61_000)
    expect(await lastSeen()).toBe(now + 61_000)
    await store.close()
  })

  it('ends at its end, however much it is used, and when idle for as long as is said', async () => {
    const { store, signIn } = await withOwner()
    await signIn('s', 0, 2 * 3_600_000)
    expect(await store.sessions.find('s', now + 3_600_000, 3_600_000)).toBeNull()
    expect(await store.sessions.use('s', now + 3_600_000)).not.toBeNull()
    expect(await store.sessions.use('s', now + 2 * 3_600_000)).toBeNull()
    await store.close()
  })

  it('that is renewed has another id, and keeps its end', async () => {
    const { store, signIn } = await withOwner()
    await signIn('s')
    expect(await store.sessions.renew('s', 't', later(5))).toBe(true)
    expect(await store.sessions.find('s', now + 5)).toBeNull()
    expect(await store.sessions.find('t', now + 5)).toMatchObject({
      reauthAt: now + 5,
      createdAt: now,
      expiresAt: now + 14 * day,
    })
    expect(await store.sessions.renew('s', 'u', later(6))).toBe(false)
    await store.close()
  })

  it('does not begin with a password that was replaced, or when the account was disabled, since it was looked at', async () => {
    const { store, owner } = await withOwner()
    value(await store.accounts.create({ username: 'bea', role: 'owner', passwordHash: 'x' }, change))
    const begin = (id: string, passwordHash?: string) => {
      const session = { id, accountId: owner.id, ip: '198.51.100.1', userAgent: 'Test', expiresAt: now + day }
      return store.sessions.create({ ...session, ...(passwordHash ? { passwordHash } : {}) }, change)
    }
    expect(await begin('s', 'x')).toBe(true)
    await store.accounts.setPassword(owner.id, 'y', change)
    expect(await begin('t', 'x')).toBe(false)
    expect(await begin('u', 'y')).toBe(true)
    value((await store.accounts.update(owner.id, 2, { disabled: true }, change)) as never)
    expect(await begin('v', 'y')).toBe(false)
    expect(await begin('w')).toBe(false)
    for (const id of ['s', 't', 'u', 'v', 'w']) expect(await store.sessions.find(id, now)).toBeNull()
    await store.close()
  })
})

describe('an account', () => {
  it('that is removed takes its sessions, its link and its tokens with it', async () => {
    const { store, owner, signIn } = await withOwner()
    value(await store.accounts.create({ username: 'bea', role: 'owner', passwordHash: 'x' }, change))
    await signIn('s')
    await store.accountLinks.create(owner.id, { hash: 'l', kind: 'invite', expiresAt: now + day }, change)
    const token = { name: 'ci', role: 'owner', prefix: 'kmh_0000', hash: 'h', expiresAt: null } as const
    await store.tokens.create({ ...token, creatorId: owner.id }, change)
    expect(await store.tokens.use('h', now)).not.toBeNull()
    expect(await store.accounts.remove(owner.id, change)).toBe('removed')
    expect(await store.sessions.find('s', now)).toBeNull()
    expect(await store.accountLinks.find('l', now)).toBeNull()
    expect(await store.tokens.use('h', now)).toBeNull()
    await store.close()
  })

  it('keeps its link to a user until that user is removed', async () => {
    const { store, owner } = await withOwner()
    const [telegramUserId = ''] = await withUsers(store, 1)
    value((await store.accounts.update(owner.id, 1, { telegramUserId }, change)) as never)
    expect(await store.accounts.chatOf(owner.id)).toBe(1001)
    await store.users.remove(telegramUserId, change)
    expect(await store.accounts.chatOf(owner.id)).toBeNull()
    await store.close()
  })
})

describe('a new password', () => {
  it('takes the place of that which it was made from only, and ends every link for another one', async () => {
    const { store, owner } = await withOwner()
    const link = { hash: 'l', kind: 'reset', expiresAt: now + day } as const
    await store.accountLinks.create(owner.id, link, change)
    expect(await store.accounts.setPassword(owner.id, 'z', change, 'not x')).toBe(false)
    expect(await store.accountLinks.find('l', now)).not.toBeNull()
    expect(await store.accounts.setPassword(owner.id, 'y', change, 'x')).toBe(true)
    expect(await store.accountLinks.find('l', now)).toBeNull()
    await store.close()
  })

  it('is not given by a link any more when somebody is signed out everywhere; an invitation stays', async () => {
    const { store, owner } = await withOwner()
    const bea = value(
      await store.accounts.create({ username: 'bea', role: 'viewer', passwordHash: null }, change),
    )
    await store.accountLinks.create(owner.id, { hash: 'l', kind: 'reset', expiresAt: now + day }, change)
    await store.accountLinks.create(bea.id, { hash: 'm', kind: 'invite', expiresAt: now + day }, change)
    for (const { id } of [owner, bea]) await store.sessions.endAll(id, change)
    expect(await store.accountLinks.find('l', now)).toBeNull()
    expect(await store.accountLinks.find('m', now)).not.toBeNull()
    await store.close()
  })
})

describe('tries to sign in', () => {
  it('are kept for a day if they failed, for a month if not, and never more than ten thousand failures', async () => {
    const { store, path } = await withOwner()
    await store.attempts.record('a', false, now)
    await store.attempts.record('b', true, now)
    await store.attempts.record('c', false, now + 2 * day)
    expect(await store.attempts.hasSucceeded('b', now - 1)).toBe(true)
    const db = new Database(path)
    const count = () => db.prepare('select count(*) from auth_attempts').pluck().get()
    expect(count()).toBe(2)
    const insert = db.prepare("insert into auth_attempts (key, success, at) values ('x', 0, ?)")
    db.transaction(() => {
      for (let n = 0; n < 10_050; n += 1) insert.run(now + 2 * day)
    })()
    await store.attempts.record('c', false, now + 2 * day)
    expect(count()).toBe(10_001)
    expect(await store.attempts.hasSucceeded('b', now - 1)).toBe(true)
    db.close()
    await store.close()
  })
})
