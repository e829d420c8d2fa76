import type { AuditQuery, JobQuery, RunQuery, UserQuery } from '@kamihi/contracts'
import { describe, expect, it } from 'vitest'
import { BadCursor, type Store } from '../src/index.ts'
import {
  change,
  lease,
  newFile,
  now,
  startedRun,
  value,
  withActions,
  withJob,
  withUsers,
} from './fixtures.ts'

const minute = 60_000

/** A store with one action. */
const opened = async (): Promise<Store> => {
  const store = await newFile().open()
  await withActions(store, 'report', 'weather')
  return store
}

/** A list read page by page. */
async function pages<T>(
  list: (query: { limit: number; cursor?: string }) => Promise<{ items: T[]; nextCursor: string | null }>,
): Promise<T[]> {
  const items: T[] = []
  let cursor: string | null = null
  do {
    const page: { items: T[]; nextCursor: string | null } = await list({
      limit: 2,
      ...(cursor ? { cursor } : {}),
    })
    items.push(...page.items)
    cursor = page.nextCursor
  } while (cursor)
  return items
}

describe('paging', () => {
  const named = async (...names: (string | null)[]) => {
    const store = await opened()
    for (const [index, name] of names.entries())
      await store.users.create({ telegramId: 100 + index, name }, { ...change, now: now + index })
    return store
  }
  const namesBy = (store: Store, query: UserQuery) =>
    pages((page) => store.users.list({ ...query, ...page })).then((users) => users.map(({ name }) => name))

  it('sorts names whatever their case, and puts those without one last in either order', async () => {
    const store = await named('bea', null, 'Ana', 'Caro', null, 'ana')
    const up = await namesBy(store, { sort: 'name' })
    expect(up.map((name) => name?.toLowerCase())).toEqual(['ana', 'ana', 'bea', 'caro', undefined, undefined])
    const down = await namesBy(store, { sort: 'name', order: 'desc' })
    expect(down.map((name) => name?.toLowerCase())).toEqual([
      'caro',
      'bea',
      'ana',
      'ana',
      undefined,
      undefined,
    ])
  })

  it('shows each row once while others come', async () => {
    const store = await named('A', 'B', 'C', 'D')
    const first = await store.users.list({ sort: 'name', limit: 2 })
    await store.users.create({ telegramId: 1, name: 'Aa' }, change)
    const rest = await store.users.list({ sort: 'name', limit: 9, cursor: first.nextCursor ?? '' })
    expect([...first.items, ...rest.items].map(({ name }) => name)).toEqual(['A', 'B', 'C', 'D'])
  })

  it('counts for a role the jobs that are not deleted', async () => {
    const store = await opened()
    const role = value(await store.roles.create({ name: 'Sales' }, change))
    await withJob(store, { roleIds: [role.id] })
    const gone = await withJob(store, { roleIds: [role.id] })
    expect((await store.roles.list({})).items[0]?.jobCount).toBe(2)
    await store.jobs.archive(gone.id, change)
    expect((await store.roles.list({})).items[0]?.jobCount).toBe(1)
    expect((await store.roles.get(role.id))?.jobCount).toBe(1)
  })

  it('gives of each thing what it is, and nothing of how the page was cut', async () => {
    const store = await opened()
    const ana = value(await store.users.create({ telegramId: 1 }, change))
    const role = value(await store.roles.create({ name: 'Sales' }, change))
    const permission = value(await store.permissions.create({ action: 'report', roleIds: [role.id] }, change))
    const { userIds: _, ...summary } = value(
      await store.roles.update(role.id, 1, { userIds: [ana.id] }, change),
    )
    expect((await store.roles.list({})).items).toEqual([{ ...summary, userCount: 1 }])
    expect((await store.permissions.list({})).items).toEqual([await store.permissions.get(permission.id)])
  })

  it('refuses a cursor that it did not give, or gave for another order', async () => {
    const store = await named('A', 'B', 'C')
    const { nextCursor } = await store.users.list({ sort: 'name', limit: 1 })
    const cursor = nextCursor ?? ''
    await expect(store.users.list({ sort: 'name', cursor: 'nonsense' })).rejects.toThrow(BadCursor)
    await expect(store.users.list({ sort: 'name', order: 'desc', cursor })).rejects.toThrow(BadCursor)
    await expect(store.users.list({ sort: 'telegramId', cursor })).rejects.toThrow(BadCursor)
    expect((await store.users.list({ sort: 'name', cursor })).items.map(({ name }) => name)).toEqual([
      'B',
      'C',
    ])
  })

  it('counts to ten thousand and says when there are more', async () => {
    const { open, path } = newFile()
    const store = await open()
    const { default: Database } = await import('better-sqlite3')
    const raw = new Database(path)
    const add = (from: number, to: number) =>
      raw.exec(`with recursive n(i) as (select ${from} union all select i + 1 from n where i < ${to})
        insert into users (id, telegram_id, chat_id, profile, created_at, updated_at)
        select printf('u%06d', i), i, i, '{}', 1, 1 from n`)
    add(1, 10_000)
    expect(await store.users.list({ limit: 1 })).toMatchObject({ total: 10_000, totalIsExact: true })
    add(10_001, 10_001)
    expect(await store.users.list({ limit: 1 })).toMatchObject({ total: 10_000, totalIsExact: false })
    raw.close()
  })
})

