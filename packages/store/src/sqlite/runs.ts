import type { Failure, OutgoingPart, Run, RunQuery } from '@kamihi/contracts'
import { and, count, eq, inArray, type SQL } from 'drizzle-orm'
import { isTerminalRun } from '../states.ts'
import type { Change, Store } from '../store.ts'
import { writeAudit } from './auditLog.ts'
import { type Db, read, type Tx, write } from './connection.ts'
import { contains, keyset, pageOf } from './listing.ts'
import { audienceOf, writeAudience } from './runs/audience.ts'
import { claimRuns, holds, overdue } from './runs/claim.ts'
import { enqueueManual, enqueueScheduled } from './runs/enqueue.ts'
import { cancelRun, closeIfDone, endDeliveries, finishRun, recount } from './runs/finish.ts'
import { getRun, presentRun, rowOf } from './runs/present.ts'
import { enqueueRetry } from './runs/retry.ts'
import { deliveries, jobs, runs } from './schema.ts'

/** Runs: one occurrence of a job, or one request, each with exactly one recorded end. */
export function createRuns(db: Db): Store['runs'] {
  const held = (id: string, worker: string) => and(eq(runs.id, id), holds(worker))
  return {
    enqueueScheduled: (input) => write(db, (tx) => enqueueScheduled(tx, input)),
    enqueueManual: (input, change) => write(db, (tx) => enqueueManual(tx, input, change)),
    enqueueRetry: (runId, change) => write(db, (tx) => enqueueRetry(tx, runId, change)),
    get: (id) => read(() => getRun(db, id)),
    list: (query) => read(() => list(db, query)),
    claim: (lease, limit, now) => write(db, (tx) => claimRuns(tx, lease, limit, now)),
    renew: (id, lease) =>
      write(
        db,
        (tx) =>
          tx.update(runs).set({ leaseUntil: lease.until }).where(held(id, lease.worker)).run().changes > 0,
      ),
    writeAudience: (id, worker, now) => write(db, (tx) => writeAudience(tx, id, worker, now)),
    audience: (id) => read(() => audienceOf(db, id)),
    actionStarted: (id, worker, now) =>
      write(
        db,
        (tx) => tx.update(runs).set({ actionStartedAt: now }).where(held(id, worker)).run().changes > 0,
      ),
    actionReturned: (id, worker, output, now) =>
      write(db, (tx) => actionReturned(tx, id, worker, output, now)),
    fail: (id, worker, failure, now) => write(db, (tx) => fail(tx, id, worker, failure, now)),
    close: (id, now) =>
      write(db, (tx) => {
        closeIfDone(tx, id, now)
        return getRun(tx, id)
      }),
    cancel: (id, change) => write(db, (tx) => cancel(tx, id, change)),
    pause: (id, by, now) => write(db, (tx) => pause(tx, id, by, now)),
    resume: (id, change) => write(db, (tx) => resume(tx, id, change)),
    expire: (now) => write(db, (tx) => expire(tx, now)),
    listOpen: () =>
      read(() =>
        select(db, inArray(runs.state, ['queued', 'running', 'paused'])).map(({ run, jobName }) =>
          presentRun(run, jobName),
        ),
      ),
  }
}

const select = (db: Db | Tx, where: SQL | undefined) =>
  db
    .select({ run: runs, jobName: jobs.name })
    .from(runs)
    .innerJoin(jobs, eq(jobs.id, runs.jobId))
    .where(where)
    .all()

function actionReturned(tx: Tx, id: string, worker: string, output: OutgoingPart[], now: number): Run | null {
  const set = { output, leaseWorker: null, leaseUntil: null }
  if (
    tx
      .update(runs)
      .set(set)
      .where(and(eq(runs.id, id), holds(worker)))
      .run().changes === 0
  )
    return null
  const pending = and(eq(deliveries.runId, id), eq(deliveries.state, 'pending'))
  // A dry run sends nothing: what each would get is kept with the run.
  const nothing = output.length === 0 || rowOf(tx, id)?.dryRun
  if (nothing)
    tx.update(deliveries).set({ state: 'no_output', startedAt: now, finishedAt: now }).where(pending).run()
  else tx.update(deliveries).set({ state: 'acted', hasOutput: true, startedAt: now }).where(pending).run()
  recount(tx, id)
  closeIfDone(tx, id, now)
  return getRun(tx, id)
}

