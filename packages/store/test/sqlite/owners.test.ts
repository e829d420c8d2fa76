import { describe, expect, it } from 'vitest'
import { change, newFile, value, withUsers } from '../fixtures.ts'

/** An owner without a password, who signs in by a code that the bot sends to a user. */
async function withOwnerByCode() {
  const store = await newFile().open()
  const [ana = '', bea = ''] = await withUsers(store, 2)
  const given = { username: 'ana', role: 'owner', passwordHash: null, telegramUserId: ana } as const
  return { store, ana, bea, owner: value(await store.accounts.create(given, change)) }
}

describe('the last owner who signs in by codes alone', () => {
  it('keeps the user who gets them, as they are', async () => {
    const { store, ana, owner } = await withOwnerByCode()
    expect(await store.users.remove(ana, change)).toBe('last_owner')
    expect(await store.users.update(ana, 1, { telegramId: 666 }, change)).toEqual({ kind: 'last_owner' })
    expect(await store.accounts.update(owner.id, 1, { telegramUserId: null }, change)).toEqual({
      kind: 'last_owner',
    })
    expect(await store.users.get(ana)).toMatchObject({ telegramId: 1001, version: 1 })
    expect(await store.accounts.hasOwner()).toBe(true)
    await store.close()
  })

  it('may lose them when somebody else is owner, or when they have a password', async () => {
    const { store, ana, owner } = await withOwnerByCode()
    await store.accounts.setPassword(owner.id, 'hash', change)
    expect(await store.users.update(ana, 1, { telegramId: 666 }, change)).toMatchObject({ kind: 'saved' })
    expect(await store.users.remove(ana, change)).toBe('removed')
    await store.close()
  })

  it('may be linked to another user', async () => {
    const { store, bea, owner } = await withOwnerByCode()
    value((await store.accounts.update(owner.id, 1, { telegramUserId: bea }, change)) as never)
    expect(await store.accounts.chatOf(owner.id)).toBe(1002)
    await store.close()
  })
})

describe('an account that is linked to a user', () => {
  it('is theirs by the Telegram id they had then: whoever takes the place of the user gets no code', async () => {
    const { store, ana, owner } = await withOwnerByCode()
    value(await store.accounts.create({ username: 'bea', role: 'owner', passwordHash: 'x' }, change))
    expect(await store.accounts.chatOf(owner.id)).toBe(1001)
    expect(await store.accounts.linkedTo(ana)).toEqual(['ana'])
    value((await store.users.update(ana, 1, { telegramId: 666 }, change)) as never)
    expect(await store.accounts.chatOf(owner.id)).toBeNull()
    expect(await store.accounts.ofTelegramUser(666)).toEqual([])
    expect(await store.accounts.ownersOnTelegram()).toEqual([])
    value((await store.accounts.update(owner.id, 1, { telegramUserId: ana }, change)) as never)
    expect(await store.accounts.chatOf(owner.id)).toBe(666)
    await store.close()
  })
})

describe('a name to sign in with', () => {
  it.each([
    ['Änne', 'ÄNNE'],
    ['Οδός', 'ΟΔΌς'],
    ['Opal', 'ｏpal'],
  ])('%s is found however its letters are written, and is taken for %s', async (username, other) => {
    const store = await newFile().open()
    value(await store.accounts.create({ username, role: 'viewer', passwordHash: null }, change))
    for (const name of [username, username.toLowerCase(), other])
      expect(await store.accounts.getByUsername(name)).toMatchObject({ username })
    const again = { username: other, role: 'viewer', passwordHash: null } as const
    expect(await store.accounts.create(again, change)).toEqual({ kind: 'duplicate', field: 'username' })
    await store.close()
  })
})
