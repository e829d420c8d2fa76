import type { Failure, OutgoingPart } from '@kamihi/contracts'
import { and, eq, sql } from 'drizzle-orm'
import type { RunStanding } from '../../store.ts'
import type { Db, Tx } from '../connection.ts'
import { given } from '../given.ts'
import { deliveries, runs } from '../schema.ts'
import { holds, mayBegin } from './claim.ts'
import { closeIfDone, endDeliveries, finishRun, recount } from './finish.ts'
import { prepareStandingRow, presentStanding, type StandingRow } from './standing.ts'

/** What a worker stores of an action that runs once for all. Each runs inside of a transaction. */
export interface OnceForAll {
  /** False when the run is not the worker's any more. */
  started(id: string, worker: string, now: number): boolean
  returned(tx: Tx, id: string, worker: string, output: OutgoingPart[], now: number): RunStanding | null
  failed(tx: Tx, id: string, worker: string, failure: Failure, now: number): RunStanding | null
}

export function prepareOnceForAll(db: Db): OnceForAll {
  const statements = prepare(db)
  const rows = prepareStandingRow(db)
  const standingOf = (id: string) => rows.get({ id }) as StandingRow
  const presented = (id: string) => presentStanding(standingOf(id))
  return {
    started: (id, worker, now) => statements.start.run({ id, worker, now }).changes > 0,
    returned(tx, id, worker, output, now) {
      const kept = statements.keep.get({ id, worker, output: JSON.stringify(output) })
      if (!kept) return null
      // A dry run sends nothing: what each would get is kept with the run. Otherwise it becomes that of each as they are claimed.
      if (output.length === 0 || kept.dryRun) endAll(tx, id, now)
      const standing = standingOf(id)
      return closeIfDone(tx, id, now, standing) ? presented(id) : presentStanding(standing)
    },
    failed(tx, id, worker, error, now) {
      if (statements.fail.run({ id, worker, error: JSON.stringify(error) }).changes === 0) return null
      endDeliveries(tx, { runId: id }, 'failed', now, error)
      finishRun(tx, id, 'failed', now, { error })
      return presented(id)
    },
  }
}

function endAll(tx: Tx, id: string, now: number): void {
  const pending = and(eq(deliveries.runId, id), eq(deliveries.state, 'pending'))
  const ended = { state: 'no_output' as const, startedAt: now, finishedAt: now }
  if (tx.update(deliveries).set(ended).where(pending).run().changes > 0) recount(tx, id)
}

function prepare(db: Db) {
  const byId = eq(runs.id, sql.placeholder('id'))
  const worker = sql.placeholder('worker')
  return {
    start: db
      .update(runs)
      .set({ actionStartedAt: given('now') })
      .where(and(byId, mayBegin(worker)))
      .prepare(),
    keep: db
      .update(runs)
      .set({ output: given('output'), leaseWorker: null, leaseUntil: null })
      .where(and(byId, holds(worker)))
      .returning({ dryRun: runs.dryRun })
      .prepare(),
    fail: db
      .update(runs)
      .set({ error: given('error') })
      .where(and(byId, holds(worker)))
      .prepare(),
  }
}
