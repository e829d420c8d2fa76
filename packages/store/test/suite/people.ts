import { beforeEach, describe, expect, it } from 'vitest'
import type { Store } from '../../src/index.ts'
import { change, now, value, withActions, withJob, withUsers } from '../fixtures.ts'

/** What any store does for users, roles, permissions, actions and accounts. */
export function peopleSuite(open: () => Promise<Store>): void {
  let store: Store
  beforeEach(async () => {
    store = await open()
    await withActions(store, 'report', 'weather')
    return () => store.close()
  })

  describe('the name of a role', () => {
    it('is taken whatever its case, beyond ASCII too', async () => {
      await store.roles.create({ name: 'Team Ñandú' }, change)
      const taken = { kind: 'duplicate', field: 'name' }
      expect(await store.roles.create({ name: 'team ñandú' }, change)).toEqual(taken)
      const other = value(await store.roles.create({ name: 'Sales' }, change))
      expect(await store.roles.update(other.id, 1, { name: 'TEAM ÑANDÚ' }, change)).toEqual(taken)
    })

    it('can change its own case', async () => {
      const role = value(await store.roles.create({ name: 'team' }, change))
      expect(await store.roles.update(role.id, 1, { name: 'Team' }, change)).toMatchObject({
        kind: 'saved',
        value: { name: 'Team' },
      })
    })
  })

  describe('a role', () => {
    it('is open until it is locked, and each change of that is audited', async () => {
      const role = value(await store.roles.create({ name: 'Board' }, change))
      expect(role.locked).toBe(false)
      await store.roles.update(role.id, 1, { locked: true }, change)
      await store.roles.update(role.id, 2, { name: 'Direction' }, change)
      expect(await store.roles.get(role.id)).toMatchObject({ name: 'Direction', locked: true, version: 3 })
      expect((await store.roles.list({})).items).toMatchObject([{ locked: true }])
      const { items } = await store.audit.list({ objectKind: 'role', verb: 'role.updated' })
      expect(items.map(({ changes }) => changes.locked)).toEqual([undefined, { before: false, after: true }])
    })

    it('is found among others when it is locked', async () => {
      const create = async (name: string, locked: boolean) =>
        value(await store.roles.create({ name, locked }, change)).id
      const [sales, open, board] = [
        await create('Sales', true),
        await create('Press', false),
        await create('Board', true),
      ]
      await create('Another', true)
      expect(await store.roles.lockedAmong([sales, open, board, 'unknown'])).toEqual([
        { id: board, name: 'Board' },
        { id: sales, name: 'Sales' },
      ])
      expect(await store.roles.lockedAmong([])).toEqual([])
    })
  })

  describe('users', () => {
    it('refuses an edit of a version that was replaced meanwhile, and shows the newer one', async () => {
      const user = value(await store.users.create({ telegramId: 7, name: 'Ana' }, change))
      await store.users.update(user.id, 1, { name: 'Anna' }, change)
      const late = await store.users.update(user.id, 1, { name: 'Anne' }, change)
      expect(late).toMatchObject({ kind: 'version_conflict', current: { name: 'Anna', version: 2 } })
    })

    it('refuses a second user with the same Telegram id', async () => {
      await store.users.create({ telegramId: 7 }, change)
      expect(await store.users.create({ telegramId: 7 }, change)).toEqual({
        kind: 'duplicate',
        field: 'telegramId',
      })
    })

    it('saves nothing of an edit that names an unknown role', async () => {
      expect(await store.users.create({ telegramId: 7, roleIds: ['nobody'] }, change)).toEqual({
        kind: 'unknown_reference',
        field: 'roleIds',
        ids: ['nobody'],
      })
      expect(await store.users.getByTelegramId(7)).toBeNull()
    })

    it('saves many by themselves: what is refused leaves those beside it alone, and each is told of in its turn', async () => {
      const role = value(await store.roles.create({ name: 'Sales' }, change))
      const ana = value(await store.users.create({ telegramId: 1, name: 'Ana', roleIds: [role.id] }, change))
      // A time of its own: entries of one millisecond are told apart by their ids, of which there is room for some thousand.
      const later = { ...change, now: change.now + 1 }
      const outcomes = await store.users.saveMany(
        [
          { kind: 'create', input: { telegramId: 2, name: 'Ben', roleIds: [role.id] } },
          { kind: 'create', input: { telegramId: 1 } },
          { kind: 'update', id: ana.id, version: 1, patch: { name: 'Anna', roleIds: [] } },
          { kind: 'create', input: { telegramId: 3, roleIds: ['nobody', role.id] } },
          { kind: 'update', id: 'nobody', version: 1, patch: {} },
          { kind: 'create', input: { telegramId: 4, name: 'Cleo' } },
        ],
        later,
      )
      expect(outcomes).toMatchObject([
        { kind: 'saved', value: { telegramId: 2, roleIds: [role.id] } },
        { kind: 'duplicate', field: 'telegramId' },
        { kind: 'saved', value: { id: ana.id, name: 'Anna', roleIds: [], version: 2 } },
        { kind: 'unknown_reference', field: 'roleIds', ids: ['nobody'] },
        { kind: 'not_found' },
        { kind: 'saved', value: { telegramId: 4 } },
      ])
      expect((await store.users.list({})).total).toBe(3)
      const told = (await store.audit.list({ limit: 3 })).items.map(({ verb, object }) => [
        verb,
        object.label,
      ])
      expect(told).toEqual([
        ['user.created', 'Cleo'],
        ['user.updated', 'Anna'],
        ['user.created', 'Ben'],
      ])
    })

    it('saves none of many when the database fails, and refuses one of a version that was replaced', async () => {
      const ana = value(await store.users.create({ telegramId: 1, name: 'Ana' }, change))
      const stale = { kind: 'update', id: ana.id, version: 9, patch: { name: 'Old' } } as const
      const [late, added] = await store.users.saveMany(
        [stale, { kind: 'create', input: { telegramId: 2 } }],
        change,
      )
      expect(late).toMatchObject({ kind: 'version_conflict', current: { name: 'Ana', version: 1 } })
      expect(added).toMatchObject({ kind: 'saved' })
      const broken = { telegramId: 4, name: 7n } as unknown as { telegramId: number }
      await expect(
        store.users.saveMany(
          [
            { kind: 'create', input: { telegramId: 3 } },
            { kind: 'create', input: { ...broken, profile: { n: 7n } } },
          ],
          change,
        ),
      ).rejects.toThrow()
      const there = await store.users.getManyByTelegramId([1, 2, 3])
      expect(there.map(({ telegramId }) => telegramId).sort()).toEqual([1, 2])
    })

    it('pages through all of them once, whatever they are sorted by', async () => {
      await withUsers(store, 7)
      const seen: string[] = []
      let cursor: string | null = null
      do {
        const page = await store.users.list({
          limit: 3,
          sort: 'name',
          order: 'desc',
          ...(cursor ? { cursor } : {}),
        })
        expect(page.total).toBe(7)
        seen.push(...page.items.map((user) => user.name ?? ''))
        cursor = page.nextCursor
      } while (cursor)
      expect(seen).toEqual([7, 6, 5, 4, 3, 2, 1].map((n) => `User ${n}`))
    })

    it('finds nothing by what no text can hold', async () => {
      await store.users.create({ telegramId: 1, name: 'Ana' }, change)
      expect((await store.users.list({ q: '\0' })).items).toEqual([])
    })

    it('takes wildcards in a search as they are', async () => {
      await store.users.create({ telegramId: 7, name: '100%' }, change)
      await store.users.create({ telegramId: 8, name: '1000' }, change)
      expect((await store.users.list({ q: '100%' })).items.map((user) => user.telegramId)).toEqual([7])
    })
  })

  describe('access', () => {
    it('lets admins use every loaded action and others what is permitted directly or by a role', async () => {
      const [direct, member, stranger] = (await withUsers(store, 3)) as [string, string, string]
      const admin = value(await store.users.create({ telegramId: 9, isAdmin: true }, change))
      const role = value(await store.roles.create({ name: 'Team', userIds: [member] }, change))
      await store.permissions.create({ action: 'report', userIds: [direct], roleIds: [role.id] }, change)
      expect(
        await Promise.all([direct, member, stranger, admin.id].map((id) => store.users.mayUse(id, 'report'))),
      ).toEqual([true, true, false, true])
      expect((await store.users.allowedFor('report')).map((user) => user.id).sort()).toEqual(
        [direct, member, admin.id].sort(),
      )
    })

    it('archives an action that left the code and gives its permissions back with it', async () => {
      const [user] = (await withUsers(store, 1)) as [string]
      await store.permissions.create({ action: 'report', userIds: [user] }, change)
      await withActions(store, 'weather')
      expect(await store.users.mayUse(user, 'report')).toBe(false)
      expect(await store.actions.get('report')).toMatchObject({ state: 'archived', permissionCount: 1 })
      await withActions(store, 'weather', 'report')
      expect(await store.users.mayUse(user, 'report')).toBe(true)
    })

    it('keeps what is known of an action whose file broke', async () => {
      await store.actions.sync(
        [
          {
            name: 'report',
            commands: [],
            description: null,
            argsSchema: null,
            idempotent: false,
            error: 'report.ts:3 oops',
          },
        ],
        now,
      )
      expect(await store.actions.get('report')).toMatchObject({
        state: 'broken',
        commands: ['report'],
        error: 'report.ts:3 oops',
      })
    })
  })

  describe('jobs that reach people', () => {
    it('count once each, chosen themselves or by several roles, and not when deleted', async () => {
      const [ana, luis, mei] = (await withUsers(store, 3)) as [string, string, string]
      const team = value(await store.roles.create({ name: 'Team', userIds: [ana, luis] }, change))
      const sales = value(await store.roles.create({ name: 'Sales', userIds: [ana] }, change))
      await withJob(store, { userIds: [ana], roleIds: [team.id, sales.id] })
      await withJob(store, { roleIds: [sales.id] })
      const gone = await withJob(store, { userIds: [luis, mei] })
      await store.jobs.archive(gone.id, change)
      const counted = await store.users.jobCounts([ana, luis, mei])
      const found = async (hasJobs: boolean) =>
        (await store.users.list({ hasJobs })).items.map(({ id }) => id)
      expect([await found(true), await found(false)]).toEqual([[ana, luis], [mei]])
      expect([...counted].sort()).toEqual([[ana, 2] as const, [luis, 1] as const].sort())
    })

    it('are lost with a role only where nothing else brings them', async () => {
      const [alone, chosen, elsewhere] = (await withUsers(store, 3)) as [string, string, string]
      const role = value(
        await store.roles.create({ name: 'Team', userIds: [alone, chosen, elsewhere] }, change),
      )
      const other = value(await store.roles.create({ name: 'Sales', userIds: [elsewhere] }, change))
      await withJob(store, { userIds: [chosen], roleIds: [role.id, other.id] })
      expect(await store.roles.lossOf(role.id)).toEqual({ peopleCount: 1, jobCount: 1 })
      await withJob(store, { userIds: [alone, chosen, elsewhere], roleIds: [role.id] })
      expect(await store.roles.lossOf(role.id)).toEqual({ peopleCount: 1, jobCount: 1 })
      await withJob(store, { roleIds: [role.id] })
      const gone = await withJob(store, { roleIds: [role.id] })
      await store.jobs.archive(gone.id, change)
      expect(await store.roles.lossOf(role.id)).toEqual({ peopleCount: 3, jobCount: 2 })
      expect(await store.roles.lossOf(other.id)).toEqual({ peopleCount: 0, jobCount: 0 })
    })
  })

  describe('accounts', () => {
    it('makes one first owner when two ask at the same time', async () => {
      const tries = ['ana', 'eve'].map((username) =>
        store.accounts.createFirstOwner({ username, passwordHash: 'x' }, change),
      )
      expect((await Promise.all(tries)).map((outcome) => outcome.kind).sort()).toEqual([
        'created',
        'owner_exists',
      ])
    })

    it('ends a session that was idle for a day', async () => {
      const { account } = (await store.accounts.createFirstOwner(
        { username: 'ana', passwordHash: 'x' },
        change,
      )) as { account: { id: string } }
      const session = { id: 's', accountId: account.id, expiresAt: now + 14 * 86_400_000 }
      await store.sessions.create({ ...session, ip: '', userAgent: '' }, change)
      expect(await store.sessions.use('s', now + 3_600_000)).toMatchObject({ account: { username: 'ana' } })
      expect(await store.sessions.use('s', now + 26 * 3_600_000)).toBeNull()
    })

    it('counts failures since the last success', async () => {
      for (const [success, at] of [
        [false, 1],
        [true, 2],
        [false, 3],
        [false, 4],
      ] as const)
        await store.attempts.record('k', success, now + at)
      expect(await store.attempts.failuresSince('k', 0)).toBe(2)
      expect(await store.attempts.lastFailureAt('k')).toBe(now + 4)
    })
  })

  it('writes an audit row with each change, and none for a refused one', async () => {
    const user = value(await store.users.create({ telegramId: 7, name: 'Ana' }, change))
    await store.users.create({ telegramId: 7 }, change)
    await store.users.update(user.id, 1, { name: 'Anna' }, change)
    const { items } = await store.audit.list({ objectKind: 'user', order: 'asc' })
    expect(items.map((entry) => entry.verb).sort()).toEqual(['user.created', 'user.updated'])
    expect(items.find((entry) => entry.verb === 'user.updated')?.changes).toEqual({
      name: { before: 'Ana', after: 'Anna' },
    })
  })

  it('takes an update of Telegram once', async () => {
    const update = { updateId: 5, payload: { message: 'hi' } }
    expect(await store.updates.receive([update, { updateId: 6, payload: 1 }], now)).toHaveLength(2)
    expect(await store.updates.receive([update], now)).toEqual([])
    await store.updates.handled(6, now)
    expect(await store.updates.unhandled()).toEqual([{ ...update, begun: false }])
  })

  describe('an update of Telegram', () => {
    const update = { updateId: 5, payload: { message: 'hi' } }
    const asked = { chatId: 7, userId: 7 }
    const dialog = {
      ...asked,
      action: 'report',
      schemaVersion: '1',
      answers: {},
      askedMessageId: null,
      expiresAt: now,
    }

    it('is begun once, and that is known until it is handled', async () => {
      await store.updates.receive([update], now)
      expect(await store.updates.begin(5, now)).toBe(true)
      expect(await store.updates.begin(5, now)).toBe(false)
      expect(await store.updates.unhandled()).toEqual([{ ...update, begun: true }])
      await store.updates.handled(5, now)
      expect(await store.updates.unhandled()).toEqual([])
    })

    it('is not begun when it is handled, and its dialog stays as it is', async () => {
      await store.updates.receive([update], now)
      await store.updates.handled(5, now)
      expect(await store.updates.begin(5, now, { ...dialog, step: '', answeredBy: 5 })).toBe(false)
      expect(await store.conversations.get(7, 7)).toBeNull()
    })

    it('ends the dialog that it brought the last answer of, when it is handled', async () => {
      await store.updates.receive([update], now)
      await store.updates.begin(5, now, { ...dialog, step: '', answeredBy: 5 })
      await store.updates.handled(4, now, asked)
      expect(await store.conversations.get(7, 7)).not.toBeNull()
      await store.updates.handled(5, now, asked)
      expect(await store.conversations.get(7, 7)).toBeNull()
    })

    it('leaves the dialog as it is when there is another question', async () => {
      await store.updates.receive([update], now)
      await store.conversations.save({ ...dialog, step: 'city', answeredBy: 5 })
      await store.updates.handled(5, now, asked)
      expect(await store.conversations.get(7, 7)).toMatchObject({ step: 'city', answeredBy: 5 })
    })

    it('keeps its dialog from ending as silent while it is not handled', async () => {
      await store.updates.receive([update], now)
      await store.conversations.save({ ...dialog, step: 'city', answeredBy: 5 })
      expect(await store.conversations.takeExpired(now)).toEqual([])
      await store.updates.handled(5, now, asked)
      expect(await store.conversations.takeExpired(now)).toHaveLength(1)
    })
  })

  it('gives a named lease to one holder until it ends', async () => {
    expect(await store.leases.acquire('poller', { worker: 'a', until: now + 10 }, now)).toBe(true)
    expect(await store.leases.acquire('poller', { worker: 'b', until: now + 20 }, now)).toBe(false)
    expect(await store.leases.acquire('poller', { worker: 'b', until: now + 30 }, now + 10)).toBe(true)
    expect(await store.leases.holder('poller', now + 11)).toBe('b')
  })
}
