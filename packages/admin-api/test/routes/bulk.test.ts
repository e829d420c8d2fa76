import type { LiveEvent } from '@kamihi/contracts'
import { StoreError } from '@kamihi/store'
import { describe, expect, it, vi } from 'vitest'
import { change, post, startTestApi, type TestApi } from '../api.ts'

/** What the API tells everybody while `work` runs. */
const eventsOf = async (api: TestApi, work: () => Promise<unknown>) => {
  const events: LiveEvent[] = []
  const stop = api.kamihi.events.on((event) => events.push(event))
  await work()
  stop()
  return events
}
const typesOf = async (api: TestApi, work: () => Promise<unknown>) =>
  (await eventsOf(api, work)).map(({ type }) => type)

const withJobs = async (count: number) => {
  const api = await startTestApi()
  const client = await api.as('operator')
  const ids: string[] = []
  for (let i = 0; i < count; i += 1) {
    const body = { action: 'report', cronExpression: '0 0 1 1 *', name: `Job ${i}` }
    ids.push((await client.createJob({ body })).id)
  }
  return { api, client, ids }
}

describe('many jobs', () => {
  it('are disabled and enabled, and those that are so already are told apart', async () => {
    const { api, client, ids } = await withJobs(3)
    const [first = ''] = ids
    await client.changeJobs({ body: { verb: 'disable', ids: [first] } })
    const types = await typesOf(api, async () => {
      const result = await client.changeJobs({ body: { verb: 'disable', ids: [...ids, 'nobody'] } })
      expect(result).toMatchObject({ matched: 4, changed: 2, unchanged: 1, changedIds: ids.slice(1) })
      expect(result.refused).toMatchObject([{ id: 'nobody', code: 'not_found' }])
    })
    expect(types.filter((type) => type === 'jobs.changed')).toHaveLength(2)
    expect((await client.listJobs({ query: { enabled: false } })).total).toBe(3)
    expect(await client.changeJobs({ body: { verb: 'enable', filter: {} } })).toMatchObject({ changed: 3 })
    const audit = await client.listAudit({ query: { verb: 'job.updated', objectId: first } })
    expect(audit.total).toBe(2)
  })

  it('are those that a filter finds, and no others', async () => {
    const { client, ids } = await withJobs(3)
    const result = await client.changeJobs({ body: { verb: 'archive', filter: { q: 'job 1' } } })
    expect(result).toMatchObject({ matched: 1, changed: 1, refused: [] })
    expect((await client.listJobs()).items.map(({ id }) => id).sort()).toEqual([ids[0], ids[2]].sort())
  })

  it('are run once each, however often the request is sent', async () => {
    const { client, ids } = await withJobs(2)
    const headers = { 'idempotency-key': 'k' }
    const first = await client.changeJobs({ body: { verb: 'run', ids }, headers })
    const again = await client.changeJobs({ body: { verb: 'run', ids }, headers })
    expect(first).toMatchObject({ changed: 2, refused: [] })
    expect(again.runIds).toEqual(first.runIds)
    expect((await client.listRuns()).total).toBe(2)
  })

  it('are named by ids or by a filter, by one of both', async () => {
    const { api, ids } = await withJobs(1)
    const headers = {
      'content-type': 'application/json',
      authorization: `Bearer ${await api.token('operator')}`,
    }
    for (const body of [{ verb: 'disable' }, { verb: 'disable', ids, filter: {} }]) {
      const answer = await api.fetch('/api/v1/jobs/bulk', post(body, headers))
      expect(answer.status).toBe(422)
      expect(JSON.stringify(await answer.json())).toContain('either ids or a filter')
    }
  })
})

describe('an archived job', () => {
  it('comes back with its next run', async () => {
    const { client, ids } = await withJobs(1)
    const params = { id: ids[0] ?? '' }
    await client.deleteJob({ params })
    expect(await client.getJob({ params })).toMatchObject({ nextRunAt: null })
    const restored = await client.restoreJob({ params })
    expect(restored.archivedAt).toBeNull()
    expect(restored.nextRunAt).toMatch(/-01-01T/)
    expect((await client.listJobs()).total).toBe(1)
    await expect(client.restoreJob({ params })).rejects.toMatchObject({ problem: { code: 'not_found' } })
  })
})

