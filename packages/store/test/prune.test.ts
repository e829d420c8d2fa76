import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RunState, SkipReason } from '@kamihi/contracts'
import Database from 'better-sqlite3'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { type JobRecord, openStore, type PruneCursor, type PruneInput, type Store } from '../src/index.ts'
import { now, withActions, withJob } from './fixtures.ts'

const day = 24 * 3_600_000
const oldest = now - 90 * day

describe('pruning', () => {
  let store: Store
  let raw: Database.Database
  let job: JobRecord
  beforeEach(async () => {
    // Without the guards of other tests: rows are written here that no verb writes.
    const path = join(mkdtempSync(join(tmpdir(), 'kamihi-prune-')), 'kamihi.db')
    store = await openStore({ url: `sqlite:///${path}` })
    raw = new Database(path)
    await withActions(store, 'report')
    job = await withJob(store)
    onTestFinished(async () => {
      raw.close()
      await store.close()
    })
  })

  interface Made {
    at: number
    state?: RunState
    reason?: SkipReason
    jobId?: string
    retryOf?: string
    deliveries?: number
    parts?: number
    logs?: number
  }
  let made = 0
  /** Writes a run with all that belongs to it, as it would be after its end. */
  const runAt = ({
    at,
    state = 'completed',
    jobId = job.id,
    deliveries = 0,
    parts = 1,
    logs = 0,
    ...more
  }: Made) => {
    made += 1
    const id = `run-${String(made).padStart(6, '0')}`
    const finishedAt = state === 'running' ? null : at + 1000
    raw
      .prepare(
        `insert into runs (id, job_id, trigger, scheduled_for, idempotency_key, state, reason, retry_of, settings, action, args, per_user, created_at, finished_at, deadline_at)
        values (?, ?, 'schedule', ?, ?, ?, ?, ?, '{}', 'report', '{}', 1, ?, ?, ?)`,
      )
      .run(id, jobId, at, id, state, more.reason ?? null, more.retryOf ?? null, at, finishedAt, at)
    const numbers = `with recursive n(n) as (select 1 union all select n + 1 from n where n < ?)`
    raw
      .prepare(
        `insert into deliveries (id, run_id, user_id, telegram_id, chat_id, state, finished_at) ${numbers}
        select ? || '-' || printf('%07d', n), ?, printf('user-%07d', n), n, n, 'sent', ? from n where ? > 0`,
      )
      .run(deliveries, id, id, finishedAt, deliveries)
    raw
      .prepare(
        `insert into parts (delivery_id, idx, state) ${numbers}
        select deliveries.id, n, 'sent' from n join deliveries on run_id = ?`,
      )
      .run(parts, id)
    raw
      .prepare(
        `insert into run_logs (run_id, at, level, message) ${numbers} select ?, 0, 'info', 'x' from n where ? > 0`,
      )
      .run(logs, id, logs)
    return id
  }
  const count = (table: string) =>
    (raw.prepare(`select count(*) as n from ${table}`).get() as { n: number }).n
  const rows = () => ['runs', 'deliveries', 'parts', 'run_logs'].map(count)
  const ids = () =>
    (raw.prepare('select id from runs order by id').all() as { id: string }[]).map(({ id }) => id)

  /** Sweeps to the end and gives how many rows each call removed. */
  const sweep = async (more: Partial<PruneInput> = {}): Promise<number[]> => {
    const removed: number[] = []
    let from: PruneCursor | null = null
    do {
      const step: Awaited<ReturnType<Store['runs']['prune']>> = await store.runs.prune({
        olderThan: oldest,
        keepPerJob: 200,
        limit: 500,
        from,
        ...more,
      })
      removed.push(step.rows)
      from = step.next
    } while (from)
    return removed
  }

  it('removes what is older than the limit, and all that belongs to it', async () => {
    runAt({ at: oldest - 2 * day, deliveries: 3, parts: 2, logs: 4 })
    runAt({ at: oldest - day, state: 'failed', deliveries: 1 })
    const young = runAt({ at: oldest + day, deliveries: 1 })
    await sweep()
    expect(ids()).toEqual([young])
    expect(rows()).toEqual([1, 1, 1, 0])
  })

  it('keeps the newest runs of each job, and of the older ones those that failed or were missed', async () => {
    const other = await withJob(store)
    const states: [RunState, SkipReason?][] = [
      ['completed'],
      ['failed'],
      ['partial'],
      ['expired'],
      ['skipped', 'missed'],
      ['skipped', 'overlap'],
      ['cancelled'],
      ['completed'],
      ['completed'],
    ]
    states.forEach(([state, reason], n) => {
      runAt({ at: now - (20 - n) * 60_000, state, ...(reason ? { reason } : {}) })
    })
    const untouched = runAt({ at: now - 60_000, jobId: other.id })
    await sweep({ keepPerJob: 2 })
    const kept = raw
      .prepare('select state, reason from runs where job_id = ? order by scheduled_for')
      .all(job.id)
    expect(kept).toEqual([
      { state: 'failed', reason: null },
      { state: 'partial', reason: null },
      { state: 'expired', reason: null },
      { state: 'skipped', reason: 'missed' },
      { state: 'completed', reason: null },
      { state: 'completed', reason: null },
    ])
    expect(ids()).toContain(untouched)
  })

  it('keeps the last run of a job however old it is, so that its last outcome is known', async () => {
    runAt({ at: oldest - 400 * day })
    const last = runAt({ at: oldest - 300 * day })
    await sweep()
    expect(ids()).toEqual([last])
  })

  it('keeps open runs, and one that an open run sends again', async () => {
    const retried = runAt({ at: oldest - 3 * day, state: 'failed', deliveries: 2 })
    const open = runAt({ at: oldest - 2 * day, state: 'running', retryOf: retried })
    runAt({ at: oldest - day })
    const last = runAt({ at: now })
    await sweep()
    expect(ids()).toEqual([retried, open, last])
    raw.prepare("update runs set state = 'completed', finished_at = ? where id = ?").run(oldest - day, open)
    await sweep()
    expect(ids()).toEqual([last])
  })

  it('touches no more rows in one transaction than it may, however large a run is', async () => {
    runAt({ at: oldest - day, deliveries: 700, parts: 3, logs: 900 })
    for (let n = 1; n <= 100; n += 1) runAt({ at: oldest - day + n, deliveries: 2 })
    runAt({ at: now })
    const before = rows().reduce((sum, n) => sum + n, 0)
    const removed = await sweep({ limit: 500 })
    expect(Math.max(...removed)).toBeLessThanOrEqual(500)
    expect(removed.reduce((sum, n) => sum + n, 0)).toBe(before - 1)
    expect(rows()).toEqual([1, 0, 0, 0])
  })

  it('knows of every row that goes', async () => {
    runAt({ at: oldest - day, deliveries: 40, parts: 3, logs: 90 })
    runAt({ at: now })
    // Triggers see what goes by a cascade too.
    raw.exec(
      `create table touched (n integer); insert into touched values (0);
      create trigger d after delete on deliveries begin update touched set n = n + 1; end;
      create trigger p after delete on parts begin update touched set n = n + 1; end;
      create trigger l after delete on run_logs begin update touched set n = n + 1; end;
      create trigger r after delete on runs begin update touched set n = n + 1; end;`,
    )
    let from: PruneCursor | null = null
    let counted = 0
    do {
      const step: Awaited<ReturnType<Store['runs']['prune']>> = await store.runs.prune({
        olderThan: oldest,
        keepPerJob: 200,
        limit: 50,
        from,
      })
      const { n } = raw.prepare('select n from touched').get() as { n: number }
      expect(n - counted).toBe(step.rows)
      expect(step.rows).toBeLessThanOrEqual(50)
      counted = n
      from = step.next
    } while (from)
    expect(counted).toBe(40 + 120 + 90 + 1)
  })

  it('goes on where it stopped: the rest of a run that was half removed goes with the next sweep', async () => {
    runAt({ at: oldest - day, deliveries: 30 })
    const last = runAt({ at: now })
    const first = await store.runs.prune({ olderThan: oldest, keepPerJob: 200, limit: 20, from: null })
    expect([first.rows, ids().length]).toEqual([20, 2])
    await sweep()
    expect(ids()).toEqual([last])
  })

  it('never lets an occurrence run again: that rests on the cursor of the job', async () => {
    const tick = (at: number) =>
      store.runs.enqueueScheduled({
        jobId: job.id,
        expectedNextRunAt: at,
        nextRunAt: at + 60_000,
        occurrences: [{ kind: 'missed', from: at, to: at, count: 1 }],
        now: at,
      })
    expect(await tick(now)).toMatchObject({ kind: 'enqueued', runs: [{ state: 'skipped' }] })
    expect(await tick(now + 60_000)).toMatchObject({ kind: 'enqueued' })
    await sweep({ olderThan: now + day })
    expect(count('runs')).toBe(1)
    expect(await tick(now)).toEqual({ kind: 'lost' })
    expect((await store.jobs.get(job.id))?.nextRunAt).toBe(now + 120_000)
  })

  it('looks at some jobs at a time, and at each of them once', async () => {
    for (let n = 0; n < 101; n += 1) {
      const { id } = await withJob(store)
      runAt({ at: oldest - day, jobId: id })
      runAt({ at: now, jobId: id })
    }
    const removed = await sweep()
    expect(removed.reduce((sum, n) => sum + n, 0)).toBe(101)
    expect(removed.length).toBe(3)
    expect(await sweep()).toEqual([0, 0, 0])
  })
})
