import { describe, expect, it } from 'vitest'
import { browser, call, change, startTestApi, type TestApi, valueIn } from '../api.ts'

interface Thing {
  id: string
  version: number
}
type Who = { cookie: string }

/** A bot with a role that an owner locked, one that is open, somebody who has both and somebody who has none. */
async function withLockedRole() {
  const api = await startTestApi()
  const { store } = api.kamihi
  const member = valueIn<Thing>(await store.users.create({ telegramId: 1 }, change))
  const other = valueIn<Thing>(await store.users.create({ telegramId: 2 }, change))
  const userIds = [member.id]
  const locked = valueIn<Thing>(await store.roles.create({ name: 'Board', locked: true, userIds }, change))
  const open = valueIn<Thing>(await store.roles.create({ name: 'Sales', userIds }, change))
  return {
    api,
    member,
    other,
    locked,
    open,
    owner: await browser(api, 'owner'),
    operator: await browser(api, 'operator'),
  }
}
type Bot = Awaited<ReturnType<typeof withLockedRole>>

const patch = (api: TestApi, who: Who, path: string, body: object) => call(api, who, 'PATCH', path, body)
const bulk = (api: TestApi, who: Who, path: string, body: object) =>
  call(api, who, 'POST', `${path}/bulk`, body)
const importing = (api: TestApi, who: Who, item: object) =>
  call(api, who, 'POST', '/users/import', { items: [item] })

/** Every way to change who has the locked role, or the role itself. */
const ways: Record<string, (bot: Bot, who: Who) => Promise<Response>> = {
  'naming its members': ({ api, locked, other }, who) =>
    patch(api, who, `/roles/${locked.id}`, { version: 1, userIds: [other.id] }),
  'renaming it': ({ api, locked }, who) =>
    patch(api, who, `/roles/${locked.id}`, { version: 1, name: 'Guests' }),
  'unlocking it': ({ api, locked }, who) =>
    patch(api, who, `/roles/${locked.id}`, { version: 1, locked: false }),
  'deleting it': ({ api, locked }, who) => call(api, who, 'DELETE', `/roles/${locked.id}`),
  'deleting several roles': ({ api, locked }, who) =>
    bulk(api, who, '/roles', { verb: 'remove', ids: [locked.id] }),
  'giving it to somebody new': ({ api, locked }, who) =>
    call(api, who, 'POST', '/users', { telegramId: 9, roleIds: [locked.id] }),
  'giving it to somebody': ({ api, locked, other }, who) =>
    patch(api, who, `/users/${other.id}`, { version: 1, roleIds: [locked.id] }),
  'taking it from somebody': ({ api, member, open }, who) =>
    patch(api, who, `/users/${member.id}`, { version: 1, roleIds: [open.id] }),
  'putting another in the place of a member': ({ api, member }, who) =>
    patch(api, who, `/users/${member.id}`, { version: 1, telegramId: 666 }),
  'deleting a member': ({ api, member }, who) => call(api, who, 'DELETE', `/users/${member.id}`),
  'deleting several people': ({ api, member }, who) =>
    bulk(api, who, '/users', { verb: 'remove', ids: [member.id] }),
  'giving it to several people': ({ api, locked, other }, who) =>
    bulk(api, who, '/users', { verb: 'add_role', roleId: locked.id, ids: [other.id] }),
  'taking it from several people': ({ api, locked }, who) =>
    bulk(api, who, '/users', { verb: 'remove_role', roleId: locked.id, filter: {} }),
  'importing somebody new who has it': ({ api, locked }, who) =>
    importing(api, who, { telegramId: 9, roleIds: [locked.id] }),
  'importing a member who lost it': ({ api, open }, who) =>
    importing(api, who, { telegramId: 1, roleIds: [open.id] }),
}