describe('many users', () => {
  const withUsers = async (count: number) => {
    const api = await startTestApi()
    const client = await api.as('operator')
    const items = Array.from({ length: count }, (_, i) => ({ telegramId: 100 + i, name: `U${i}` }))
    expect(await client.importUsers({ body: { items } })).toMatchObject({ created: count, refused: [] })
    const ids = (await client.listUsers()).items.map(({ id }) => id)
    return { api, client, ids, items }
  }

  it('get a role and lose it', async () => {
    const { api, client, ids } = await withUsers(3)
    const role = await client.createRole({ body: { name: 'Team', userIds: ids.slice(0, 1) } })
    const add = { verb: 'add_role' as const, roleId: role.id, filter: {} }
    const types = await typesOf(api, async () =>
      expect(await client.changeUsers({ body: add })).toMatchObject({
        changed: 2,
        unchanged: 1,
        changedIds: expect.arrayContaining(ids.slice(1)),
      }),
    )
    expect(types).toEqual(expect.arrayContaining(['users.changed', 'roles.changed']))
    expect((await client.getRole({ params: { id: role.id } })).userCount).toBe(3)
    const remove = { verb: 'remove_role' as const, roleId: role.id, ids: ids.slice(0, 2) }
    expect(await client.changeUsers({ body: remove })).toMatchObject({ changed: 2 })
    expect((await client.listUsers({ query: { roleId: role.id } })).total).toBe(1)
  })

  it('who could not be reached are tried again by the next run, and no others are touched', async () => {
    const { api, client, ids } = await withUsers(2)
    const [away = '', fine = ''] = ids
    const { users } = api.kamihi.store
    await users.checked(away, 'blocked', change)
    const body = { verb: 'mark_reachable' as const, ids: [away, fine, 'nobody'] }
    const types = await typesOf(api, async () =>
      expect(await client.changeUsers({ body })).toMatchObject({
        changedIds: [away],
        unchanged: 1,
        refused: [{ id: 'nobody', code: 'not_found' }],
      }),
    )
    expect(types).toEqual(['users.changed'])
    const user = await client.getUser({ params: { id: away } })
    expect(user).toMatchObject({ reachability: 'ok', unreachableSince: null })
    const { items } = await client.listAudit({ query: { verb: 'user.marked_reachable' } })
    expect(items).toMatchObject([
      { object: { id: away }, changes: { reachability: { before: 'blocked', after: 'ok' } } },
    ])
  })

  it('that were changed before the database failed are told of all the same', async () => {
    const { api, client, ids, items } = await withUsers(3)
    const { users } = api.kamihi.store
    const role = await client.createRole({ body: { name: 'Team' } })
    const failAtSecond = (verb: 'update' | 'saveMany') => {
      const write = users[verb] as (...given: unknown[]) => Promise<never>
      let calls = 0
      vi.spyOn(users, verb).mockImplementation((...given: unknown[]) => {
        calls += 1
        return calls === 1 ? write(...given) : Promise.reject(new StoreError('busy', 'busy'))
      })
    }
    // Somebody who comes again is changed after all who came before.
    const [ana = { telegramId: 0, name: '' }] = items
    const renamed = ['New', 'Newer'].map((name) => ({ ...ana, name }))
    const works = [
      ['update', () => client.changeUsers({ body: { verb: 'add_role', roleId: role.id, ids } })],
      ['saveMany', () => client.importUsers({ body: { items: renamed } })],
    ] as const
    for (const [verb, work] of works) {
      failAtSecond(verb)
      const events = await eventsOf(api, () =>
        expect(work()).rejects.toMatchObject({ problem: { code: 'unavailable' } }),
      )
      vi.restoreAllMocks()
      expect(events.filter(({ type }) => type === 'users.changed')).toMatchObject([
        { ids: [expect.any(String)] },
      ])
    }
    expect((await client.listUsers({ query: { q: 'New' } })).total).toBe(1)
  })

  it('and one, however their roles were changed, are told of as users and as roles', async () => {
    const { api, client, ids, items } = await withUsers(1)
    const [id = ''] = ids
    const { id: roleId } = await client.createRole({ body: { name: 'Team' } })
    const version = async () => (await client.getUser({ params: { id } })).version
    const works = [
      () => client.changeUsers({ body: { verb: 'add_role', roleId, ids } }),
      async () => client.updateUser({ params: { id }, body: { version: await version(), roleIds: [] } }),
      () => client.importUsers({ body: { items: items.map((item) => ({ ...item, roleIds: [roleId] })) } }),
      () => client.createUser({ body: { telegramId: 7, roleIds: [roleId] } }),
      () => client.deleteUser({ params: { id } }),
    ]
    for (const work of works) expect(await typesOf(api, work)).toEqual(['users.changed', 'roles.changed'])
  })

  it('get no role that is not there', async () => {
    const { client, ids } = await withUsers(1)
    const body = { verb: 'add_role' as const, ids }
    await expect(client.changeUsers({ body })).rejects.toMatchObject({ problem: { code: 'invalid_request' } })
    await expect(client.changeUsers({ body: { ...body, roleId: 'x' } })).rejects.toMatchObject({
      problem: { code: 'unknown_reference' },
    })
  })

  it('are removed', async () => {
    const { client, ids } = await withUsers(2)
    expect(await client.changeUsers({ body: { verb: 'remove', ids } })).toMatchObject({ changed: 2 })
    expect((await client.listUsers()).total).toBe(0)
  })

  it('are imported again without harm: what is given is changed, what is not is kept', async () => {
    const { client, items } = await withUsers(2)
    const again = [
      items[0],
      { telegramId: 101, profile: { city: 'Rome' } },
      { telegramId: 7, roleIds: ['x'] },
    ]
    const result = await client.importUsers({ body: { items: again as { telegramId: number }[] } })
    expect(result).toMatchObject({ created: 0, updated: 1, unchanged: 1 })
    expect(result.refused).toMatchObject([{ index: 2, telegramId: 7, code: 'unknown_reference' }])
    const { items: users } = await client.listUsers({ query: { q: 'Rome' } })
    expect(users).toMatchObject([{ telegramId: 101, name: 'U1' }])
  })

  it('are imported in their order, also who is in it twice, and each is told of in the audit log', async () => {
    const { client } = await withUsers(1)
    const named = (telegramId: number, name: string) => ({ telegramId, name })
    const crowd = Array.from({ length: 60 }, (_, n) => named(1000 + n, `Guest ${n}`))
    const items = [
      ...crowd,
      named(7, 'Ben'),
      named(7, 'Benjamin'),
      { ...named(8, 'Eve'), isAdmin: true },
      { ...named(9, 'Ida'), roleIds: ['x'] },
      named(7, 'Benjamin'),
      named(10, 'Mei'),
    ]
    const result = await client.importUsers({ body: { items } })
    expect(result).toMatchObject({ created: 62, updated: 1, unchanged: 1 })
    expect(result.refused).toMatchObject([
      { index: 62, telegramId: 8, code: 'forbidden' },
      { index: 63, telegramId: 9, code: 'unknown_reference' },
    ])
    expect((await client.listUsers()).total).toBe(63)
    const { items: told } = await client.listAudit({ query: { limit: 4 } })
    expect(told.map(({ verb, object }) => [verb, object.label])).toEqual([
      ['user.created', 'Mei'],
      ['user.updated', 'Benjamin'],
      ['user.created', 'Ben'],
      ['user.created', 'Guest 59'],
    ])
  })

  it('may be ten thousand ids in one request', async () => {
    const { client } = await withUsers(1)
    const ids = Array.from(
      { length: 10_000 },
      (_, i) => `01936000-0000-7000-8000-${String(i).padStart(12, '0')}`,
    )
    const result = await client.changeUsers({ body: { verb: 'remove', ids } })
    expect(result).toMatchObject({ matched: 10_000, changed: 0 })
    expect(result.refused).toHaveLength(10_000)
  })
})

