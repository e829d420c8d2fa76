import { and, eq, inArray, min } from 'drizzle-orm'
import type { Faults } from '../faults.ts'
import type { StepResult, Store } from '../store.ts'
import { type Db, read, write } from './connection.ts'
import { cancelDelivery } from './deliveries/cancel.ts'
import { prepareClaim } from './deliveries/claim.ts'
import { failedAttemptsOf } from './deliveries/failedAttempts.ts'
import { listDeliveries, preparePresentDeliveries } from './deliveries/list.ts'
import { prepareDeliveriesOf } from './deliveries/ofUser.ts'
import { type Asked, recordSteps } from './deliveries/record.ts'
import { rescueExpired } from './deliveries/rescue.ts'
import { resolveDelivery } from './deliveries/resolve.ts'
import { prepareSteps } from './deliveries/statements.ts'
import { groupCommit } from './groupCommit.ts'
import { retryDelivery } from './runs/retry.ts'
import { deliveries } from './schema.ts'

/** Deliveries: one recipient of one run each, the unit of retry. */
export function createDeliveries(db: Db, faults: Faults): Store['deliveries'] {
  const statements = prepareSteps(db)
  const claim = prepareClaim(db)
  const present = preparePresentDeliveries(db)
  const deliveriesOf = prepareDeliveriesOf(db, present)
  const record = groupCommit<Asked, StepResult[]>((batch) =>
    write(db, (tx) => {
      const results = recordSteps(tx, statements, batch)
      faults.at('delivery.steps.before-commit')
      return results
    }),
  )
  return {
    claim: (lease, limit, now) => write(db, () => claim(lease, limit, now)),
    renew: (ids, lease) =>
      write(db, (tx) => {
        const mine = and(inArray(deliveries.id, ids), eq(deliveries.leaseWorker, lease.worker))
        tx.update(deliveries).set({ leaseUntil: lease.until }).where(mine).run()
      }),
    record: (steps, now) => record({ steps, now }),
    list: (runId, query) => read(() => listDeliveries(db, present, runId, query)),
    listOfUser: (userId, query) => read(() => deliveriesOf(userId, query)),
    get: (id) =>
      read(() => present(db.select().from(deliveries).where(eq(deliveries.id, id)).all())[0] ?? null),
    retry: (id, change) => write(db, (tx) => retryDelivery(tx, id, change)),
    failedAttempts: (id) =>
      read(() => {
        const known = db.select({ id: deliveries.id }).from(deliveries).where(eq(deliveries.id, id)).get()
        return known ? failedAttemptsOf(db, id) : null
      }),
    cancel: (id, change) => write(db, (tx) => cancelDelivery(tx, present, id, change)),
    resolve: (id, change) => write(db, (tx) => resolveDelivery(tx, present, id, change)),
    earliestRetry: () =>
      read(
        () =>
          db
            .select({ at: min(deliveries.nextAttemptAt) })
            .from(deliveries)
            .where(eq(deliveries.state, 'retrying'))
            .get()?.at ?? null,
      ),
    rescueExpired: (now) => write(db, (tx) => rescueExpired(tx, statements, now)),
  }
}
