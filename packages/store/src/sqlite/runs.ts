import type { Run } from '@kamihi/contracts'
import { and, eq, inArray, type SQL } from 'drizzle-orm'
import type { Faults } from '../faults.ts'
import type { ScheduledEnqueue, ScheduledOutcome } from '../scheduling.ts'
import { isTerminalRun } from '../states.ts'
import type { Change, Store } from '../store.ts'
import { writeAudit } from './auditLog.ts'
import { type Db, read, type Tx, write } from './connection.ts'
import { createRunHistory } from './history.ts'
import { idsWhere } from './listPage.ts'
import { listRuns, prepareWithJobNames, runsWhere } from './lists/runs.ts'
import { prepareAudience, prepareAudienceOf } from './runs/audience.ts'
import { holds, overdue, prepareRunClaim } from './runs/claim.ts'
import { prepareEnqueue } from './runs/enqueue.ts'
import { cancelRun, endDeliveries, finishRun } from './runs/finish.ts'
import { enqueueManual } from './runs/manual.ts'
import { prepareOnceForAll } from './runs/onceForAll.ts'
import { pauseRun, resumeRun } from './runs/pause.ts'
import { getRun, prepareGetRun, presentRun, rowOf } from './runs/present.ts'
import { enqueueRetry } from './runs/retry.ts'
import { listScheduled } from './runs/scheduled.ts'
import { jobs, runs } from './schema.ts'
import { writeTogether } from './writeTogether.ts'

/** Runs: one occurrence of a job, or one request, each with exactly one recorded end. */
export function createRuns(db: Db, faults: Faults): Store['runs'] {
  // What runs beside each other write about themselves.
  const together = writeTogether(db)
  const claim = prepareRunClaim(db)
  const writeAudience = prepareAudience(db)
  const audienceOf = prepareAudienceOf(db)
  const onceForAll = prepareOnceForAll(db)
  const enqueue = prepareEnqueue(db)
  const get = prepareGetRun(db)
  const present = prepareWithJobNames(db)
  const enqueueScheduled = (tx: Tx, inputs: ScheduledEnqueue[]) => {
    const outcomes = enqueue(tx, inputs)
    faults.at('run.enqueue.before-commit')
    return outcomes
  }
  const held = (id: string, worker: string) => and(eq(runs.id, id), holds(worker))
  return {
    ...createRunHistory(db),
    enqueueScheduled: (input) => write(db, (tx) => enqueueScheduled(tx, [input])[0] as ScheduledOutcome),
    enqueueScheduledMany: (inputs) => write(db, (tx) => enqueueScheduled(tx, inputs)),
    listScheduled: (jobId, from, to, limit) => read(() => listScheduled(db, jobId, from, to, limit)),
    enqueueManual: (input, change) => write(db, (tx) => enqueueManual(tx, input, change)),
    enqueueRetry: (runId, change, only) => write(db, (tx) => enqueueRetry(tx, runId, change, only)),
    get: (id) => read(() => get(id)),
    list: (query) => read(() => listRuns(db, query, present)),
    matching: (query, limit) => read(() => idsWhere(db, runs, runs.id, { where: runsWhere(query), limit })),
    claim: (lease, limit, now) => write(db, () => claim(lease, limit, now)),
    renew: (id, lease) =>
      write(
        db,
        (tx) =>
          tx.update(runs).set({ leaseUntil: lease.until }).where(held(id, lease.worker)).run().changes > 0,
      ),
    writeAudience: (id, worker, now) =>
      together((tx) => {
        const run = writeAudience(tx, id, worker, now)
        faults.at('run.audience.before-commit')
        return run
      }),
    audience: (id) => read(() => audienceOf(id)),
    actionStarted: (id, worker, now) => together(() => onceForAll.started(id, worker, now)),
    actionReturned: (id, worker, output, now) =>
      together((tx) => onceForAll.returned(tx, id, worker, output, now)),
    fail: (id, worker, failure, now) => together((tx) => onceForAll.failed(tx, id, worker, failure, now)),
    cancel: (id, change) => write(db, (tx) => cancel(tx, id, change)),
    pause: (id, input, change) => write(db, (tx) => pauseRun(tx, id, input, change)),
    resume: (id, change) => write(db, (tx) => resumeRun(tx, id, change)),
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

function cancel(tx: Tx, id: string, change: Change): Awaited<ReturnType<Store['runs']['cancel']>> {
  const row = rowOf(tx, id)
  if (!row) return { kind: 'not_found' }
  if (isTerminalRun(row.state)) return { kind: 'finished', run: getRun(tx, id) as Run }
  cancelRun(tx, id, change.now)
  writeAudit(tx, change, 'run.cancelled', { kind: 'run', id, label: row.action })
  return { kind: 'cancelled', run: getRun(tx, id) as Run }
}

function expire(tx: Tx, now: number): Run[] {
  const ids = tx
    .select({ id: runs.id })
    .from(runs)
    .where(overdue(now))
    .all()
    .map((row) => row.id)
  for (const id of ids) {
    endDeliveries(tx, { runId: id }, 'expired', now)
    finishRun(tx, id, 'expired', now)
  }
  return ids.map((id) => getRun(tx, id) as Run)
}