describe('a request that changes many', () => {
  it('leaves the bot its turns in between', async () => {
    const client = await (await startTestApi()).as('operator')
    const items = Array.from({ length: 50 }, (_, n) => ({ telegramId: 1000 + n }))
    const turnsDuring = async (work: Promise<unknown>) => {
      let turns = 0
      let isOver = false
      const count = () => {
        turns += 1
        if (!isOver) setImmediate(count)
      }
      count()
      await work
      isOver = true
      return turns
    }
    await client.importUsers({ body: { items } })
    const body = { verb: 'remove' as const, filter: {} }
    expect(await turnsDuring(client.changeUsers({ body }))).toBeGreaterThan(items.length)
  })
})

it('an import leaves the bot its turns between few people', async () => {
  const api = await startTestApi()
  const { users } = api.kamihi.store
  const { saveMany } = users
  const turns: { turn: number; people: number }[] = []
  let turn = 0
  vi.spyOn(users, 'saveMany').mockImplementation((writes, change) => {
    turns.push({ turn, people: writes.length })
    setImmediate(() => {
      turn += 1
    })
    return saveMany(writes, change)
  })
  const items = Array.from({ length: 200 }, (_, n) => ({ telegramId: 1000 + n }))
  const client = await api.as('operator')
  expect(await client.importUsers({ body: { items } })).toMatchObject({ created: 200 })
  vi.restoreAllMocks()
  expect(turns.map((one) => one.turn)).toEqual(turns.map((_, index) => index))
  expect(Math.max(...turns.map(({ people }) => people))).toBeLessThanOrEqual(32)
})

describe('many runs', () => {
  it('are cancelled or retried where that is possible, and refused with the reason where it is not', async () => {
    const { client, ids } = await withJobs(1)
    const { runIds } = await client.changeJobs({ body: { verb: 'run', ids } })
    const params = { id: runIds[0] ?? '' }
    await expect.poll(async () => (await client.getRun({ params })).finishedAt).not.toBeNull()
    expect((await client.changeRuns({ body: { verb: 'cancel', ids: runIds } })).refused).toMatchObject([
      { code: 'run_finished' },
    ])
    const body = { verb: 'retry' as const, filter: { trigger: 'manual' as const } }
    expect(await client.changeRuns({ body })).toMatchObject({ matched: 1, changed: 0, refused: [{}] })
  })
})

describe('many roles and permissions', () => {
  it('are removed', async () => {
    const client = await (await startTestApi()).as('operator')
    const role = await client.createRole({ body: { name: 'A' } })
    const permission = await client.createPermission({ body: { action: 'report', roleIds: [role.id] } })
    const remove = (id: string) => ({ body: { verb: 'remove' as const, ids: [id] } })
    expect(await client.changePermissions(remove(permission.id))).toMatchObject({ changed: 1 })
    expect(await client.changeRoles(remove(role.id))).toMatchObject({ changed: 1 })
    expect((await client.changeRoles(remove(role.id))).refused).toMatchObject([{ code: 'not_found' }])
  })
})
