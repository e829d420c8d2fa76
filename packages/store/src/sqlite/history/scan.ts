import type { DeliveryState } from '@kamihi/contracts'
import { and, asc, eq, gt, lte, type SQL, sql } from 'drizzle-orm'
import { type Db, read } from '../connection.ts'
import { deliveries } from '../schema.ts'

/** Deliveries that are read at a time, so that nothing waits long: a run may have a hundred thousand. */
const atOnce = 4000

/** Selects some of the deliveries. */
export type Chunk = SQL | undefined

const rowid = sql<number>`${deliveries}.rowid`

/** Goes through the deliveries of a run that are in some state, by their index, with pauses in which everything else goes on. */
export async function scanDeliveries<Row>(
  db: Db,
  runId: string,
  state: DeliveryState,
  look: (chunk: Chunk) => Row[],
  visit: (rows: Row[]) => void,
): Promise<void> {
  const inState = and(eq(deliveries.runId, runId), eq(deliveries.state, state))
  let from = 0
  for (;;) {
    const rest = and(inState, gt(rowid, from))
    const edge = await read(() =>
      db
        .select({ rowid })
        .from(deliveries)
        .where(rest)
        .orderBy(asc(rowid))
        .limit(1)
        .offset(atOnce - 1)
        .get(),
    )
    visit(await read(() => look(edge ? and(rest, lte(rowid, edge.rowid)) : rest)))
    if (!edge) return
    from = edge.rowid
    await new Promise<void>((resolve) => setImmediate(resolve))
  }
}