/** How often it was refused and with which words, by itself or as one of many. */
async function refusalIn(answer: Response): Promise<{ code: string; words: string } | null> {
  if (answer.status === 204) return null
  const told = (await answer.json()) as {
    code?: string
    detail?: string
    refused?: { code: string; message: string }[]
  }
  const [first] = told.refused ?? []
  if (first) return { code: first.code, words: first.message }
  return told.code ? { code: told.code, words: told.detail ?? '' } : null
}

const peopleAndRoles = async ({ api }: Bot) => {
  const { users, roles } = api.kamihi.store
  return [(await users.list({})).items, (await roles.list({})).items]
}

describe('a role that an owner locked', () => {
  it.each(Object.entries(ways))('is kept from operators: %s', async (_, way) => {
    const bot = await withLockedRole()
    const before = await peopleAndRoles(bot)
    expect(await refusalIn(await way(bot, bot.operator))).toEqual({
      code: 'forbidden',
      words: expect.stringContaining('"Board"'),
    })
    expect(await peopleAndRoles(bot)).toEqual(before)
  })

  it.each(Object.entries(ways))('is left to owners: %s', async (_, way) => {
    const bot = await withLockedRole()
    const before = await peopleAndRoles(bot)
    expect(await refusalIn(await way(bot, bot.owner))).toBeNull()
    expect(await peopleAndRoles(bot)).not.toEqual(before)
  })

  it('leaves its members to operators otherwise, and with the others of many people', async () => {
    const { api, member, other, locked, open, operator } = await withLockedRole()
    const named = { version: 1, name: 'Ana', telegramId: 1, roleIds: [locked.id] }
    expect((await patch(api, operator, `/users/${member.id}`, named)).status).toBe(200)
    expect((await importing(api, operator, { telegramId: 1, name: 'Eva' })).status).toBe(200)
    const removed = await bulk(api, operator, '/users', { verb: 'remove', ids: [member.id, other.id] })
    expect(await removed.json()).toMatchObject({ changed: 1, refused: [{ id: member.id }] })
    const users = await api.kamihi.store.users.list({})
    expect(users.items).toMatchObject([{ id: member.id, name: 'Eva', roleIds: [locked.id] }])
    expect(await api.kamihi.store.roles.get(open.id)).toMatchObject({ userIds: [] })
  })

  it('may be given permissions by operators', async () => {
    const { api, locked, operator } = await withLockedRole()
    const permission = { action: 'report', roleIds: [locked.id] }
    expect((await call(api, operator, 'POST', '/permissions', permission)).status).toBe(201)
  })
})

describe('locking', () => {
  it('is for owners, with a new role as with an old one', async () => {
    const { api, open, owner, operator } = await withLockedRole()
    const make = (who: Who) => call(api, who, 'POST', '/roles', { name: 'Press', locked: true })
    const lock = (who: Who) => patch(api, who, `/roles/${open.id}`, { version: 1, locked: true })
    for (const way of [make, lock]) {
      const refused = await way(operator)
      expect([refused.status, await refused.json()]).toMatchObject([
        403,
        { issue: { kind: 'locks_by_owners' } },
      ])
      expect(await (await way(owner)).json()).toMatchObject({ locked: true })
    }
    expect((await call(api, operator, 'POST', '/roles', { name: 'Guests', locked: false })).status).toBe(201)
  })

  it('is told by the list of roles and kept in the audit log', async () => {
    const { api, locked, owner } = await withLockedRole()
    await patch(api, owner, `/roles/${locked.id}`, { version: 1, locked: false })
    const roles = await (await call(api, owner, 'GET', '/roles')).json()
    expect(roles).toMatchObject({ items: [{ name: 'Board', locked: false }, { name: 'Sales' }] })
    const { items } = await api.kamihi.store.audit.list({ objectKind: 'role', objectId: locked.id })
    expect(items[0]).toMatchObject({
      verb: 'role.updated',
      changes: { locked: { before: true, after: false } },
    })
  })
})
