import { telegramServices, type User } from '@kamihi/contracts'
import { expect, it } from 'vitest'
import { browser, call, change, startTestApi, valueIn } from '../api.ts'

it('tells in the list of users how many jobs reach each of them, if asked', async () => {
  const api = await startTestApi()
  const client = await api.as('operator')
  const role = await client.createRole({ body: { name: 'Team' } })
  const ana = await client.createUser({ body: { telegramId: 1, roleIds: [role.id] } })
  const luis = await client.createUser({ body: { telegramId: 2 } })
  const job = { action: 'report', cronExpression: '0 9 * * *' }
  await client.createJob({ body: { ...job, roleIds: [role.id], userIds: [ana.id] } })
  await client.createJob({ body: { ...job, roleIds: [role.id] } })
  for (const reader of [client, await api.as('viewer')]) {
    const { items } = await reader.listUsers({ query: { sort: 'createdAt', countJobs: true } })
    expect(items.map(({ id, jobCount }) => [id, jobCount])).toEqual([
      [ana.id, 2],
      [luis.id, 0],
    ])
  }
  const { items } = await client.listUsers({ query: {} })
  expect(items.some((user) => 'jobCount' in user)).toBe(false)
})

it('tells what people lose with a role, and of no role that does not exist', async () => {
  const api = await startTestApi()
  const client = await api.as('operator')
  const [ana, luis] = [
    await client.createUser({ body: { telegramId: 1 } }),
    await client.createUser({ body: { telegramId: 2 } }),
  ]
  const role = await client.createRole({ body: { name: 'Team', userIds: [ana.id, luis.id] } })
  await client.createJob({
    body: { action: 'report', cronExpression: '0 9 * * *', roleIds: [role.id], userIds: [ana.id] },
  })
  const viewer = await api.as('viewer')
  expect(await viewer.getRoleLoss({ params: { id: role.id } })).toEqual({ peopleCount: 1, jobCount: 1 })
  await expect(viewer.getRoleLoss({ params: { id: 'nothing' } })).rejects.toMatchObject({
    problem: { code: 'not_found' },
  })
})

it.each(telegramServices)('takes no account of Telegram itself for a user: %i', async (telegramId) => {
  const api = await startTestApi()
  const { store } = api.kamihi
  const owner = await browser(api, 'owner')
  const ana = valueIn<User>(await store.users.create({ telegramId: 7 }, change))
  const refused = (path: string) => ({
    code: 'invalid_request',
    errors: [{ path, given: telegramId, issue: { kind: 'telegram_service' } }],
  })
  for (const [method, path, body, field] of [
    ['POST', '/users', { telegramId }, '/telegramId'],
    ['PATCH', `/users/${ana.id}`, { version: 1, telegramId }, '/telegramId'],
    ['POST', '/users/import', { items: [{ telegramId: 8 }, { telegramId }] }, '/items/1/telegramId'],
  ] as const) {
    const answer = await call(api, owner, method, path, body)
    expect([answer.status, await answer.json()]).toMatchObject([422, refused(field)])
  }
  expect((await store.users.list({})).items).toEqual([ana])
})
