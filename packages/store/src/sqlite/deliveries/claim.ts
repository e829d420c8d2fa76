import { and, asc, eq, inArray, isNull, lte, or, sql } from 'drizzle-orm'
import type { ClaimedDelivery, Lease } from '../../store.ts'
import type { Db } from '../connection.ts'
import { chunks } from '../edit.ts'
import { deliveries, runs } from '../schema.ts'

const most = 256

/** Takes deliveries of running runs that nobody works on: oldest run first, in the order of people. Runs inside of a transaction. */
export function prepareClaim(db: Db): (lease: Lease, limit: number, now: number) => ClaimedDelivery[] {
  const statements = prepare(db)
  return (lease, limit, now) => {
    const claimed: ClaimedDelivery[] = []
    for (const run of statements.runs.all()) {
      const room = Math.min(limit, most) - claimed.length
      if (room <= 0) break
      const free = { runId: run.id, onlyStored: run.perUser || run.output !== null ? 0 : 1, now, limit: room }
      for (const delivery of statements.free.all(free)) claimed.push(asClaimed(delivery, run))
    }
    lend(db, claimed, lease)
    return claimed
  }
}

function prepare(db: Db) {
  const { id, perUser, dryRun, settings, jobId, output } = runs
  const due = or(
    inArray(deliveries.state, ['pending', 'acted']),
    and(eq(deliveries.state, 'retrying'), lte(deliveries.nextAttemptAt, sql.placeholder('now'))),
  )
  return {
    runs: db
      .select({ id, perUser, dryRun, settings, jobId, output })
      .from(runs)
      .where(eq(runs.state, 'running'))
      .orderBy(asc(runs.createdAt))
      .prepare(),
    // By the index `deliveries_free`, so that it reads no more than it takes. A run for all is ready once its output is stored.
    free: db
      .select()
      .from(deliveries)
      .where(
        and(
          eq(deliveries.runId, sql.placeholder('runId')),
          isNull(deliveries.finishedAt),
          isNull(deliveries.leaseWorker),
          sql`(${sql.placeholder('onlyStored')} = 0 or ${deliveries.hasOutput} = 1)`,
          due,
        ),
      )
      .orderBy(asc(deliveries.id))
      .limit(sql.placeholder('limit'))
      .prepare(),
  }
}

function lend(db: Db, claimed: ClaimedDelivery[], lease: Lease): void {
  const held = { leaseWorker: lease.worker, leaseUntil: lease.until }
  for (const ids of chunks(claimed.map(({ id }) => id)))
    db.update(deliveries).set(held).where(inArray(deliveries.id, ids)).run()
}

type ClaimedFrom = Pick<
  typeof runs.$inferSelect,
  'id' | 'perUser' | 'dryRun' | 'settings' | 'jobId' | 'output'
>

function asClaimed(delivery: typeof deliveries.$inferSelect, run: ClaimedFrom): ClaimedDelivery {
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
