import type { RunState } from '@kamihi/contracts'
import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import { runOrigins, waitingDeliveryStates } from '../../states.ts'
import type { Tx } from '../connection.ts'
import { endInDoubt } from '../deliveries/doubt.ts'
import { deliveries, runs } from '../schema.ts'
import type { RunRow } from './present.ts'
import { endOf, standingRowOf } from './standing.ts'

/** Ends a run, where its state allows that; false when it had ended or may not end so. */
export function finishRun(
  tx: Tx,
  id: string,
  state: RunState,
  now: number,
  fields: Partial<RunRow> = {},
): boolean {
  const set = { ...fields, ...told(state), state, finishedAt: now, leaseWorker: null, leaseUntil: null }
  return (
    tx
      .update(runs)
      .set(set)
      .where(and(eq(runs.id, id), inArray(runs.state, runOrigins(state))))
      .run().changes > 0
  )
}

const worthTelling: readonly RunState[] = ['failed', 'partial', 'expired']

/** Operators are told of an end that needs them; a dry run needs nobody. */
const told = (state: RunState) =>
  worthTelling.includes(state)
    ? { notice: sql<'due' | null>`case when ${runs.dryRun} = 0 then 'due' end` }
    : {}

/** Counts the run's deliveries anew: the truth from which every verb that moves many of them at once starts. */
export function recount(tx: Tx, id: string): void {
  const n = (states: string) =>
    sql`(select count(*) from ${deliveries} where ${deliveries.runId} = ${id} and ${deliveries.state} in (${sql.raw(states)}))`
  tx.update(runs)
    .set({
      total: sql`(select count(*) from ${deliveries} where ${deliveries.runId} = ${id})`,
      sent: n("'sent'"),
      noOutput: n("'no_output'"),
      failed: n("'failed'"),
      unreachable: n("'unreachable'"),
      cancelled: n("'cancelled'"),
      expired: n("'expired'"),
      uncertain: n("'uncertain'"),
      inProgress: n("'acting','sending'"),
    })
    .where(eq(runs.id, id))
    .run()
}

/** Closes a run when nothing of it is open; tells whether it did. */
export function closeIfDone(tx: Tx, id: string, now: number, row = standingRowOf(tx, id)): boolean {
  const end = row ? endOf(row) : null
  return end !== null && finishRun(tx, id, end, now)
}

/** No new recipients: what has not begun is cancelled, what is in the air ends by itself. */
export function cancelRun(tx: Tx, id: string, now: number): void {
  tx.update(runs)
    .set({ cancelRequestedAt: now })
    .where(and(eq(runs.id, id), isNull(runs.cancelRequestedAt)))
    .run()
  endDeliveries(tx, { runId: id }, 'cancelled', now)
  const row = standingRowOf(tx, id)
  if (!row) return
  if (row.audienceWrittenAt === null || row.total === 0) finishRun(tx, id, 'cancelled', now)
  else closeIfDone(tx, id, now)
}

/** Ends deliveries of a run that are not in somebody's hands, all or one of them; what may have arrived is uncertain. */
export function endDeliveries(
  tx: Tx,
  { runId, id }: { runId: string; id?: string },
  state: 'cancelled' | 'expired' | 'failed',
  now: number,
  error: RunRow['error'] = null,
): void {
  const ofRun = id === undefined ? eq(deliveries.runId, runId) : eq(deliveries.id, id)
  const waiting = and(ofRun, inArray(deliveries.state, [...waitingDeliveryStates]))
  endInDoubt(tx, waiting, now)
  tx.update(deliveries)
    .set({ state, finishedAt: now, error, nextAttemptAt: null, leaseWorker: null, leaseUntil: null })
    .where(waiting)
    .run()
  recount(tx, runId)
}
