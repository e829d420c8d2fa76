import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ClaimedDelivery, Store } from '../src/index.ts'
import { change, lease, newFile, now, withActions, withJob, withUsers } from './fixtures.ts'

const minute = 60_000

interface Executed {
  sql: string
  args: unknown[]
}
const executed: Executed[] = []
const prepare = Database.prototype.prepare

/** Notes each statement that is executed, with what is bound to it. */
function listen(): void {
  Database.prototype.prepare = function (this: Database.Database, sql: string) {
    const statement = prepare.call(this, sql)
    for (const method of ['run', 'get', 'all'] as const) {
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

/** Indexes of what is open: they hold little however long the history is, so that all of one may be read. */
const small =
  /USING (COVERING )?INDEX (runs_open|runs_notice|deliveries_free|deliveries_leased|deliveries_retry|jobs_due)/
/** What is no table of ours: lists that were given, results of an inner query, a single row. */
const given = /^SCAN (\S+ VIRTUAL TABLE|json_each|CONSTANT ROW|\(subquery|oldest$|newest$|page$|people$)/

const readsTable = (detail: string): boolean =>
  detail.startsWith('SCAN') && !small.test(detail) && !given.test(detail)
/** Every run of a job: there may be a hundred thousand that failed. */
const readsJob = (detail: string, sql: string): boolean =>
  /USING (COVERING )?INDEX runs_(?!open_of_job)\w+ \(job_id=\?\)/.test(detail) && !/limit/i.test(sql)

/** Reads one row from the end of a table. */
const newestOnly = /order by rowid desc limit/

describe('on a long history', () => {
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

  /** Steps of the plans of what `work` executes that read a whole table. */
  const scansOf = async (work: () => Promise<unknown>): Promise<string[]> => {
    executed.length = 0
    await work()
    const statements = executed.filter(
      ({ sql }) => /^\s*(select|update|delete|insert|with)/i.test(sql) && !newestOnly.test(sql),
    )
    expect(statements.length).toBeGreaterThan(0)
    return statements.flatMap(({ sql, args }) => {
      const explained = prepare.call(raw, `explain query plan ${sql}`) as Database.Statement<unknown[]>
      const plan = explained.all(...args) as { detail: string }[]
      return plan
        .map(({ detail }) => detail)
        .filter((detail) => readsTable(detail) || readsJob(detail, sql))
        .map((detail) => `${detail} in: ${sql.replace(/\s+/g, ' ').slice(0, 300)}`)
    })
  }

  /** A per-user run that is at work. */
  const startRun = async () => {
    const job = await withJob(store, { perUser: true, userIds: await withUsers(store, 3) })
    await store.runs.enqueueScheduled({
      jobId: job.id,
      expectedNextRunAt: now,
      nextRunAt: now + minute,
      occurrences: [{ kind: 'run', scheduledFor: now }],
      now,
    })
    const [claimed] = await store.runs.claim(lease('w1'), 10, now)
    const id = claimed?.run.id ?? ''
    await store.runs.writeAudience(id, 'w1', now)
    return { job, id }
  }

  it('a tick reads only what is due', async () => {
    const job = await withJob(store)
    expect(await scansOf(() => store.jobs.listDue(now, 100))).toEqual([])
    expect(await scansOf(() => store.jobs.earliestDue())).toEqual([])
    const occurrences = [{ kind: 'run' as const, scheduledFor: now }]
    const tick = { jobId: job.id, expectedNextRunAt: now, nextRunAt: now + minute, occurrences, now }
    expect(await scansOf(() => store.runs.enqueueScheduled(tick))).toEqual([])
  })

  it('claiming reads only what is open', async () => {
    await startRun()
    const later = now + minute
    const scans = [
      ...(await scansOf(() => store.runs.claim(lease('w2'), 4, now))),
      ...(await scansOf(() => store.deliveries.claim(lease('w2'), 100, now))),
      ...(await scansOf(() => store.deliveries.earliestRetry())),
      ...(await scansOf(() => store.deliveries.rescueExpired(later))),
      ...(await scansOf(() => store.runs.expire(later + 24 * 60 * minute))),
    ]
    expect(scans).toEqual([])
  })

  it('a step of a delivery reads only its own rows', async () => {
    await startRun()
    const [delivery] = (await store.deliveries.claim(lease('w1'), 1, now)) as [ClaimedDelivery]
    const held = { id: delivery.id, worker: 'w1' }
    const output = [{ kind: 'text' as const, text: 'Hello', entities: [] }]
    const steps = () =>
      store.deliveries.record(
        [
          { kind: 'acting', ...held },
          { kind: 'acted', output, ...held },
          { kind: 'sending', part: 0, ...held },
          { kind: 'part_sent', part: 0, messageId: 1, ...held },
          { kind: 'sent', ...held },
        ],
        now,
      )
    expect(await scansOf(steps)).toEqual([])
    const [next] = (await store.deliveries.claim(lease('w1'), 1, now)) as [ClaimedDelivery]
    const failure = { class: 'network', message: 'no answer' }
    const fails = () =>
      store.deliveries.record(
        [
          { kind: 'acting', id: next.id, worker: 'w1' },
          { kind: 'failed', id: next.id, worker: 'w1', failure },
        ],
        now,
      )
    expect(await scansOf(fails)).toEqual([])
  })

  it('a run is followed, cancelled and looked into by its own rows', async () => {
    const { job, id } = await startRun()
    const lines = [{ runId: id, userId: null, at: now, level: 'info' as const, message: 'x', fields: null }]
    const delivery = (await store.deliveries.list(id, {})).items[0]?.id ?? ''
    for (const work of [
      () => store.runs.get(id),
      () => store.runs.addLogs(lines),
      () => store.runs.listLogs(id, { level: 'warning' }),
      () => store.runs.listLogs(id, { deliveryId: delivery }),
      () => store.runs.reasons(id),
      () => store.runs.trace(id),
      () => store.deliveries.failedAttempts(delivery),
      () => store.deliveries.cancel(delivery, change),
      () => store.runs.cancel(id, change),
      () => store.runs.listNotices(10),
      () => store.jobs.getRow(job.id),
    ])
      expect(await scansOf(work)).toEqual([])
  })

  it('numbers over everything come from indexes', async () => {
    const { job, id } = await startRun()
    await store.runs.cancel(id, change)
    const stretch = { from: now - minute, to: now + minute }
    for (const work of [
      () => store.insights.totals([stretch]),
      () => store.insights.medianLag(stretch),
      () => store.insights.peopleReached(stretch),
      () => store.insights.pastHours(stretch, {}),
      () => store.insights.troubles(now - minute, 10),
      () => store.insights.failures(now - minute, 10),
      () => store.insights.open(10),
      () => store.insights.pausedRuns(10),
      () => store.insights.planned(now + minute, {}, 10),
      () => store.insights.recipientCounts([job.id]),
      () => store.insights.skipsOf([job.id]),
      () => store.insights.finishedAfter(now - minute, 10),
      () => store.webhooks.claim(lease('w1'), 10, now),
      () =>
        store.webhooks.enqueueFinished({
          since: now - minute,
          targets: [{ url: 'https://example.org', events: ['run.finished'] }],
          now,
        }),
      () => store.webhooks.prune(now, 10),
    ])
      expect(await scansOf(work)).toEqual([])
  })

  it('pruning goes through a job by its index', async () => {
    const { job, id } = await startRun()
    await store.runs.cancel(id, change)
    const at = now + minute
    const missed = [{ kind: 'missed' as const, from: at, to: at, count: 1 }]
    const tick = {
      jobId: job.id,
      expectedNextRunAt: at,
      nextRunAt: at + minute,
      occurrences: missed,
      now: at,
    }
    await store.runs.enqueueScheduled(tick)
    const old = { olderThan: at + minute, keepPerJob: 1, limit: 500, from: null }
    expect(await scansOf(() => store.runs.prune(old))).toEqual([])
    expect(await store.runs.get(id)).toBeNull()
  })
})
