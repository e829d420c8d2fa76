import type { Delivery, Run } from '@kamihi/contracts'
import { and, eq, isNull } from 'drizzle-orm'
import { waitingDeliveryStates } from '../../states.ts'
import type { Change, Store } from '../../store.ts'
import { writeAudit } from '../auditLog.ts'
import type { Tx } from '../connection.ts'
import { closeIfDone, endDeliveries, finishRun } from '../runs/finish.ts'
import { getRun } from '../runs/present.ts'
import { isNobodyLeft, standingRowOf } from '../runs/standing.ts'
import { deliveries, runs } from '../schema.ts'
import { auditedDelivery } from './audited.ts'
import type { PresentDeliveries } from './list.ts'

type Cancelled = Awaited<ReturnType<Store['deliveries']['cancel']>>

/** Leaves one recipient out. A worker that has taken it but not begun finds its next step refused. */
export function cancelDelivery(tx: Tx, present: PresentDeliveries, id: string, change: Change): Cancelled {
  const row = rowOf(tx, id)
  if (!row) return { kind: 'not_found' }
  const { state, runId } = row
  if (!waitingDeliveryStates.some((waiting) => waiting === state)) return { kind: 'not_waiting', state }
  endDeliveries(tx, { runId, id }, 'cancelled', change.now)
  endRun(tx, runId, change.now)
  const ended = rowOf(tx, id) ?? row
  writeAudit(tx, change, 'delivery.cancelled', auditedDelivery(row), { state }, { state: ended.state })
  const [delivery] = present([ended])
  return { kind: 'cancelled', delivery: delivery as Delivery, run: getRun(tx, runId) as Run }
}

const rowOf = (tx: Tx, id: string) => tx.select().from(deliveries).where(eq(deliveries.id, id)).get()

/** Ends the run with the last of it. An action that is to run once for all has nobody to run for then, and is not begun. */
function endRun(tx: Tx, runId: string, now: number): void {
  const standing = standingRowOf(tx, runId)
  if (!standing || closeIfDone(tx, runId, now, standing) || !isNobodyLeft(standing)) return
  const notBegun = and(eq(runs.id, runId), isNull(runs.actionStartedAt))
  const waits = tx.select({ id: runs.id }).from(runs).where(notBegun).get()
  if (waits) finishRun(tx, runId, 'cancelled', now)
}