describe('users', () => {
  it('are found by role, by admin, by whether they can be reached, and by the job that reaches them', async () => {
    const store = await opened()
    const [a = '', b = '', c = ''] = await withUsers(store, 4)
    const role = value(await store.roles.create({ name: 'r', userIds: [b] }, change))
    await store.users.update(c, 1, { isAdmin: true }, change)
    const job = await withJob(store, { userIds: [a], roleIds: [role.id] })
    const ids = async (query: UserQuery) => (await store.users.list(query)).items.map(({ id }) => id).sort()
    expect(await ids({ roleId: role.id })).toEqual([b])
    expect(await ids({ isAdmin: true })).toEqual([c])
    expect(await ids({ isAdmin: false })).toHaveLength(3)
    expect(await ids({ reachability: 'ok' })).toHaveLength(4)
    expect(await ids({ reachability: 'blocked' })).toEqual([])
    await store.users.checked(a, 'blocked', change)
    expect(await ids({ unreachable: true })).toEqual([a])
    expect(await ids({ unreachable: false })).toHaveLength(3)
    expect(await ids({ jobId: job.id })).toEqual([a, b].sort())
  })

  it('come by when they were last seen, those never seen last', async () => {
    const store = await opened()
    await withUsers(store, 4)
    await store.users.seen(1002, now + 1)
    await store.users.seen(1004, now + 2)
    const seen = await pages((page) => store.users.list({ sort: 'lastSeenAt', order: 'desc', ...page }))
    expect(seen.slice(0, 2).map(({ telegramId }) => telegramId)).toEqual([1004, 1002])
    expect(seen).toHaveLength(4)
  })
})

