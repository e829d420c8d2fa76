import type { JobQuery, RunQuery, UserQuery } from '@kamihi/contracts'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Store } from '../src/index.ts'
import { newFile, now, withActions } from './fixtures.ts'

interface Executed {
  sql: string
  args: unknown[]
}
const executed: Executed[] = []
const prepare = Database.prototype.prepare

/** Notes each statement that reads a list or counts it, with what is bound to it. */
function listen(): void {
  Database.prototype.prepare = function (this: Database.Database, sql: string) {
    const statement = prepare.call(this, sql)
    for (const method of ['get', 'all'] as const) {
      const execute = statement[method].bind(statement) as (...args: unknown[]) => unknown
      Object.assign(statement, {
        [method]: (...args: unknown[]) => {
          executed.push({ sql, args })
          return execute(...args)
        },
      })
    }
    return statement
  } as typeof prepare
}

const anId = '01936000-0000-7000-8000-000000000000'
const at = new Date(now).toISOString()

describe('a list', () => {
  let store: Store
  let raw: Database.Database
  beforeEach(async () => {
    listen()
    const { open, path } = newFile()
    store = await open()
    raw = new Database(path)
    await withActions(store, 'report')
  })
  afterEach(async () => {
    Database.prototype.prepare = prepare
    raw.close()
    await store.close()
  })

  /** Plans of what `work` asks of a table. */
  const plansOf = async (table: string, work: () => Promise<unknown>): Promise<string[][]> => {
    executed.length = 0
    await work()
    const lists = executed.filter(({ sql }) => sql.includes(`from "${table}"`) && sql.includes('limit'))
    expect(lists.length).toBeGreaterThan(1)
    return lists.map(({ sql, args }) => {
      const explained = prepare.call(raw, `explain query plan ${sql}`) as Database.Statement<unknown[]>
      return (explained.all(...args) as { detail: string }[]).map(({ detail }) => detail)
    })
  }
  const sorts = (plan: string[]) => plan.some((detail) => detail.includes('TEMP B-TREE FOR ORDER BY'))
  /** Counting of what is common stops soon, so that it may read the table as it lies. */
  const readsAll = (table: string, plan: string[]) =>
    !plan[0]?.startsWith('CO-ROUTINE') &&
    plan.some((detail) => new RegExp(`^SCAN ${table}(?! USING)`).test(detail))

  const users: UserQuery[] = [
    {},
    { isAdmin: false },
    { reachability: 'ok' },
    ...(['createdAt', 'name', 'telegramId', 'lastSeenAt'] as const).flatMap((sort) => [
      { sort },
      { sort, order: 'desc' as const },
    ]),
  ]
  it.each(users)('of users reads what it shows, in order: %j', async (query) => {
    for (const plan of await plansOf('users', () => store.users.list(query)))
      expect(plan).toSatisfy(() => !sorts(plan) && !readsAll('users', plan))
  })

  const fewUsers: UserQuery[] = [
    { isAdmin: true },
    { reachability: 'blocked' },
    { roleId: anId },
    { jobId: anId },
    { isAdmin: true, sort: 'lastSeenAt', order: 'desc' },
    { roleId: anId, sort: 'name' },
  ]
  it.each(fewUsers)('of few among many users does not read all to sort them: %j', async (query) => {
    for (const plan of await plansOf('users', () => store.users.list(query)))
      expect(plan).toSatisfy(() => !(sorts(plan) && plan.some((detail) => detail.startsWith('SCAN users'))))
  })

  const runs: RunQuery[] = [
    {},
    { sort: 'scheduledFor' },
    { sort: 'finishedAt', order: 'desc' },
    { sort: 'createdAt' },
    { jobId: anId },
    { action: 'report' },
    { state: 'failed' },
    { state: ['failed', 'partial'] },
    { state: 'completed' },
    { trigger: 'manual' },
    { trigger: 'schedule' },
    { hasFailures: true },
    { dryRun: true },
    { userId: anId },
    { from: at },
    { from: at, to: at, jobId: anId },
  ]
  it.each(runs)('of runs reads what it shows, in order: %j', async (query) => {
    for (const plan of await plansOf('runs', () => store.runs.list(query)))
      expect(plan).toSatisfy(() => !sorts(plan) && !readsAll('runs', plan))
  })

  const narrow: [RunQuery, string][] = [
    [{ jobId: anId }, 'runs_job_began'],
    [{ action: 'report' }, 'runs_action_began'],
    [{ state: 'failed' }, 'runs_unfortunate'],
    [{ trigger: 'manual' }, 'runs_by_hand'],
    [{ hasFailures: true }, 'runs_failures'],
    [{ dryRun: true }, 'runs_dry'],
    [{ state: 'running' }, 'runs_open'],
    [{ possiblyDuplicated: true }, 'deliveries_duplicated'],
    // Each run is asked whether it was for them.
    [{ userId: anId }, 'deliveries_recipient (run_id=? AND user_id=?)'],
  ]
  it.each(narrow)('of runs has an index for %j', async (query, index) => {
    for (const plan of await plansOf('runs', () => store.runs.list(query)))
      expect(plan.join()).toContain(index)
  })

  const jobs: JobQuery[] = [
    { sort: 'nextRunAt' },
    { sort: 'nextRunAt', order: 'desc' },
    { sort: 'name' },
    { sort: 'action' },
    { sort: 'updatedAt' },
    { sort: 'createdAt' },
    { sort: 'nextRunAt', action: 'report' },
    { sort: 'nextRunAt', dueBefore: at },
  ]
  it.each(jobs)('of jobs does not read all to sort them: %j', async (query) => {
    for (const plan of await plansOf('jobs', () => store.jobs.list(query, { now, timezone: 'UTC' })))
      expect(plan).toSatisfy(() => !(sorts(plan) && plan.some((detail) => detail.startsWith('SCAN jobs'))))
  })

  it('of actions counts the runs of a week, and finds their errors, by the index of the runs of an action', async () => {
    executed.length = 0
    await store.actions.runsSince(['report', 'weather'], now)
    await store.actions.errorsSince('report', now)
    const plans = executed
      .filter(({ sql }) => sql.includes('from "runs"'))
      .map(({ sql, args }) => {
        const explained = prepare.call(raw, `explain query plan ${sql}`) as Database.Statement<unknown[]>
        return (explained.all(...args) as { detail: string }[]).map(({ detail }) => detail)
      })
    expect(plans).toHaveLength(2)
    for (const plan of plans) {
      expect(plan.join()).toContain('runs_action_began (action=? AND began_at>?)')
      expect(sorts(plan)).toBe(false)
    }
  })

  it('of deliveries is read by the index of the recipients of a run', async () => {
    for (const plan of await plansOf('deliveries', () => store.deliveries.list(anId, {})))
      expect(plan).toSatisfy(() => !sorts(plan) && plan.join().includes('run_id=?'))
  })

  it('of deliveries to one person goes through the runs from the newest on, and asks each', async () => {
    for (const plan of await plansOf('runs', () => store.deliveries.listOfUser(anId, {})))
      expect(plan).toSatisfy(
        () => !sorts(plan) && plan.join().includes('deliveries_recipient (run_id=? AND user_id=?)'),
      )
  })

  const audits = [
    {},
    { verb: 'job.updated' },
    { objectKind: 'job', objectId: anId },
    { actorId: anId },
    { from: at },
  ]
  it.each(audits)('of the audit log reads what it shows, in order: %j', async (query) => {
    for (const plan of await plansOf('audit', () => store.audit.list(query, ['session'])))
      expect(plan).toSatisfy(() => !sorts(plan) && !readsAll('audit', plan))
  })

  it('goes on behind its cursor by the same index', async () => {
    const { open, path } = newFile()
    const filled = await open()
    const db = new Database(path)
    db.exec(`with recursive n(i) as (select 1 union all select i + 1 from n where i < 9)
      insert into users (id, telegram_id, chat_id, name, profile, created_at, updated_at, last_seen_at)
      select 'u' || i, i, i, 'n' || i, '{}', 1, 1, i from n`)
    for (const sort of ['createdAt', 'name', 'telegramId', 'lastSeenAt'] as const) {
      const { nextCursor } = await filled.users.list({ sort, limit: 2 })
      const plans = await plansOf('users', () =>
        filled.users.list({ sort, limit: 2, cursor: nextCursor ?? '' }),
      )
      expect(plans[0]?.join()).toMatch(/SEARCH users USING INDEX/)
      expect(plans.some(sorts)).toBe(false)
    }
    db.close()
    await filled.close()
  })
})
