import type { Delivery, Run } from '@kamihi/contracts'
import { eq } from 'drizzle-orm'
import { waitingDeliveryStates } from '../../states.ts'
import type { Change, Store } from '../../store.ts'
import { writeAudit } from '../auditLog.ts'
import type { Tx } from '../connection.ts'
import { getRun } from '../runs/present.ts'
import { deliveries } from '../schema.ts'
import type { PresentDeliveries } from './list.ts'
import { settle } from './record.ts'
import { move, type Stepping } from './steps.ts'

type Cancelled = Awaited<ReturnType<Store['deliveries']['cancel']>>

/** Leaves one recipient out. A worker that has taken it but not begun finds its next step refused. */
export function cancelDelivery(
  stepping: Stepping,
  present: PresentDeliveries,
  id: string,
  change: Change,
): Cancelled {
  const { tx, now } = stepping
  const row = rowOf(tx, id)
  if (!row) return { kind: 'not_found' }
  const { state } = row
  if (!waitingDeliveryStates.some((waiting) => waiting === state)) return { kind: 'not_waiting', state }
  const free = { leaseWorker: null, leaseUntil: null, nextAttemptAt: null }
  move(stepping, row, 'cancelled', { ...free, finishedAt: now })
  settle(stepping)
  const object = { kind: 'delivery', id, label: row.userName ?? String(row.telegramId) }
  writeAudit(tx, change, 'delivery.cancelled', object, { state }, { state: 'cancelled' })
  const [delivery] = present([rowOf(tx, id) ?? row])
  return { kind: 'cancelled', delivery: delivery as Delivery, run: getRun(tx, row.runId) as Run }
}

const rowOf = (tx: Tx, id: string) => tx.select().from(deliveries).where(eq(deliveries.id, id)).get()
