import { describe, expect, it } from 'vitest'
import { browser, call, change, startTestApi, type TestApi, valueIn } from '../api.ts'

interface Person {
  id: string
  version: number
}

/** A bot with an admin, with somebody to whom the account of the owner is linked, and with somebody else. */
async function withPeople() {
  const api = await startTestApi()
  const { store } = api.kamihi
  const create = async (telegramId: number, isAdmin = false) =>
    valueIn<Person>(await store.users.create({ telegramId, isAdmin }, change))
  const [admin, linked, other] = [await create(1, true), await create(2), await create(3)]
  const owner = await browser(api, 'owner', { username: 'boss' })
  valueIn(await store.accounts.update(owner.accountId, 1, { telegramUserId: linked.id }, change))
  const operator = await browser(api, 'operator')
  return { api, admin, linked, other, owner, operator }
}

const told = async (answer: Response) => {
  const { issue } = (await answer.json()) as { issue?: { kind: string } }
  return [answer.status, issue?.kind]
}
const edit = (api: TestApi, who: { cookie: string }, { id, version }: Person, patch: object) =>
  call(api, who, 'PATCH', `/users/${id}`, { version, ...patch })

describe('an operator', () => {
  it('makes nobody admin and takes it from nobody, in whatever way', async () => {
    const { api, admin, other, operator } = await withPeople()
    const { store } = api.kamihi
    const made = await call(api, operator, 'POST', '/users', { telegramId: 9, isAdmin: true })
    expect(await told(made)).toEqual([403, 'admins_by_owners'])
    expect(await told(await edit(api, operator, other, { isAdmin: true }))).toEqual([403, 'admins_by_owners'])
    expect(await told(await edit(api, operator, admin, { isAdmin: false }))).toEqual([
      403,
      'admins_by_owners',
    ])
    const items = [
      { telegramId: 9, isAdmin: true },
      { telegramId: 3, isAdmin: true },
      { telegramId: 1, isAdmin: false },
      { telegramId: 10, isAdmin: false },
      { telegramId: 1, name: 'Ana' },
    ]
    const imported = await (await call(api, operator, 'POST', '/users/import', { items })).json()
    expect(imported).toMatchObject({
      created: 1,
      updated: 1,
      refused: [0, 1, 2].map((index) => ({ index, code: 'forbidden' })),
    })
    const page = await store.users.list({ isAdmin: true })
    expect(page.items).toMatchObject([{ telegramId: 1, name: 'Ana' }])
  })

  it('neither puts another one in the place of an admin nor removes them', async () => {
    const { api, admin, operator } = await withPeople()
    expect(await told(await edit(api, operator, admin, { telegramId: 666 }))).toEqual([
      403,
      'admin_by_owners',
    ])
    const removed = await call(api, operator, 'DELETE', `/users/${admin.id}`)
    expect(await told(removed)).toEqual([403, 'admin_by_owners'])
    const many = await call(api, operator, 'POST', '/users/bulk', { verb: 'remove', ids: [admin.id] })
    expect(await many.json()).toMatchObject({ changed: 0, refused: [{ id: admin.id, code: 'forbidden' }] })
    const kept = await edit(api, operator, admin, { name: 'Ana', telegramId: 1, isAdmin: true })
    expect(kept.status).toBe(200)
  })

  it('is told whose account it is when they would take over a user whom an account is linked to', async () => {
    const { api, linked, operator } = await withPeople()
    const moved = await edit(api, operator, linked, { telegramId: 666 })
    expect([moved.status, await moved.json()]).toMatchObject([
      403,
      { code: 'forbidden', detail: expect.stringContaining('boss') },
    ])
    const removed = await call(api, operator, 'DELETE', `/users/${linked.id}`)
    expect(await told(removed)).toEqual([403, 'linked_by_owners'])
    const many = await call(api, operator, 'POST', '/users/bulk', { verb: 'remove', ids: [linked.id] })
    expect(await many.json()).toMatchObject({ changed: 0, refused: [{ code: 'forbidden' }] })
    expect(await api.kamihi.store.users.get(linked.id)).toMatchObject({ telegramId: 2, version: 1 })
    expect((await edit(api, operator, linked, { name: 'Ana' })).status).toBe(200)
  })
})

describe('an owner', () => {
  it('may do all that, and then the account has to be linked anew', async () => {
    const { api, admin, linked, owner } = await withPeople()
    expect((await edit(api, owner, admin, { isAdmin: false, telegramId: 11 })).status).toBe(200)
    expect((await edit(api, owner, linked, { telegramId: 666 })).status).toBe(200)
    expect(await api.kamihi.store.accounts.chatOf(owner.accountId)).toBeNull()
    expect((await call(api, owner, 'DELETE', `/users/${linked.id}`)).status).toBe(204)
    expect((await call(api, owner, 'DELETE', `/users/${admin.id}`)).status).toBe(204)
  })

  it('who signs in by codes alone does not lose the user who gets them, if nobody else is owner', async () => {
    const { api, linked, owner } = await withPeople()
    const { accounts } = api.kamihi.store
    await accounts.setPassword(owner.accountId, '', change)
    const again = await browser(api, 'owner', { username: 'boss' })
    for (const answer of [
      await call(api, again, 'DELETE', `/users/${linked.id}`),
      await edit(api, again, linked, { telegramId: 666 }),
      await call(api, again, 'PATCH', `/accounts/${owner.accountId}`, { version: 3, telegramUserId: null }),
    ])
      expect(await told(answer)).toEqual([409, 'other_owner_first'])
    const many = await call(api, again, 'POST', '/users/bulk', { verb: 'remove', ids: [linked.id] })
    expect(await many.json()).toMatchObject({ changed: 0, refused: [{ code: 'last_owner' }] })
    expect(await accounts.hasOwner()).toBe(true)
  })
})