describe('jobs', () => {
  const facts = { now, timezone: 'Europe/Madrid' }
  const idsOf = async (store: Store, query: JobQuery) =>
    (await pages((page) => store.jobs.list({ ...query, ...page }, facts))).map(({ id }) => id)

  it('come by their next run, those without one last', async () => {
    const store = await opened()
    const late = await withJob(store, {}, now + 2 * minute)
    const never = await withJob(store, { enabled: false }, null)
    const soon = await withJob(store, {}, now + minute)
    expect(await idsOf(store, { sort: 'nextRunAt' })).toEqual([soon.id, late.id, never.id])
    expect(await idsOf(store, { sort: 'nextRunAt', order: 'desc' })).toEqual([late.id, soon.id, never.id])
  })

  it('come by their last run', async () => {
    const store = await opened()
    const none = await withJob(store)
    const ran = await startedRun(store, { name: 'ran' })
    expect(await idsOf(store, { sort: 'lastRunAt', order: 'desc' })).toEqual([ran.jobId, none.id])
  })

  it('come by their last run that was no dry run', async () => {
    const store = await opened()
    const tried = await withJob(store)
    const ran = await startedRun(store, { name: 'ran' })
    const dry = { jobId: tried.id, idempotencyKey: 'dry', args: null, onlyUserIds: null, dryRun: true }
    await store.runs.enqueueManual(dry, { ...change, now: now + minute })
    expect(await idsOf(store, { sort: 'lastRunAt', order: 'desc' })).toEqual([ran.jobId, tried.id])
  })

  it('are found by whom they reach, by zone, and by when they are due', async () => {
    const store = await opened()
    const [ana = '', bea = ''] = await withUsers(store, 2)
    const role = value(await store.roles.create({ name: 'r', userIds: [bea] }, change))
    const direct = await withJob(store, { userIds: [ana], timezone: 'Asia/Tokyo' }, now + minute)
    const byRole = await withJob(store, { roleIds: [role.id] }, now + 60 * minute)
    expect(await idsOf(store, { userId: ana })).toEqual([direct.id])
    expect(await idsOf(store, { userId: bea })).toEqual([byRole.id])
    expect(await idsOf(store, { roleId: role.id })).toEqual([byRole.id])
    expect(await idsOf(store, { timezone: 'Asia/Tokyo' })).toEqual([direct.id])
    expect(await idsOf(store, { timezone: 'Europe/Madrid' })).toEqual([byRole.id])
    const soon = new Date(now + 2 * minute).toISOString()
    expect(await idsOf(store, { dueBefore: soon })).toEqual([direct.id])
  })

  it('are found by how their last run ended', async () => {
    const store = await opened()
    const run = await startedRun(store, {})
    await withJob(store)
    expect(await idsOf(store, { lastOutcome: 'cancelled' })).toEqual([])
    await store.runs.cancel(run.id, change)
    const { state } = (await store.runs.get(run.id)) ?? {}
    expect(await idsOf(store, { lastOutcome: state ?? 'queued' })).toEqual([run.jobId])
    const dry = { jobId: run.jobId, idempotencyKey: 'dry', args: null, onlyUserIds: null, dryRun: true }
    await store.runs.enqueueManual(dry, { ...change, now: now + minute })
    expect(await idsOf(store, { lastOutcome: state ?? 'queued' })).toEqual([run.jobId])
    expect((await store.jobs.getRow(run.jobId))?.lastRuns.map(({ id }) => id)).toEqual([run.id])
  })

  it('need no attention for people who cannot be reached, but for a run that failed', async () => {
    const store = await opened()
    const [ana = ''] = await withUsers(store, 1)
    const failure = { class: 'x', message: 'y' }
    const ends = [
      { kind: 'failed' as const },
      { kind: 'unreachable' as const, reachability: 'blocked' as const },
    ]
    const jobIds: string[] = []
    for (const end of ends) {
      const run = await startedRun(store, { perUser: true, userIds: [ana] })
      const [delivery] = await store.deliveries.claim(lease('w1'), 1, now)
      const held = { id: delivery?.id ?? '', worker: 'w1' }
      const acted = [
        { kind: 'acting' as const, ...held },
        { kind: 'acted' as const, output: [], ...held },
      ]
      await store.deliveries.record([...acted, { ...end, failure, ...held }], now)
      jobIds.push(run.jobId)
    }
    expect(await idsOf(store, { attention: true })).toEqual(jobIds.slice(0, 1))
  })

  it('need attention when they are late, paused, for nobody, or went wrong, and not when they are off', async () => {
    const store = await opened()
    const later = now + 10 * minute
    const fine = await withJob(store, {}, later)
    const late = await withJob(store, {}, now - 2 * minute)
    const paused = await withJob(store, {}, later)
    await store.jobs.pause(paused.id, { reason: null }, change)
    const nobody = await withJob(store, { perUser: true }, later)
    const off = await withJob(store, { perUser: true, enabled: false }, null)
    const gone = await withJob(store, { action: 'weather' }, later)
    await withActions(store, 'report')
    const needy = [late.id, paused.id, nobody.id, gone.id].sort()
    expect((await idsOf(store, { attention: true })).sort()).toEqual(needy)
    expect((await idsOf(store, { attention: false })).sort()).toEqual([fine.id, off.id].sort())
  })
})

describe('runs', () => {
  const idsOf = async (store: Store, query: RunQuery) =>
    (await pages((page) => store.runs.list({ ...query, ...page }))).map(({ id }) => id)

  it('are found by state, job, action, time, person and trigger', async () => {
    const store = await opened()
    const [ana = '', bea = ''] = await withUsers(store, 2)
    const first = await startedRun(store, { perUser: true, userIds: [ana] })
    const second = await startedRun(store, { perUser: true, userIds: [bea], action: 'weather', name: 'Sky' })
    await store.runs.cancel(second.id, change)
    expect(await idsOf(store, { state: 'running' })).toEqual([first.id])
    expect(await idsOf(store, { state: ['cancelled', 'failed'] })).toEqual([second.id])
    expect((await idsOf(store, { state: ['cancelled', 'running'] })).sort()).toEqual(
      [first.id, second.id].sort(),
    )
    expect(await idsOf(store, { jobId: first.jobId })).toEqual([first.id])
    expect(await idsOf(store, { action: 'weather' })).toEqual([second.id])
    expect(await idsOf(store, { q: 'sky' })).toEqual([second.id])
    expect(await idsOf(store, { userId: ana })).toEqual([first.id])
    expect(await idsOf(store, { trigger: 'manual' })).toEqual([])
    expect(await idsOf(store, { trigger: 'schedule' })).toHaveLength(2)
    const at = (ms: number) => new Date(ms).toISOString()
    expect(await idsOf(store, { from: at(now), to: at(now + 1) })).toHaveLength(2)
    expect(await idsOf(store, { from: at(now + 1) })).toEqual([])
    expect(await idsOf(store, { to: at(now) })).toEqual([])
  })

  it('are found by whether somebody did not get it', async () => {
    const store = await opened()
    const [ana = ''] = await withUsers(store, 1)
    const run = await startedRun(store, { perUser: true, userIds: [ana] })
    expect(await idsOf(store, { hasFailures: true })).toEqual([])
    const [held] = await store.deliveries.claim({ worker: 'w1', until: now + minute }, 1, now)
    const failure = { class: 'blocked', message: 'blocked' }
    await store.deliveries.record(
      [{ kind: 'unreachable', id: held?.id ?? '', worker: 'w1', failure, reachability: 'blocked' }],
      now,
    )
    expect(await idsOf(store, { hasFailures: true })).toEqual([run.id])
    expect(await idsOf(store, { hasFailures: false })).toEqual([])
    expect(await idsOf(store, { possiblyDuplicated: true })).toEqual([])
    expect(await idsOf(store, { possiblyDuplicated: false })).toEqual([run.id])
  })

  it('come by when they began, what has not begun by when it was made', async () => {
    const store = await opened()
    const job = await withJob(store, { overlap: 'allow' })
    const make = async (key: string, at: number) => {
      const input = { jobId: job.id, idempotencyKey: key, args: null, onlyUserIds: null, dryRun: key === 'b' }
      const made = await store.runs.enqueueManual(input, { ...change, now: at })
      return made.kind === 'enqueued' ? made.run.id : made.kind
    }
    const [a, b, c] = [await make('a', now + 1), await make('b', now + 2), await make('c', now + 3)]
    await store.runs.claim({ worker: 'w1', until: now + minute }, 1, now + 9)
    expect(await idsOf(store, {})).toEqual([a, c, b])
    expect(await idsOf(store, { sort: 'createdAt' })).toEqual([a, b, c])
    expect(await idsOf(store, { dryRun: true })).toEqual([b])
    expect(await idsOf(store, { dryRun: false })).toEqual([a, c])
  })
})

