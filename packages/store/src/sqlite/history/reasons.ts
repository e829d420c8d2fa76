import type { DeliveryState, RunCounts, RunReason, RunReasons } from '@kamihi/contracts'
import { sql } from 'drizzle-orm'
import { type Db, read } from '../connection.ts'
import { failureClass, failureMessage } from '../deliveries/list.ts'
import { getRun } from '../runs/present.ts'
import { deliveries } from '../schema.ts'
import { type Chunk, scanDeliveries } from './scan.ts'

/** States of recipients that a run did not reach, or has not reached yet, each with the counter of the run that holds it. */
const unreached = {
  failed: 'failed',
  unreachable: 'unreachable',
  uncertain: 'uncertain',
  expired: 'expired',
  cancelled: 'cancelled',
  retrying: 'pending',
} as const satisfies Partial<Record<DeliveryState, keyof RunCounts>>

const listed = 20
/** Different texts that are told apart; a text that names its recipient is different each time. */
const toldApart = 2000

/** Failures by state, class and message. */
export async function reasonsOf(db: Db, runId: string): Promise<RunReasons> {
  const tally = createReasons()
  const counts = (await read(() => getRun(db, runId)))?.counts
  for (const [state, counter] of Object.entries(unreached) as [keyof typeof unreached, keyof RunCounts][]) {
    if (!counts?.[counter]) continue
    const look = (chunk: Chunk) =>
      db
        .select({
          class: failureClass,
          message: failureMessage,
          count: sql<number>`count(*)`,
        })
        .from(deliveries)
        .where(chunk)
        .groupBy(sql`1`, sql`2`)
        .all()
    await scanDeliveries(db, runId, state, look, (rows) => {
      for (const row of rows) tally.add({ state, ...row })
    })
  }
  return tally.commonest()
}

function createReasons() {
  const known = new Map<string, RunReason>()
  let others = 0
  return {
    add(reason: RunReason): void {
      const key = JSON.stringify([reason.state, reason.class, reason.message])
      const same = known.get(key)
      if (same) same.count += reason.count
      else if (known.size < toldApart) known.set(key, reason)
      else others += reason.count
    },
    commonest(): RunReasons {
      const all = [...known.values()].sort((a, b) => b.count - a.count)
      const rest = all.slice(listed).reduce((sum, { count }) => sum + count, 0)
      return { items: all.slice(0, listed), others: others + rest }
    },
  }
}