function fail(tx: Tx, id: string, worker: string, error: Failure, now: number): Run | null {
  if (
    tx
      .update(runs)
      .set({ error })
      .where(and(eq(runs.id, id), holds(worker)))
      .run().changes === 0
  )
    return null
  endDeliveries(tx, id, 'failed', now, error)
  finishRun(tx, id, 'failed', now, { error })
  return getRun(tx, id)
}

function cancel(tx: Tx, id: string, change: Change): Awaited<ReturnType<Store['runs']['cancel']>> {
  const row = rowOf(tx, id)
  if (!row) return { kind: 'not_found' }
  if (isTerminalRun(row.state)) return { kind: 'finished', run: getRun(tx, id) as Run }
  cancelRun(tx, id, change.now)
  writeAudit(tx, change, 'run.cancelled', { kind: 'run', id, label: row.action })
  return { kind: 'cancelled', run: getRun(tx, id) as Run }
}

function pause(tx: Tx, id: string, by: string, _now: number): Run | null {
  tx.update(runs)
    .set({ state: 'paused', pausedBy: by })
    .where(and(eq(runs.id, id), eq(runs.state, 'running')))
    .run()
  takeBack(tx, id)
  return getRun(tx, id)
}

/** What was claimed and not begun is nobody's again, so that nothing of a paused run begins. */
function takeBack(tx: Tx, runId: string): void {
  tx.update(deliveries)
    .set({ leaseWorker: null, leaseUntil: null })
    .where(and(eq(deliveries.runId, runId), inArray(deliveries.state, ['pending', 'acted', 'retrying'])))
    .run()
}

function resume(tx: Tx, id: string, change: Change): Awaited<ReturnType<Store['runs']['resume']>> {
  const row = rowOf(tx, id)
  if (!row) return { kind: 'not_found' }
  const resumed = tx
    .update(runs)
    .set({ state: 'running', pausedBy: null })
    .where(and(eq(runs.id, id), eq(runs.state, 'paused')))
    .run().changes
  if (resumed === 0) return { kind: 'not_paused' }
  writeAudit(tx, change, 'run.resumed', { kind: 'run', id, label: row.action })
  closeIfDone(tx, id, change.now)
  return { kind: 'resumed', run: getRun(tx, id) as Run }
}

function expire(tx: Tx, now: number): Run[] {
  const ids = tx
    .select({ id: runs.id })
    .from(runs)
    .where(overdue(now))
    .all()
    .map((row) => row.id)
  for (const id of ids) {
    endDeliveries(tx, id, 'expired', now)
    finishRun(tx, id, 'expired', now)
  }
  return ids.map((id) => getRun(tx, id) as Run)
}

function list(db: Db, query: RunQuery) {
  const where = and(
    query.jobId ? eq(runs.jobId, query.jobId) : undefined,
    query.state ? eq(runs.state, query.state) : undefined,
    query.trigger ? eq(runs.trigger, query.trigger) : undefined,
    query.q ? contains(runs.action, query.q) : undefined,
  )
  const columns = { createdAt: runs.createdAt, scheduledFor: runs.scheduledFor, startedAt: runs.startedAt }
  const { limit, orderBy, after, sortKey } = keyset(query, {
    columns,
    default: 'createdAt',
    defaultOrder: 'desc',
    id: runs.id,
  })
  const from = db
    .select({ id: runs.id, sortKey, run: runs, jobName: jobs.name })
    .from(runs)
    .innerJoin(jobs, eq(jobs.id, runs.jobId))
  const rows = from
    .where(and(where, after))
    .orderBy(...orderBy)
    .limit(limit + 1)
    .all()
  const total = db.select({ n: count() }).from(runs).where(where).get()?.n ?? 0
  return pageOf(rows, limit, total, ({ run, jobName }) => presentRun(run, jobName))
}
