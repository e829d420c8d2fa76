import type { Delivery, Run } from '@kamihi/contracts'
import { and, eq, sql } from 'drizzle-orm'
import { outcomeOf, runCorrections } from '../../states.ts'
import type { Change, Store } from '../../store.ts'
import { writeAudit } from '../auditLog.ts'
import type { Tx } from '../connection.ts'
import { getRun } from '../runs/present.ts'
import { type StandingRow, standingRowOf } from '../runs/standing.ts'
import { deliveries, parts, runs } from '../schema.ts'
import { auditedDelivery } from './audited.ts'
import type { PresentDeliveries } from './list.ts'

type Resolved = Awaited<ReturnType<Store['deliveries']['resolve']>>

/** Somebody says that a delivery in doubt has arrived; its run counts it so, and ends as its deliveries now say. */
export function resolveDelivery(tx: Tx, present: PresentDeliveries, id: string, change: Change): Resolved {
  const row = tx.select().from(deliveries).where(eq(deliveries.id, id)).get()
  if (!row) return { kind: 'not_found' }
  if (row.state !== 'uncertain') return { kind: 'not_uncertain', state: row.state }
  const arrived = { state: 'sent', error: null, resolvedBy: change.actor.name } as const
  tx.update(deliveries).set(arrived).where(eq(deliveries.id, id)).run()
  tx.update(parts)
    .set({ state: 'sent' })
    .where(and(eq(parts.deliveryId, id), eq(parts.state, 'uncertain')))
    .run()
  countAsSent(tx, row.runId)
  writeAudit(tx, change, 'delivery.resolved', auditedDelivery(row), { state: row.state }, { state: 'sent' })
  const [delivery] = present([{ ...row, ...arrived }])
  return { kind: 'resolved', delivery: delivery as Delivery, run: getRun(tx, row.runId) as Run }
}

function countAsSent(tx: Tx, runId: string): void {
  const ofRun = eq(runs.id, runId)
  tx.update(runs)
    .set({ sent: sql`${runs.sent} + 1`, uncertain: sql`${runs.uncertain} - 1` })
    .where(ofRun)
    .run()
  const corrected = correctedEnd(standingRowOf(tx, runId) as StandingRow)
  if (corrected === null) return
  // What nobody has been told of yet was no failure.
  const notice = corrected === 'completed' ? { notice: sql`nullif(${runs.notice}, 'due')` } : {}
  tx.update(runs)
    .set({ state: corrected, ...notice })
    .where(ofRun)
    .run()
}

/** Null where the run ends as before; one that was cancelled, or whose time had run out, did so whatever arrived. */
function correctedEnd(row: StandingRow): StandingRow['state'] | null {
  const end = outcomeOf(row, row.cancelRequestedAt !== null)
  return runCorrections[row.state]?.includes(end) ? end : null
}
