import type { Run } from '@kamihi/contracts'
import { and, eq, inArray, isNull } from 'drizzle-orm'
import { runOrigins, waitingDeliveryStates } from '../../states.ts'
import type { Change, Store } from '../../store.ts'
import { writeAudit } from '../auditLog.ts'
import type { Tx } from '../connection.ts'
import { deliveries, runs } from '../schema.ts'
import { closeIfDone } from './finish.ts'
import { getRun, rowOf } from './present.ts'

/** Begins no new recipient until somebody resumes the run; those in the air end by themselves. */
export function pauseRun(tx: Tx, id: string, { reason }: { reason: string | null }, change: Change) {
  const row = rowOf(tx, id)
  if (!row) return { kind: 'not_found' } as const
  const set = { state: 'paused', pausedBy: change.actor.name, pauseReason: reason } as const
  const paused = tx.update(runs).set(set).where(mayPause(id)).run().changes
  if (paused === 0) return { kind: 'not_running', run: getRun(tx, id) as Run } as const
  takeBack(tx, id)
  writeAudit(tx, change, 'run.paused', { kind: 'run', id, label: row.action }, {}, { reason })
  return { kind: 'paused', run: getRun(tx, id) as Run } as const
}

/** A run that was cancelled ends as soon as what is in the air has: to take that back would leave it to nobody. */
export const mayPause = (id: string) =>
  and(eq(runs.id, id), inArray(runs.state, runOrigins('paused')), isNull(runs.cancelRequestedAt))

/** What was claimed and not begun is nobody's again, so that nothing of a paused run begins. */
export function takeBack(tx: Tx, runId: string): void {
  tx.update(deliveries)
    .set({ leaseWorker: null, leaseUntil: null })
    .where(and(eq(deliveries.runId, runId), inArray(deliveries.state, [...waitingDeliveryStates])))
    .run()
}

/** Goes on; a run that the circuit breaker paused is on trial once more. */
export function resumeRun(tx: Tx, id: string, change: Change): Awaited<ReturnType<Store['runs']['resume']>> {
  const row = rowOf(tx, id)
  if (!row) return { kind: 'not_found' }
  const trial = row.trial?.kind === 'passed' ? row.trial : null
  const resumed = tx
    .update(runs)
    .set({ state: 'running', pausedBy: null, pauseReason: null, trial })
    .where(and(eq(runs.id, id), eq(runs.state, 'paused')))
    .run().changes
  if (resumed === 0) return { kind: 'not_paused' }
  writeAudit(tx, change, 'run.resumed', { kind: 'run', id, label: row.action })
  closeIfDone(tx, id, change.now)
  return { kind: 'resumed', run: getRun(tx, id) as Run }
}
