import { and, asc, eq, inArray, isNull, lte, or, sql } from 'drizzle-orm'
import type { ClaimedDelivery, Lease } from '../../store.ts'
import type { Tx } from '../connection.ts'
import { deliveries, runs } from '../schema.ts'

/** Takes deliveries of running runs that nobody works on: oldest run first, in the order of people. */
export function claimDeliveries(tx: Tx, lease: Lease, limit: number, now: number): ClaimedDelivery[] {
  const due = or(
    inArray(deliveries.state, ['pending', 'acted']),
    and(eq(deliveries.state, 'retrying'), lte(deliveries.nextAttemptAt, now)),
  )
  // A run for all is ready once its output is stored; until then its deliveries wait.
  const ready = sql`(${runs.perUser} = 1 or ${runs.output} is not null or ${deliveries.hasOutput} = 1)`
  const open = and(
    eq(runs.state, 'running'),
    ready,
    due,
    isNull(deliveries.finishedAt),
    isNull(deliveries.leaseWorker),
  )
  const found = tx
    .select({ delivery: deliveries, run: runs })
    .from(deliveries)
    .innerJoin(runs, eq(runs.id, deliveries.runId))
    .where(open)
  const rows = found.orderBy(asc(runs.createdAt), asc(deliveries.id)).limit(Math.min(limit, 256)).all()
  const ids = rows.map(({ delivery }) => delivery.id)
  if (ids.length > 0)
    tx.update(deliveries)
      .set({ leaseWorker: lease.worker, leaseUntil: lease.until })
      .where(inArray(deliveries.id, ids))
      .run()
  return rows.map(claimed)
}

function claimed({
  delivery,
  run,
}: {
  delivery: typeof deliveries.$inferSelect
  run: typeof runs.$inferSelect
}): ClaimedDelivery {
  const { id, runId, userId, telegramId, chatId, attempts, nextPart } = delivery
  const acted = delivery.hasOutput || run.output !== null
  const output = acted ? (delivery.output ?? run.output ?? []) : null
  return {
    id,
    runId,
    jobId: run.jobId,
    userId,
    telegramId,
    chatId,
    state: acted ? 'acted' : 'pending',
    attempts,
    perUser: run.perUser,
    dryRun: run.dryRun,
    settings: run.settings,
    output,
    nextPart,
  }
}
