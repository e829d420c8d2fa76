import { failureMessages } from '@kamihi/contracts'
import { and, eq, exists, type SQL, sql } from 'drizzle-orm'
import type { Tx } from '../connection.ts'
import { deliveries, parts } from '../schema.ts'

/** What is said of a message that was in the air when its process ended, or of which nothing else was said. */
export const cutOff = { class: 'ambiguous', message: failureMessages.ended_sending }

/** The part that comes next was in the air once before, and nobody knows whether it arrived. */
const isInDoubt: SQL = and(
  eq(deliveries.possiblyDuplicated, true),
  exists(
    sql`(select 1 from ${parts} where ${parts.deliveryId} = ${deliveries.id} and ${parts.idx} = ${deliveries.nextPart} and ${parts.possiblyDuplicated} = 1)`,
  ),
) as SQL

/** Ends those of some waiting deliveries that may have arrived: to say that they were left out would be to say that they did not. */
export function endInDoubt(tx: Tx, which: SQL | undefined, now: number): void {
  const those = and(which, isInDoubt)
  tx.update(parts)
    .set({ state: 'uncertain' })
    .where(
      sql`(${parts.deliveryId}, ${parts.idx}) in (select id, next_part from ${deliveries} where ${those})`,
    )
    .run()
  tx.update(deliveries)
    .set({
      state: 'uncertain',
      error: sql`coalesce(${deliveries.error}, ${JSON.stringify(cutOff)})`,
      finishedAt: now,
      nextAttemptAt: null,
      leaseWorker: null,
      leaseUntil: null,
    })
    .where(those)
    .run()
}