describe('actions', () => {
  it('tell who may use them and when a job last ran them', async () => {
    const store = await opened()
    const [ana = '', bea = '', admin = ''] = await withUsers(store, 4)
    await store.users.update(admin, 1, { isAdmin: true }, change)
    const role = value(await store.roles.create({ name: 'r', userIds: [ana, bea] }, change))
    await store.permissions.create({ action: 'report', userIds: [ana], roleIds: [role.id] }, change)
    await startedRun(store, {})
    const { items } = await store.actions.list({})
    expect(items).toMatchObject([
      { name: 'report', peopleCount: 3, jobCount: 1, lastRunAt: new Date(now).toISOString() },
      { name: 'weather', peopleCount: 1, jobCount: 0, lastRunAt: null },
    ])
    expect((await store.actions.list({ hasJobs: true })).items.map(({ name }) => name)).toEqual(['report'])
    expect((await store.actions.list({ hasJobs: false })).items.map(({ name }) => name)).toEqual(['weather'])
  })

  it('are found by a piece of their name, of a command or of what they do', async () => {
    const store = await opened()
    const one = { argsSchema: null, idempotent: false, error: null }
    const definitions = [
      { ...one, name: 'weather', commands: ['weather', 'tiempo'], description: null },
      { ...one, name: 'report', commands: ['report'], description: 'Numbers of the week' },
    ]
    await store.actions.sync(definitions, now)
    const names = async (q: string) => (await store.actions.list({ q })).items.map(({ name }) => name)
    expect(await names('tiem')).toEqual(['weather'])
    expect(await names('numbers')).toEqual(['report'])
    expect(await names('r')).toEqual(['report', 'weather'])
    expect(await names('"')).toEqual([])
  })
})

describe('the audit log', () => {
  it('is found by who, what and when, and leaves kinds of objects out', async () => {
    const store = await opened()
    const by = (id: string, at: number) => ({
      ...change,
      actor: { kind: 'token' as const, id, name: id },
      now: at,
    })
    await store.roles.create({ name: 'A' }, by('t1', now))
    await store.roles.create({ name: 'B' }, by('t2', now + 1))
    await store.audit.add(
      { verb: 'session.opened', object: { kind: 'session', id: null, label: null } },
      by('t2', now + 2),
    )
    const labels = async (query: AuditQuery, without?: string[]) =>
      (await pages((page) => store.audit.list({ ...query, ...page }, without))).map(
        ({ verb, object }) => object.label ?? verb,
      )
    expect(await labels({})).toEqual(['session.opened', 'B', 'A'])
    expect(await labels({}, ['session'])).toEqual(['B', 'A'])
    expect(await labels({ actorId: 't2' })).toEqual(['session.opened', 'B'])
    expect(await labels({ actorKind: 'cli' })).toEqual([])
    expect(await labels({ verb: 'role.created' })).toEqual(['B', 'A'])
    const at = (ms: number) => new Date(ms).toISOString()
    expect(await labels({ from: at(now + 1), to: at(now + 2) })).toEqual(['B'])
  })
})
