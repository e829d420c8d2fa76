import type { Run } from '@kamihi/contracts'
import { eq, getTableColumns, sql } from 'drizzle-orm'
import { type Db, iso, isoOrNull, type Tx } from '../connection.ts'
import { quickRows } from '../quickRows.ts'
import { jobs, runs } from '../schema.ts'
import { countsOf } from './standing.ts'

/** What is kept of a run; what SQLite works out of it for lists is no part of it. */
export type RunRow = Omit<typeof runs.$inferSelect, 'beganAt'>

/** A run as people see it. */
export function presentRun(row: RunRow, jobName: string | null): Run {
  return {
    id: row.id,
    jobId: row.jobId,
    jobName,
    action: row.action,
    state: row.state,
    reason: row.reason,
    reasonDetail: row.reasonDetail,
    cause: row.cause ?? null,
    missed:
      row.missedFrom === null
        ? null
        : { from: iso(row.missedFrom), to: iso(row.missedTo ?? row.missedFrom), count: row.missedCount ?? 1 },
    trigger: row.trigger,
    key: row.idempotencyKey,
    scheduledFor: iso(row.scheduledFor),
    requestedBy: row.requestedBy,
    retryOf: row.retryOf,
    dryRun: row.dryRun,
    perUser: row.perUser,
    args: row.args,
    counts: countsOf(row),
    error: row.error ?? null,
    output: row.output ?? null,
    cancelRequestedAt: isoOrNull(row.cancelRequestedAt),
    pausedBy: row.pausedBy,
    pauseReason: row.pauseReason,
    // Measured where the run is worked on.
    progress: null,
    createdAt: iso(row.createdAt),
    startedAt: isoOrNull(row.startedAt),
    finishedAt: isoOrNull(row.finishedAt),
  }
}

export const rowOf = (db: Db | Tx, id: string): RunRow | undefined =>
  db.select().from(runs).where(eq(runs.id, id)).get()

/** The same for pages of it, which are asked for again and again: prepared once. */
export function prepareGetRun(db: Db): (id: string) => Run | null {
  const fields = { ...getTableColumns(runs), jobName: jobs.name }
  const select = db.select(fields).from(runs).innerJoin(jobs, eq(jobs.id, runs.jobId))
  const found = quickRows(select.where(eq(runs.id, sql.placeholder('id'))).prepare(), fields)
  return (id) => {
    const row = found.get({ id })
    return row ? presentRun(row, row.jobName) : null
  }
}

export function getRun(db: Db | Tx, id: string): Run | null {
  const found = db
    .select({ run: runs, jobName: jobs.name })
    .from(runs)
    .innerJoin(jobs, eq(jobs.id, runs.jobId))
    .where(eq(runs.id, id))
    .get()
  return found ? presentRun(found.run, found.jobName) : null
}
